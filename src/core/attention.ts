/** Arithmetic on attention probabilities; every row over the key axis sums to 1. */
import { tensor, type Tensor } from './tensor.ts';

type Maps<Query extends string, Key extends string> = Tensor<readonly ['layer', 'head', Query, Key]>;
export type AttentionMatrix<Query extends string, Key extends string> = Tensor<readonly [Query, Key]>;

export interface WeightedIndex {
  readonly index: number;
  readonly weight: number;
}

/**
 * One head of one layer, as a view on the same memory.
 * @throws RangeError when the layer or the head does not exist.
 */
export function oneHead<Query extends string, Key extends string>(
  maps: Maps<Query, Key>,
  layer: number,
  head: number,
): AttentionMatrix<Query, Key> {
  const [layers, heads, queries, keys] = maps.dims;
  if (!isIndex(layer, layers)) throw new RangeError(`layer ${layer} of ${layers} does not exist`);
  if (!isIndex(head, heads)) throw new RangeError(`head ${head} of ${heads} does not exist`);
  const size = queries * keys;
  const start = (layer * heads + head) * size;
  return tensor<readonly [Query, Key]>([queries, keys], maps.data.subarray(start, start + size));
}

/** The mean over the heads of one layer; its rows sum to 1 again. */
export function headMean<Query extends string, Key extends string>(
  maps: Maps<Query, Key>,
  layer: number,
): AttentionMatrix<Query, Key> {
  const [, heads, queries, keys] = maps.dims;
  const mean = new Float32Array(queries * keys);
  for (let head = 0; head < heads; head += 1) {
    const weights = oneHead(maps, layer, head).data;
    for (let i = 0; i < mean.length; i += 1) mean[i]! += weights[i]! / heads;
  }
  return tensor<readonly [Query, Key]>([queries, keys], mean);
}

/** What one query attends to, one weight per key. */
export function attentionFrom(matrix: AttentionMatrix<string, string>, query: number): Float32Array {
  const [, keys] = matrix.dims;
  return matrix.data.slice(query * keys, (query + 1) * keys);
}

/** How much each query attends to one key, one weight per query; does not sum to 1. */
export function attentionTo(matrix: AttentionMatrix<string, string>, key: number): Float32Array {
  const [queries, keys] = matrix.dims;
  return Float32Array.from({ length: queries }, (_, query) => matrix.data[query * keys + key]!);
}

/** The `count` heaviest weights, heaviest first; of equal ones the lower index first. */
export function heaviest(weights: ArrayLike<number>, count: number): WeightedIndex[] {
  return Array.from(weights, (weight, index) => ({ index, weight }))
    .toSorted((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, count);
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
