import { expect, it } from 'vitest';
import { nextPosition } from './next-position.ts';

it('walks in a circle and jumps to both ends', () => {
  expect(nextPosition('ArrowRight', 2, 3)).toBe(0);
  expect(nextPosition('ArrowUp', 0, 3)).toBe(2);
  expect(nextPosition('Home', 2, 3)).toBe(0);
  expect(nextPosition('End', 0, 3)).toBe(2);
});

it('leaves other keys and empty groups alone', () => {
  expect(nextPosition('a', 1, 3)).toBeNull();
  expect(nextPosition('ArrowDown', 0, 0)).toBeNull();
});
