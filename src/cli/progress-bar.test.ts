import { expect, it } from 'vitest';
import { barLine } from './progress-bar.ts';

it('draws how far it is, how fast, and how long it will be', () => {
  expect(barLine(30, 120, 10_000, 'accuracy 0.500')).toBe(
    '██████░░░░░░░░░░░░░░░░░░ 30/120  25 %  3.0/s  30 s left  accuracy 0.500',
  );
  expect(barLine(0, 5, 0, '')).toContain('0/5  0 %');
});
