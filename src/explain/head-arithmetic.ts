/** One row of one head step by step: scores, softmax, weighted values, and what each of these does to the answer. */
import type { Tensor } from '../core/tensor.ts';

/** What one query does with one key. */
export interface KeyStep {
  readonly key: number;
  /** q·k/√d. */
  readonly score: number;
  /** After softmax; over all keys they sum to 1. */
  readonly weight: number;
  /**
   * ‖weight × value‖: how much the key really gives (Kobayashi et al., EMNLP 2020, who measure after the output
   * projection). A heavy weight on a short vector gives little. Null where only the weights are known.
   */
  readonly length: number | null;
  /**
   * weight × the gradient of the answer's logit by it: what the weighted value adds to the logit, to first order.
   * Null without gradients.
   */
  readonly pull: number | null;
}

/** One row of one head, by key. */
export interface HeadRow {
  readonly weights: Float32Array;
  readonly scores: Float32Array;
  readonly values: Tensor<readonly [string, 'value']>;
}

/** What the steps of a row come to. */
export interface RowSum {
  /** ln Σ e^score: softmax gives each key e^(score − this). */
  readonly logSum: number;
  /** ‖Σ weight × value‖, of what the query takes away; vectors that point apart cancel out. */
  readonly length: number;
}

/** One step for each key, heaviest first; of equal weights the lower index first. */
export function headArithmetic(
  { weights, scores, values }: HeadRow,
  gradients: Float32Array | null,
): KeyStep[] {
  return stepsOf(weights, gradients, (key, weight) => ({
    score: scores[key] ?? Number.NaN,
    length: weight * Math.hypot(...valueOf(values, key)),
  }));
}

/**
 * The steps as far as weights alone tell. A score is then less that of the best key, so 0 at most: softmax forgets what
 * all keys of a row have in common (w_j = e^{s_j} / Σ e^{s_k}), so ln w_j − ln w_best = s_j − s_best is all that is left.
 * It is -Infinity for a weight that is zero in 32 bits.
 */
export function stepsFromWeights(weights: Float32Array, gradients: Float32Array | null): KeyStep[] {
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  return stepsOf(weights, gradients, (_, weight) => ({
    score: Math.log(weight) - Math.log(heaviest),
    length: null,
  }));
}

export function sumOfRow({ weights, scores, values }: HeadRow): RowSum {
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  // Less the highest: e^score itself may be beyond all numbers.
  const powers = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  const [, width] = values.dims;
  const sum = new Float64Array(width);
  for (const [key, weight] of weights.entries()) {
    for (const [place, value] of valueOf(values, key).entries()) sum[place]! += weight * value;
  }
  return { logSum: highest + Math.log(powers), length: Math.hypot(...sum) };
}

function stepsOf(
  weights: Float32Array,
  gradients: Float32Array | null,
  known: (key: number, weight: number) => Pick<KeyStep, 'score' | 'length'>,
): KeyStep[] {
  return Array.from(weights, (weight, key) => ({
    key,
    weight,
    ...known(key, weight),
    pull: gradients ? weight * (gradients[key] ?? 0) : null,
  })).toSorted((a, b) => b.weight - a.weight || a.key - b.key);
}

function valueOf({ dims: [, width], data }: HeadRow['values'], key: number): Float32Array {
  return data.subarray(key * width, (key + 1) * width);
}
