/**
 * The truth meter: a ranking of regions or words is true if the answer goes when its first ones go (deletion), and comes
 * when they come (insertion). Petsiuk, Das and Saenko (BMVC 2018), for regions and words instead of pixels.
 */
import { hideableTokens } from '../core/change.ts';
import type { Evidence, FaithfulnessCurve, Ranking, Removal, Scope } from '../core/explanation.ts';
import { createRandom, shuffled } from '../core/random.ts';
import type { RunChanges } from './run-changes.ts';
import type { Region, Token } from '../core/types.ts';

/** Shares at which the answer is looked at: densely where the first ones go. */
const SHARES = [0, 0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1];

/** One order knows nothing, but may be lucky: the mean over several is the baseline. */
const RANDOM_ORDERS = 3;

const DIRECTIONS = ['deletion', 'insertion'] as const;

/** A question about a photo, and what of the two is taken away. */
export interface Subject {
  readonly regions: readonly Region[];
  readonly tokens: readonly Token[];
  readonly scope: Scope;
}

/** Indices, those with the most evidence first; a kind that is not in the scope is empty. */
export interface Order {
  readonly regions: readonly number[];
  readonly tokens: readonly number[];
}

/** Several orders count as one ranking, by their mean. */
export interface RankedPieces {
  readonly ranking: Ranking;
  readonly orders: readonly Order[];
}

export function orderInScope({ regions, tokens, scope }: Subject): Order {
  return {
    regions: scope === 'words' ? [] : [...regions.keys()],
    tokens: scope === 'regions' ? [] : hideableTokens(tokens),
  };
}

/** Each kind by its own numbers: few methods give both in one unit. */
export function rankedBy(
  ranking: Ranking,
  evidence: { readonly [Kind in keyof Evidence]: ArrayLike<number> },
  subject: Subject,
): RankedPieces {
  const { regions, tokens } = orderInScope(subject);
  return {
    ranking,
    orders: [{ regions: byFalling(regions, evidence.regions), tokens: byFalling(tokens, evidence.tokens) }],
  };
}

function byFalling(indices: readonly number[], scores: ArrayLike<number>): number[] {
  return indices.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

/** Those that say something about the scope. */
export function baselineRankings(subject: Subject, seed: number): readonly RankedPieces[] {
  const random = createRandom(seed);
  const all = orderInScope(subject);
  const orders = Array.from({ length: RANDOM_ORDERS }, () => ({
    regions: shuffled(all.regions, random),
    tokens: shuffled(all.tokens, random),
  }));
  const chance: RankedPieces = { ranking: 'random', orders };
  if (subject.scope === 'both') return [chance];
  if (subject.scope === 'words') {
    const { tokens } = subject;
    const places = tokens.map((_, place) => -place);
    const lengths = tokens.map(({ start, end }) => end - start);
    return [
      chance,
      rankedBy('reading-order', { regions: [], tokens: places }, subject),
      rankedBy('word-length', { regions: [], tokens: lengths }, subject),
    ];
  }
  const { regions } = subject;
  const areas = regions.map(({ box }) => (box.xmax - box.xmin) * (box.ymax - box.ymin));
  const scores = regions.map(({ score }) => score);
  return [
    chance,
    rankedBy('box-area', { regions: areas, tokens: [] }, subject),
    rankedBy('detector-confidence', { regions: scores, tokens: [] }, subject),
  ];
}

/** How many of each kind. */
export interface Count {
  readonly regions: number;
  readonly tokens: number;
}

/** Counts to look at, each once, from none to all. */
export function lookedAt(all: Count): readonly Count[] {
  const counts = SHARES.map((share) => ({
    regions: Math.round(share * all.regions),
    tokens: Math.round(share * all.tokens),
  }));
  return counts.filter(
    ({ regions, tokens }, place) =>
      counts.findIndex((other) => other.regions === regions && other.tokens === tokens) === place,
  );
}

/** Both directions of every ranking under one removal, in the order of `rankings`. */
export async function measureRankings(
  run: RunChanges,
  rankings: readonly RankedPieces[],
  removal: Removal,
  score: (logits: Float32Array) => number,
  onPoint: () => void,
): Promise<readonly FaithfulnessCurve[]> {
  const planned = rankings.flatMap(planOf);
  const points = planned.flatMap(({ hidden, scores, orders }) =>
    hidden.map(({ place, ...change }) => ({ change: { ...change, removal }, place, scores, orders })),
  );
  for await (const { index, logits } of run(points.map(({ change }) => change))) {
    const { place, scores, orders } = points[index]!;
    scores[place]! += score(logits) / orders;
    onPoint();
  }
  return planned.map(({ ranking, direction, fractions, scores }) => ({
    ranking,
    removal,
    direction,
    fractions,
    scores,
    area: areaUnder(fractions, scores),
  }));
}

/** How many points `measureRankings` looks at. */
export function pointsOf(rankings: readonly RankedPieces[]): number {
  return rankings.flatMap(planOf).reduce((sum, { hidden }) => sum + hidden.length, 0);
}

function planOf({ ranking, orders }: RankedPieces) {
  const all = { regions: orders[0]?.regions.length ?? 0, tokens: orders[0]?.tokens.length ?? 0 };
  const counts = lookedAt(all);
  const size = Math.max(1, all.regions + all.tokens);
  return DIRECTIONS.map((direction) => {
    const hiddenOf = (order: readonly number[], count: number) =>
      direction === 'deletion' ? order.slice(0, count) : order.slice(count);
    return {
      ranking,
      direction,
      orders: orders.length,
      hidden: orders.flatMap((order) =>
        counts.map((count, place) => ({
          place,
          hiddenRegions: hiddenOf(order.regions, count.regions),
          hiddenTokens: hiddenOf(order.tokens, count.tokens),
        })),
      ),
      fractions: Float32Array.from(counts, ({ regions, tokens }) => (regions + tokens) / size),
      scores: new Float32Array(counts.length),
    };
  });
}

/** By trapezoids. */
export function areaUnder(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let area = 0;
  for (let i = 1; i < x.length; i += 1) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return area;
}
