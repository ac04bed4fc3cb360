/**
 * The truth meter: a ranking of regions is true if the answer goes when its first ones go (deletion), and comes when
 * they come (insertion). Petsiuk, Das and Saenko (BMVC 2018), for regions instead of pixels.
 */
import type {
  Agreement,
  Change,
  ExplanationMethod,
  FaithfulnessCurve,
  Ranking,
  Removal,
} from './explanation.ts';
import { createRandom, shuffled } from './random.ts';
import type { RunChanges } from './run-changes.ts';
import type { Region } from './types.ts';

/** Shares of the regions at which the answer is looked at: densely where the first ones go. */
const SHARES = [0, 0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1];

/** One order knows nothing, but may be lucky: the mean over several is the baseline. */
const RANDOM_ORDERS = 3;

/** Regions with the most evidence first. Several orders count as one ranking, by their mean. */
export interface RankedRegions {
  readonly ranking: Ranking;
  readonly orders: readonly (readonly number[])[];
}

export function rankedBy(ranking: Ranking, scores: ArrayLike<number>): RankedRegions {
  const order = Array.from({ length: scores.length }, (_, region) => region);
  return { ranking, orders: [order.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))] };
}

export function baselineRankings(regions: readonly Region[], seed: number): readonly RankedRegions[] {
  const random = createRandom(seed);
  const all = [...regions.keys()];
  const areas = regions.map(({ box }) => (box.xmax - box.xmin) * (box.ymax - box.ymin));
  return [
    { ranking: 'random', orders: Array.from({ length: RANDOM_ORDERS }, () => shuffled(all, random)) },
    rankedBy('box-area', areas),
    rankedBy(
      'detector-confidence',
      regions.map(({ score }) => score),
    ),
  ];
}

/** Counts of regions to look at, each once, from none to all. */
export function lookedAt(regions: number): readonly number[] {
  return [...new Set(SHARES.map((share) => Math.round(share * regions)))];
}

/** Both directions of one ranking under one removal. */
export async function measureRanking(
  run: RunChanges,
  { ranking, orders }: RankedRegions,
  removal: Removal,
  score: (logits: Float32Array) => number,
): Promise<readonly FaithfulnessCurve[]> {
  const regions = orders[0]?.length ?? 0;
  const counts = lookedAt(regions);
  const curves: FaithfulnessCurve[] = [];
  for (const direction of ['deletion', 'insertion'] as const) {
    const changes = orders.flatMap((order) =>
      counts.map((count): Change => {
        const hidden = direction === 'deletion' ? order.slice(0, count) : order.slice(count);
        return { hiddenRegions: hidden, removal };
      }),
    );
    const scores = new Float32Array(counts.length);
    for await (const { index, logits } of run(changes)) {
      scores[index % counts.length]! += score(logits) / orders.length;
    }
    const fractions = Float32Array.from(counts, (count) => count / Math.max(1, regions));
    curves.push({ ranking, removal, direction, fractions, scores, area: areaUnder(fractions, scores) });
  }
  return curves;
}

/** By trapezoids. */
export function areaUnder(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let area = 0;
  for (let i = 1; i < x.length; i += 1) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return area;
}

/** Each pair of methods once. */
export function agreementsOf(
  found: readonly { readonly method: ExplanationMethod; readonly regions: Float32Array }[],
): Agreement[] {
  return found.flatMap((left, place) =>
    found.slice(place + 1).map((right) => ({
      left: left.method,
      right: right.method,
      correlation: rankCorrelation(left.regions, right.regions),
    })),
  );
}

/** Spearman's correlation; equal values share their mean rank, and a list without differences correlates with none. */
export function rankCorrelation(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const [a, b] = [ranks(left), ranks(right)];
  const middle = (a.length - 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    both += (a[i]! - middle) * (b[i]! - middle);
    ofA += (a[i]! - middle) ** 2;
    ofB += (b[i]! - middle) ** 2;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).toSorted(
    (a, b) => values[a]! - values[b]!,
  );
  const ranked = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let i = start; i < end; i += 1) ranked[order[i]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranked;
}
