import { expect, it } from 'vitest';
import { headArithmetic, stepsFromWeights, sumOfRow, type HeadRow } from './head-arithmetic.ts';
import { tensor } from '../core/tensor.ts';

/** Softmax of scores, as the model does it. */
function softmax(scores: readonly number[]): Float32Array {
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((total, each) => total + each, 0);
  return Float32Array.from(powers, (each) => each / sum);
}

/** Three keys whose values are vectors of two numbers; the first two pull against each other. */
function rowOf(scores: readonly number[]): HeadRow {
  const values = tensor<readonly ['region', 'value']>([3, 2], Float32Array.of(3, 4, -3, -4, 0, 0.5));
  return { weights: softmax(scores), scores: Float32Array.from(scores), values };
}

it('takes every key from its score over its weight to the length of what it gives', () => {
  const row = rowOf([Math.log(2), Math.log(1), Math.log(5)]);
  const steps = headArithmetic(row, Float32Array.of(1, -1, 4));
  expect(steps.map(({ key }) => key)).toEqual([2, 0, 1]);
  expect(steps.map(({ score }) => score)).toEqual([row.scores[2], row.scores[0], row.scores[1]]);
  for (const [place, weight] of [5 / 8, 2 / 8, 1 / 8].entries()) {
    expect(steps[place]?.weight).toBeCloseTo(weight, 6);
  }
  // The heaviest weight lies on the shortest vector.
  for (const [place, length] of [(5 / 8) * 0.5, (2 / 8) * 5, (1 / 8) * 5].entries()) {
    expect(steps[place]?.length).toBeCloseTo(length, 6);
  }
  for (const [place, pull] of [(5 / 8) * 4, 2 / 8, -1 / 8].entries()) {
    expect(steps[place]?.pull).toBeCloseTo(pull, 6);
  }
});

it('says what softmax divides by, and what is left of the values when they are summed up', () => {
  const row = rowOf([Math.log(2), Math.log(1), Math.log(5)]);
  const { logSum, length } = sumOfRow(row);
  expect(Math.exp(logSum)).toBeCloseTo(8, 5);
  // 2/8 of (3, 4) less 1/8 of it, and 5/8 of (0, 0.5).
  expect(length).toBeCloseTo(Math.hypot(3 / 8, 4 / 8 + 2.5 / 8), 6);
  for (const { score, weight } of headArithmetic(row, null)) {
    expect(Math.exp(score - logSum)).toBeCloseTo(weight, 6);
  }
});

it('survives scores whose powers are beyond all numbers', () => {
  const { logSum } = sumOfRow({ ...rowOf([0, 0, 0]), scores: Float32Array.of(900, 900, 900) });
  expect(logSum).toBeCloseTo(900 + Math.log(3), 3);
});

it('finds the scores before softmax again from weights, but for what the row has in common', () => {
  const steps = stepsFromWeights(softmax([7.5, 9, 4]), null);
  expect(steps.map(({ key }) => key)).toEqual([1, 0, 2]);
  const [best, second, last] = steps.map(({ score }) => score);
  expect(best).toBe(0);
  expect(second).toBeCloseTo(-1.5, 5);
  expect(last).toBeCloseTo(-5, 5);
  expect(steps.every(({ length }) => length === null)).toBe(true);
  // What all keys of the row have in common is gone.
  const [, shifted] = stepsFromWeights(softmax([107.5, 109, 104]), null);
  expect(shifted?.score).toBeCloseTo(-1.5, 5);
});

it('weighs what each value does to the answer', () => {
  const steps = stepsFromWeights(Float32Array.of(0.25, 0.75), Float32Array.of(2, -1));
  expect(steps.map(({ pull }) => pull)).toEqual([-0.75, 0.5]);
  expect(stepsFromWeights(Float32Array.of(0.25, 0.75), null).map(({ pull }) => pull)).toEqual([null, null]);
});

it('says of a weight that vanished that its score is out of reach', () => {
  const [best, vanished] = stepsFromWeights(Float32Array.of(0, 1), null);
  expect(best).toMatchObject({ key: 1, score: 0, weight: 1 });
  expect(vanished?.score).toBe(-Infinity);
});

it('keeps the order of keys with equal weights', () => {
  expect(stepsFromWeights(Float32Array.of(0.25, 0.5, 0.25), null).map(({ key }) => key)).toEqual([1, 0, 2]);
});
