/** Attention in words, for people who do not see the heatmap. */
import { heaviest, type WeightedIndex } from './attention.ts';
import { percent } from './percent.ts';
import type { BoundingBox, Region, Token } from './types.ts';

/** The heaviest weight must be this many times the even share before we say “mostly”. */
const EVEN_SPREAD_FACTOR = 2;
const NAMED_KEYS = 3;
/** Keys below this share of the heaviest one are not worth a clause. */
const WORTH_NAMING = 0.25;

/** “mostly the dog at the lower left, 41 %; then the frisbee, 22 %”. `weights` has one entry per region. */
export function describeRegionAttention(weights: ArrayLike<number>, regions: readonly Region[]): string {
  return describe(weights, 'regions', ({ index }, rank) => {
    const region = regions[index];
    if (!region) return 'a region';
    const isOnlyOne = regions.filter(({ label }) => label === region.label).length === 1;
    const name = `the ${region.label}`;
    return rank === 0 || !isOnlyOne ? `${name} ${describePlace(region.box)}` : name;
  });
}

/** “mostly “colour”, 52 %; then “dog”, 20 %”. `weights` has one entry per token. */
export function describeTokenAttention(weights: ArrayLike<number>, tokens: readonly Token[]): string {
  return describe(weights, 'tokens', ({ index }) => `“${tokens[index]?.text ?? ''}”`);
}

/** Where a box is in the photo, by the third that its centre falls into. */
export function describePlace(box: BoundingBox): string {
  const column = third((box.xmin + box.xmax) / 2, 'left', '', 'right');
  const row = third((box.ymin + box.ymax) / 2, 'upper', '', 'lower');
  if (row && column) return `at the ${row} ${column}`;
  if (column) return `on the ${column}`;
  if (row) return row === 'upper' ? 'at the top' : 'at the bottom';
  return 'in the middle';
}

function describe(
  weights: ArrayLike<number>,
  plural: string,
  nameOf: (key: WeightedIndex, rank: number) => string,
): string {
  const top = heaviest(weights, NAMED_KEYS);
  const first = top[0];
  if (!first) return `no ${plural}`;
  const clauses = top
    .filter(({ weight }) => weight >= first.weight * WORTH_NAMING)
    .map((key, rank) => `${nameOf(key, rank)}, ${percent(key.weight)}`);
  if (weights.length > 1 && first.weight * weights.length < EVEN_SPREAD_FACTOR) {
    return `spread over all ${weights.length} ${plural}; most on ${clauses[0]}`;
  }
  return `mostly ${clauses.join('; then ')}`;
}

function third<Name extends string>(centre: number, low: Name, middle: Name, high: Name): Name {
  if (centre < 1 / 3) return low;
  return centre > 2 / 3 ? high : middle;
}
