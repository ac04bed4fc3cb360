import { describe, expect, it } from 'vitest';
import type { Change } from '../core/explanation.ts';
import { remembering, type RunChanges } from './run-changes.ts';

/** Gives the number of hidden regions, and notes what it was asked to run. */
function counting(asked: Change[]): RunChanges {
  return async function* run(changes) {
    for (const [index, change] of changes.entries()) {
      asked.push(change);
      yield await Promise.resolve({
        index,
        logits: Float32Array.of(change.hiddenRegions?.length ?? 0),
      });
    }
  };
}

describe('remembering', () => {
  it('runs each change once, whatever the order of what it hides', async () => {
    const asked: Change[] = [];
    const run = remembering(counting(asked));
    const changes: Change[] = [
      { hiddenRegions: [1, 2], removal: 'mask' },
      { hiddenRegions: [2, 1], removal: 'mask' },
      { hiddenRegions: [2, 1], removal: 'zero-feature' },
      { hiddenRegions: [], removal: 'mask' },
      { hiddenRegions: [], removal: 'zero-feature' },
    ];
    for (const round of [1, 2]) {
      const found = new Map<number, number | undefined>();
      for await (const { index, logits } of run(changes)) found.set(index, logits[0]);
      expect(
        changes.map((_, index) => found.get(index)),
        `round ${round}`,
      ).toEqual([2, 2, 2, 0, 0]);
    }
    expect(asked).toHaveLength(3);
  });
});
