import { expect, it } from 'vitest';
import { headArithmetic } from './head-arithmetic.ts';

/** Softmax of scores, as the model does it. */
function softmax(scores: readonly number[]): Float32Array {
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((total, each) => total + each, 0);
  return Float32Array.from(powers, (each) => each / sum);
}

it('finds the scores before softmax again, but for what the row has in common', () => {
  const steps = headArithmetic(softmax([7.5, 9, 4]), null);
  expect(steps.map(({ key }) => key)).toEqual([1, 0, 2]);
  const [best, second, last] = steps.map(({ score }) => score);
  expect(best).toBe(0);
  expect(second).toBeCloseTo(-1.5, 5);
  expect(last).toBeCloseTo(-5, 5);
  // What all keys of the row have in common is gone.
  const [, shifted] = headArithmetic(softmax([107.5, 109, 104]), null);
  expect(shifted?.score).toBeCloseTo(-1.5, 5);
});

it('weighs what each value does to the answer', () => {
  const steps = headArithmetic(Float32Array.of(0.25, 0.75), Float32Array.of(2, -1));
  expect(steps.map(({ pull }) => pull)).toEqual([-0.75, 0.5]);
  expect(headArithmetic(Float32Array.of(0.25, 0.75), null).map(({ pull }) => pull)).toEqual([null, null]);
});

it('says of a weight that vanished that its score is out of reach', () => {
  const [best, vanished] = headArithmetic(Float32Array.of(0, 1), null);
  expect(best).toMatchObject({ key: 1, score: 0, weight: 1 });
  expect(vanished?.score).toBe(-Infinity);
});

it('keeps the order of keys with equal weights', () => {
  expect(headArithmetic(Float32Array.of(0.25, 0.5, 0.25), null).map(({ key }) => key)).toEqual([1, 0, 2]);
});
