/** Reads one attention module of a recording. */
import { JsonFieldError, type JsonField } from '../core/json-field.ts';
import { tensor, type Tensor } from '../core/tensor.ts';
import { unpackBytes } from './packed-bytes.ts';
import { restoreRows } from './quantise.ts';

const MAX_LAYERS = 64;
const MAX_HEADS = 64;

/**
 * Weights of a whole recording: 32 MB as numbers, some thirty answers of the published model. What is deflated may grow a
 * thousandfold, so the sizes that a file claims are added up before anything of them is made.
 */
const MAX_WEIGHTS = 8_000_000;

/** @throws JsonFieldError when `field` needs more weights than are left. */
export type SpendWeights = (count: number, field: JsonField) => void;

export function createWeightBudget(): SpendWeights {
  let left = MAX_WEIGHTS;
  return (count, { path }) => {
    left -= count;
    if (left >= 0) return;
    throw new JsonFieldError(
      `${path} would make ${MAX_WEIGHTS - left} weights of attention together with those before it, must be ${MAX_WEIGHTS} at most`,
    );
  };
}

/** @param sides how many queries and keys the tokens and regions of the recording make */
export async function parseMaps<Query extends string, Key extends string>(
  field: JsonField,
  [queries, keys]: readonly [number, number],
  spend: SpendWeights,
): Promise<Tensor<readonly ['layer', 'head', Query, Key]>> {
  const layers = field.at('layers').count(MAX_LAYERS);
  const heads = field.at('heads').count(MAX_HEADS);
  const weights = field.at('weights');
  const text = weights.text();
  spend(layers * heads * queries * keys, weights);
  try {
    const quantised = await unpackBytes(text, layers * heads * queries * keys);
    return tensor<readonly ['layer', 'head', Query, Key]>(
      [layers, heads, queries, keys],
      restoreRows(quantised, keys),
    );
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new JsonFieldError(`${weights.path} cannot be read: ${thrown.message}`, { cause: thrown });
  }
}
