/** What a mean over questions is worth: confidence intervals by drawing the questions again (Efron 1979). */
import { createRandom } from '../core/random.ts';

export interface MeanInterval {
  readonly mean: number;
  /** 95 of 100 such intervals contain the true mean. */
  readonly low: number;
  readonly high: number;
}

const DRAWS = 5_000;

/**
 * Of the mean of `values`. For a paired comparison they are differences, one per question.
 * @throws RangeError without values
 */
export function bootstrapMean(values: readonly number[], seed = 1): MeanInterval {
  if (values.length === 0) throw new RangeError('a mean needs one value at least');
  const random = createRandom(seed);
  const means = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) sum += values[Math.floor(random() * values.length)]!;
    return sum / values.length;
  }).toSorted();
  const at = (share: number) => means[Math.round(share * (DRAWS - 1))]!;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: at(0.025), high: at(0.975) };
}
