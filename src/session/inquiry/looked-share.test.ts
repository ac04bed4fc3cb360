import { expect, it } from 'vitest';
import type { DetectProgress } from '../../core/engine.ts';
import { lookedShare } from './looked-share.ts';

const steps = (stage: DetectProgress['stage'], total: number): DetectProgress[] =>
  Array.from({ length: total }, (_, done) => ({ stage, steps: { done, total } }));

it('grows from nothing to nearly all over both stages of a long look', () => {
  const shares = [...steps('propose', 8), ...steps('classify', 30)].map(lookedShare);
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBeGreaterThan(0.95);
  for (const [index, share] of shares.entries()) {
    if (index > 0) expect(share).toBeGreaterThan(shares[index - 1] ?? 1);
  }
});

it('is unknown while a stage has no steps', () => {
  expect(lookedShare({ stage: 'read' })).toBeNull();
  expect(lookedShare({ stage: 'propose' })).toBeNull();
});
