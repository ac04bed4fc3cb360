/** The truth meter in words and in order. Pure. */
import {
  BASELINES,
  type ExplanationMethod,
  type Faithfulness,
  type FaithfulnessCurve,
  type Ranking,
  type Removal,
  type Scope,
} from '../../core/explanation.ts';
import { rankingName, SCOPE_NOUNS } from './explanation-words.ts';

/** Below this correlation two methods put things in different orders. */
const AGREEMENT = 0.3;

/** The four measurements of one ranking. */
export interface RankingScore {
  readonly ranking: Ranking;
  readonly isBaseline: boolean;
  readonly areas: readonly AreaOf[];
  /** Mean of insertion less deletion over the removals, -1..1; the higher the truer. */
  readonly truth: number;
}

export interface AreaOf {
  readonly removal: Removal;
  readonly direction: FaithfulnessCurve['direction'];
  readonly area: number;
}

/** Every ranking with its areas, truest first. */
export function scoreRankings(curves: readonly FaithfulnessCurve[]): readonly RankingScore[] {
  const rankings = [...new Set(curves.map(({ ranking }) => ranking))];
  return rankings
    .map((ranking): RankingScore => {
      const areas = curves.filter((curve) => curve.ranking === ranking);
      return { ranking, isBaseline: isBaseline(ranking), areas, truth: truthOf(areas) };
    })
    .toSorted((a, b) => b.truth - a.truth);
}

export function isBaseline(ranking: Ranking): boolean {
  return BASELINES.some((baseline) => baseline === ranking);
}

/** In how many of the measurements the one ranking does better than the other. */
export function countWins(one: RankingScore, other: RankingScore): number {
  return one.areas.filter((mine) => {
    const theirs = other.areas.find(
      ({ removal, direction }) => removal === mine.removal && direction === mine.direction,
    );
    if (!theirs) return false;
    return mine.direction === 'deletion' ? mine.area < theirs.area : mine.area > theirs.area;
  }).length;
}

/** “Truest here: Leave one out. The map on screen beats “Random order” in 4 of 4 measurements.” */
export function truthSentence({ curves }: Faithfulness, method: ExplanationMethod): string {
  const scores = scoreRankings(curves);
  const [truest] = scores;
  const mine = scores.find(({ ranking }) => ranking === method);
  if (!truest || !mine) return 'Nothing was measured.';
  const lead = truest.isBaseline
    ? `No method is true here: “${rankingName(truest.ranking)}” does just as well.`
    : `Truest here: ${rankingName(truest.ranking)}.`;
  const wins = scores
    .filter((score) => score.isBaseline)
    .map((baseline, place) => {
      const of = place === 0 ? ` of ${mine.areas.length} measurements` : '';
      return `“${rankingName(baseline.ranking)}” in ${countWins(mine, baseline)}${of}`;
    });
  return wins.length === 0 ? lead : `${lead} The map on screen beats ${listed(wins)}.`;
}

/** What the meter is about to do, in one sentence. */
export function meterSentence(
  scope: Scope,
  count: { readonly regions: number; readonly words: number },
): string {
  const what = {
    regions: `the ${count.regions} regions`,
    words: `the ${count.words} words`,
    both: 'regions and words, the same share of each,',
  }[scope];
  return `Removes ${what} one after another, in the order of each method, and watches the answer. A true map puts first what the answer cannot do without.`;
}

/** Which methods put things in different orders; null when all agree. */
export function disagreementSentence({
  agreements,
  scope,
}: Pick<Faithfulness, 'agreements' | 'scope'>): string | null {
  const disagreeing = agreements.filter(({ correlation }) => correlation < AGREEMENT);
  if (disagreeing.length === 0) return null;
  const pairs = disagreeing
    .toSorted((a, b) => a.correlation - b.correlation)
    .map(
      ({ left, right, correlation }) =>
        `${rankingName(left)} and ${rankingName(right)} (${correlation.toFixed(2).replace('-', '−')})`,
    );
  const most = pairs.slice(0, 3);
  const rest = pairs.length > most.length ? `, and ${pairs.length - most.length} more pairs` : '';
  return `These disagree on which ${SCOPE_NOUNS[scope]} matter (rank correlation): ${most.join('; ')}${rest}.`;
}

function truthOf(areas: readonly AreaOf[]): number {
  const signed = areas.map(({ direction, area }) => (direction === 'insertion' ? area : -area));
  const removals = new Set(areas.map(({ removal }) => removal)).size;
  return signed.reduce((sum, area) => sum + area, 0) / Math.max(1, removals);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
