/** Attention in words, for people who do not see the heatmap. */
import { percent } from '../../core/percent.ts';
import type { BoundingBox, Region, Token } from '../../core/types.ts';

/** The heaviest weight must be this many times the even share before we say “mostly”. */
const EVEN_SPREAD_FACTOR = 2;
const NAMED_KEYS = 3;
/** Keys below this share of the heaviest one are not worth a clause. */
const WORTH_NAMING = 0.25;

/**
 * “mostly the dog at the lower left, 41 %; then the frisbee, 22 %”. `weights` has one entry per region.
 * Overlapping regions show the same thing: those with one name in one place are added up.
 */
export function describeRegionAttention(weights: ArrayLike<number>, regions: readonly Region[]): string {
  const places = regions.map(({ label, box }) => `the ${label} ${describePlace(box)}`);
  const top = heaviestNames(weights, places);
  const isOnlyOne = (label: string) =>
    new Set(places.filter((_, index) => regions[index]?.label === label)).size === 1;
  return describe(top, weights.length, 'regions', (place, rank) => {
    const label = regions[places.indexOf(place)]?.label ?? '';
    return rank > 0 && isOnlyOne(label) ? `the ${label}` : place;
  });
}

/** “mostly “colour”, 52 %; then “dog”, 20 %”. `weights` has one entry per token. */
export function describeTokenAttention(weights: ArrayLike<number>, tokens: readonly Token[]): string {
  const names = tokens.map(({ text }) => `“${text}”`);
  return describe(heaviestNames(weights, names), weights.length, 'tokens', (name) => name);
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

export interface NamedWeight {
  readonly name: string;
  readonly weight: number;
  /** How many keys go by this name. */
  readonly keys: number;
}

/** Weights added up by name, in the order in which the names come. */
export function addUpByName(weights: ArrayLike<number>, names: readonly string[]): NamedWeight[] {
  const sums = new Map<string, NamedWeight>();
  for (const [index, name] of names.entries()) {
    const { weight, keys } = sums.get(name) ?? { weight: 0, keys: 0 };
    sums.set(name, { name, weight: weight + (weights[index] ?? 0), keys: keys + 1 });
  }
  return [...sums.values()];
}

/** Added up by name, the heaviest first. */
export function heaviestNames(weights: ArrayLike<number>, names: readonly string[]): NamedWeight[] {
  return addUpByName(weights, names).toSorted((a, b) => b.weight - a.weight);
}

function describe(
  top: readonly NamedWeight[],
  keys: number,
  plural: string,
  say: (name: string, rank: number) => string,
): string {
  const [first] = top;
  if (!first) return `no ${plural}`;
  const clauses = top
    .slice(0, NAMED_KEYS)
    .filter(({ weight }) => weight >= first.weight * WORTH_NAMING)
    .map(({ name, weight }, rank) => `${say(name, rank)}, ${percent(weight)}`);
  const evenShare = first.keys / keys;
  if (keys > 1 && first.weight < evenShare * EVEN_SPREAD_FACTOR) {
    return `spread over all ${keys} ${plural}; most on ${clauses[0]}`;
  }
  return `mostly ${clauses.join('; then ')}`;
}

function third<Name extends string>(centre: number, low: Name, middle: Name, high: Name): Name {
  if (centre < 1 / 3) return low;
  return centre > 2 / 3 ? high : middle;
}
