import { describe, expect, expectTypeOf, it } from 'vitest';
import { tensor, withAxes, type Tensor } from './tensor.ts';

describe('tensor', () => {
  it('wraps values that fill its dims', () => {
    expect(tensor<readonly ['token', 'region']>([2, 3], new Float32Array(6)).dims).toEqual([2, 3]);
  });

  it('refuses values that do not', () => {
    expect(() => tensor<readonly ['token', 'region']>([2, 3], new Float32Array(5))).toThrow(
      'tensor of 2×3 needs 6 values, got 5',
    );
  });

  it('keeps axes apart in the types', () => {
    const attention = tensor<readonly ['token', 'region']>([2, 3], new Float32Array(6));
    // @ts-expect-error the axes are the other way round
    const turned: Tensor<readonly ['region', 'token']> = attention;
    // @ts-expect-error an axis more is another tensor
    const deeper: Tensor<readonly ['head', 'token', 'region']> = attention;
    // @ts-expect-error indices are no weights
    const indices: Tensor<readonly ['token', 'region'], Int32Array> = attention;
    expect([turned, deeper, indices].every((each) => Object.is(each, attention))).toBe(true);
  });
});

describe('withAxes', () => {
  it('names the axes of values from outside', () => {
    const named = withAxes(['token', 'region'], { dims: [2, 3], data: new Float32Array(6) });
    expectTypeOf(named).toEqualTypeOf<Tensor<readonly ['token', 'region']>>();
    expect(named.dims).toEqual([2, 3]);
  });

  it('refuses another number of axes', () => {
    const values = { dims: [1, 2, 3], data: new Float32Array(6) };
    expect(() => withAxes(['token', 'region'], values)).toThrow(
      'tensor of 1×2×3 has 3 axes, expected token, region',
    );
  });
});
