import { describe, expect, it } from 'vitest';
import { tensor, type Tensor } from './tensor.ts';

describe('a tensor', () => {
  it('refuses data that does not fill its dims', () => {
    expect(() => tensor([2, 3], new Float32Array(5))).toThrow('tensor of 2×3 needs 6 values, got 5');
  });

  it('keeps its axes apart in its type', () => {
    const weights = tensor<readonly ['token', 'region']>([2, 3], new Float32Array(6));
    const same: Tensor<readonly ['token', 'region']> = weights;
    // @ts-expect-error rows and columns are not interchangeable
    const turned: Tensor<readonly ['region', 'token']> = weights;
    // @ts-expect-error an axis more is another tensor
    const deeper: Tensor<readonly ['head', 'token', 'region']> = weights;
    // @ts-expect-error two axes have two lengths
    const flat = tensor<readonly ['token', 'region']>([6], new Float32Array(6));
    // @ts-expect-error indices are no weights
    const indices: Tensor<readonly ['token', 'region'], Int32Array> = weights;
    expect([same, turned, deeper, indices].every((each) => Object.is(each, weights))).toBe(true);
    expect(flat.dims).toEqual([6]);
  });
});
