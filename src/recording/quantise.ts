/**
 * Attention in one byte per weight. A row is a probability distribution, so nothing but its proportions need be
 * kept: its highest weight becomes the highest level, and reading divides by the sum of the row.
 */

/** The highest level of a byte; fewer levels make a smaller, coarser file that is read alike. */
export const FINEST_LEVELS = 255;

/**
 * Rows of `keys` weights, each at least 0, to whole levels 0..`levels`.
 * A weight comes back within `1 / levels` of its row's highest weight.
 */
export function quantiseRows(weights: Float32Array, keys: number, levels = FINEST_LEVELS): Uint8Array {
  const quantised = new Uint8Array(weights.length);
  for (let start = 0; start < weights.length; start += keys) {
    const row = weights.subarray(start, start + keys);
    const highest = row.reduce((most, weight) => Math.max(most, weight), 0);
    if (highest === 0) continue;
    row.forEach((weight, key) => {
      quantised[start + key] = Math.round((weight / highest) * levels);
    });
  }
  return quantised;
}

/**
 * The rows again, each summing to 1.
 * @throws RangeError for a row without any weight
 */
export function restoreRows(quantised: Uint8Array, keys: number): Float32Array {
  const weights = new Float32Array(quantised.length);
  for (let start = 0; start < quantised.length; start += keys) {
    const row = quantised.subarray(start, start + keys);
    const sum = row.reduce((total, level) => total + level, 0);
    if (sum === 0) throw new RangeError(`row ${start / keys} has no weight`);
    row.forEach((level, key) => {
      weights[start + key] = level / sum;
    });
  }
  return weights;
}
