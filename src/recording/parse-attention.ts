/** Reads one attention module of a recording. */
import { JsonFieldError, type JsonField } from '../core/json-field.ts';
import { tensor, type Tensor } from '../core/tensor.ts';
import { unpackBytes } from './packed-bytes.ts';
import { restoreRows } from './quantise.ts';

const MAX_LAYERS = 64;
const MAX_HEADS = 64;

/** `side`: how many queries and keys the tokens and regions of the recording make. */
export async function parseMaps<Query extends string, Key extends string>(
  field: JsonField,
  [queries, keys]: readonly [number, number],
): Promise<Tensor<readonly ['layer', 'head', Query, Key]>> {
  const layers = field.at('layers').count(MAX_LAYERS);
  const heads = field.at('heads').count(MAX_HEADS);
  const weights = field.at('weights');
  const text = weights.text();
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
