/** One row of one head step by step, as far as its weights tell: scores, softmax, and what each key's value does. */

/** What one query does with one key. */
export interface KeyStep {
  readonly key: number;
  /**
   * q·k/√d less that of the best key, so 0 at most. Softmax forgets what all keys of a row have in common
   * (w_j = e^{s_j} / Σ e^{s_k}), so ln w_j − ln w_best = s_j − s_best is all that the weights still know of it.
   * -Infinity for a weight that is zero in 32 bits.
   */
  readonly score: number;
  /** After softmax; over all keys they sum to 1. */
  readonly weight: number;
  /**
   * weight × the gradient of the answer's logit by it: what the weighted value adds to the logit, to first order.
   * Null without gradients.
   */
  readonly pull: number | null;
}

/** One step for each key, heaviest first; of equal weights the lower index first. */
export function headArithmetic(weights: Float32Array, gradients: Float32Array | null): KeyStep[] {
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  return Array.from(weights, (weight, key) => ({
    key,
    score: Math.log(weight) - Math.log(heaviest),
    weight,
    pull: gradients ? weight * (gradients[key] ?? 0) : null,
  })).toSorted((a, b) => b.weight - a.weight || a.key - b.key);
}
