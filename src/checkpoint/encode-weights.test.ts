// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { halfValue } from './dtype.ts';
import { batchNormLine, scaleRows, toBytes, toHalf } from './encode-weights.ts';

type Cases = {
  readonly half: { readonly values: number[]; readonly bits: number[]; readonly overflowed: number };
  readonly bytes: {
    readonly weights: number[];
    readonly values: number[];
    readonly scales: number[];
    readonly largestError: number;
  };
  readonly batchNorm: Readonly<Record<'kernel' | 'weight' | 'bias' | 'mean' | 'variance', number[]>> & {
    readonly epsilon: number;
    readonly folded: { readonly kernel: number[]; readonly bias: number[] };
  };
};

/** Written by `python -m models.published.encoding_fixtures`. */
const { half, bytes, batchNorm }: Cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../models/fixtures/checkpoints/encodings.json'), 'utf8'),
);

it('rounds to half precision as NumPy does, and counts what does not fit', () => {
  const found = toHalf(Float32Array.from(half.values));
  expect([...found.bits]).toEqual(half.bits);
  expect(found.overflowed).toBe(half.overflowed);
});

it('keeps every half', () => {
  const finite = Array.from({ length: 0x7c_00 }, (_, bits) => bits);
  expect([...toHalf(Float32Array.from(finite, halfValue)).bits]).toEqual(finite);
});

it('rounds to bytes, a scale for each output', () => {
  const found = toBytes(Float32Array.from(bytes.weights), bytes.scales.length);
  expect([...found.values]).toEqual(bytes.values);
  expect([...found.scales]).toEqual(bytes.scales);
  expect(found.largestError).toBeCloseTo(bytes.largestError, 6);
});

it('folds a batch norm into its convolution', () => {
  const { kernel, weight, bias, mean, variance, epsilon, folded } = batchNorm;
  const { factors, shifts } = batchNormLine({
    weight: Float32Array.from(weight),
    bias: Float32Array.from(bias),
    mean: Float32Array.from(mean),
    variance: Float32Array.from(variance),
    epsilon,
  });
  expect([...scaleRows(Float32Array.from(kernel), factors)]).toEqual([...Float32Array.from(folded.kernel)]);
  expect([...shifts]).toEqual([...Float32Array.from(folded.bias)]);
});

it('keeps numbers that are not numbers, and infinite ones', () => {
  const found = toHalf(Float32Array.of(Number.NaN, Infinity, -Infinity));
  expect([...found.bits].map(halfValue)).toEqual([Number.NaN, Infinity, -Infinity]);
  expect(found.overflowed).toBe(0);
});
