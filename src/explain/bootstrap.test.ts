import { describe, expect, it } from 'vitest';
import { bootstrapMean } from './bootstrap.ts';
import { createRandom } from '../core/random.ts';

describe('bootstrapMean', () => {
  it('gives the mean, and an interval of the width that theory says', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 400 }, () => random());
    const { mean, low, high } = bootstrapMean(values);
    expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 400);
    // Uniform numbers have a standard deviation of 0.289; 1.96 standard errors on either side.
    expect(high - low).toBeCloseTo((2 * 1.96 * 0.289) / 20, 2);
    expect(low).toBeLessThan(mean);
  });

  it('is the same at every call, and a point for equal values', () => {
    const values = [0.1, 0.4, 0.2];
    expect(bootstrapMean(values)).toEqual(bootstrapMean(values));
    expect(bootstrapMean([0.5, 0.5])).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
  });

  it('needs a value', () => {
    expect(() => bootstrapMean([])).toThrow(RangeError);
  });
});
