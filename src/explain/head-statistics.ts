/** What kind of attention each head pays, in one number that can be compared over all heads of all modules. */
import { headMean, oneHead, type AttentionMatrix } from '../core/attention.ts';
import type { Tensor } from '../core/tensor.ts';
import type { AttentionMaps, AttentionModule, Token } from '../core/types.ts';

/**
 * Each is a share, 0..1, of one row (one query); a head is told by the lowest, median and highest of its rows.
 * `evenness`: entropy of the row over the entropy of equal weights.
 * `breadth`: keys needed for 90 % of the weight, over all keys (the k-number of VisQA, https://arxiv.org/abs/2104.00926).
 * `peak`: the heaviest weight.
 * `marks`: the weight on [CLS] and [SEP], where heads rest that have nothing to say.
 */
export type HeadStatistic = 'evenness' | 'breadth' | 'peak' | 'marks';

export interface StatisticSpread {
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
}

export interface ModuleStatistics {
  /** One row for each layer, one entry for each of its heads. */
  readonly heads: readonly (readonly StatisticSpread[])[];
  /** One entry for each layer: the mean of its heads, measured as if it were a head. */
  readonly means: readonly StatisticSpread[];
}

const BREADTH_MASS = 0.9;
/** The keys of these modules are tokens. */
const OVER_TOKENS: ReadonlySet<AttentionModule> = new Set(['language', 'regionToText', 'textSelf']);

/** Whether `statistic` says anything about a module: regions have no end marks. */
export function isMeasurable(statistic: HeadStatistic, module: AttentionModule): boolean {
  return statistic !== 'marks' || OVER_TOKENS.has(module);
}

/** Every layer and head of a module; null where the statistic says nothing about it. */
export function measureModule(
  attention: AttentionMaps,
  module: AttentionModule,
  statistic: HeadStatistic,
  tokens: readonly Token[],
): ModuleStatistics | null {
  if (!isMeasurable(statistic, module)) return null;
  const maps: Tensor<readonly ['layer', 'head', string, string]> = attention[module];
  const [layers, heads] = maps.dims;
  const measure = rowMeasure(statistic, tokens);
  const perLayer = <Value>(of: (layer: number) => Value) =>
    Array.from({ length: layers }, (_, layer) => of(layer));
  return {
    heads: perLayer((layer) =>
      Array.from({ length: heads }, (_, head) => spread(oneHead(maps, layer, head), measure)),
    ),
    means: perLayer((layer) => spread(headMean(maps, layer), measure)),
  };
}

/** Entropy of a row over its greatest possible value, 0..1; a row of one key is even. */
export function evenness(row: ArrayLike<number>, start = 0, keys = row.length): number {
  if (keys < 2) return 1;
  let entropy = 0;
  for (let key = start; key < start + keys; key += 1) {
    const weight = row[key]!;
    if (weight > 0) entropy -= weight * Math.log(weight);
  }
  return Math.min(1, entropy / Math.log(keys));
}

/** The fewest keys that together hold 90 % of the row's weight, as a share of all keys. */
export function breadth(row: ArrayLike<number>, start = 0, keys = row.length): number {
  const ascending = new Float64Array(keys);
  let wanted = 0;
  for (let key = 0; key < keys; key += 1) {
    const weight = row[start + key]!;
    wanted += BREADTH_MASS * weight;
    // Rows have a few dozen keys: putting each in its place is faster than a general sort.
    let place = key;
    for (; place > 0 && ascending[place - 1]! > weight; place -= 1) ascending[place] = ascending[place - 1]!;
    ascending[place] = weight;
  }
  let held = 0;
  let counted = 0;
  while (counted < keys && held < wanted) {
    counted += 1;
    held += ascending[keys - counted]!;
  }
  return counted / keys;
}

/** Measures `keys` values of `data` from `start`, so that no row has to be copied out. */
type RowMeasure = (data: ArrayLike<number>, start: number, keys: number) => number;

function rowMeasure(statistic: HeadStatistic, tokens: readonly Token[]): RowMeasure {
  const marks = tokens.flatMap(({ kind }, index) => (kind === 'special' ? [index] : []));
  const measures: Record<HeadStatistic, RowMeasure> = {
    evenness,
    breadth,
    peak: (data, start, keys) => {
      let most = 0;
      for (let key = start; key < start + keys; key += 1) most = Math.max(most, data[key]!);
      return most;
    },
    marks: (data, start) => marks.reduce((sum, key) => sum + data[start + key]!, 0),
  };
  return measures[statistic];
}

function spread({ dims, data }: AttentionMatrix<string, string>, measure: RowMeasure): StatisticSpread {
  const [queries, keys] = dims;
  const values = new Float64Array(queries);
  for (let query = 0; query < queries; query += 1) values[query] = measure(data, query * keys, keys);
  values.sort();
  const middle = (queries - 1) / 2;
  const median = (values[Math.floor(middle)]! + values[Math.ceil(middle)]!) / 2;
  return { lowest: values[0]!, median, highest: values[queries - 1]! };
}
