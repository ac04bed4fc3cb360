/** Truth meters of many questions put together: means, and differences to what a method has to beat. */
import { bootstrapMean, type MeanInterval } from '../../explain/bootstrap.ts';
import {
  BASELINES,
  type Faithfulness,
  type Ranking,
  type Removal,
  type Scope,
} from '../../core/explanation.ts';

/** The truth of one ranking for one question: the area of insertion less that of deletion, -1..1. */
export type Truths = ReadonlyMap<Ranking, number>;

export interface RankedTruth {
  readonly ranking: Ranking;
  readonly truth: MeanInterval;
  /** Paired differences of this ranking's truth to another's; above 0 this one is truer. */
  readonly above: ReadonlyMap<Ranking, MeanInterval>;
}

export function truthsOf({ curves }: Pick<Faithfulness, 'curves'>, removal: Removal): Truths {
  const truths = new Map<Ranking, number>();
  for (const curve of curves) {
    if (curve.removal !== removal) continue;
    const sign = curve.direction === 'insertion' ? 1 : -1;
    truths.set(curve.ranking, (truths.get(curve.ranking) ?? 0) + sign * curve.area);
  }
  return truths;
}

/** Whom every ranking is compared with. */
const RIVALS: readonly Ranking[] = [...BASELINES, 'attention'];

/** Truest first. */
export function rankTruths(questions: readonly Truths[]): readonly RankedTruth[] {
  const rankings = [...(questions[0]?.keys() ?? [])];
  const valuesOf = (ranking: Ranking) => questions.map((truths) => truths.get(ranking) ?? Number.NaN);
  return rankings
    .map((ranking): RankedTruth => {
      const own = valuesOf(ranking);
      const others = RIVALS.filter((rival) => rival !== ranking && rankings.includes(rival));
      const above = new Map(
        others.map((rival) => {
          const theirs = valuesOf(rival);
          return [rival, bootstrapMean(own.map((value, i) => value - (theirs[i] ?? Number.NaN)))];
        }),
      );
      return { ranking, truth: bootstrapMean(own), above };
    })
    .toSorted((a, b) => b.truth.mean - a.truth.mean);
}

/** One line per ranking, under a line that says what the columns are. */
export function truthLines(
  ranked: readonly RankedTruth[],
  { scope, removal }: { readonly scope: Scope; readonly removal: Removal },
): readonly string[] {
  const rivals = RIVALS.filter((rival) => ranked.some(({ ranking }) => ranking === rival));
  const head = ['ranking', 'truth', ...rivals.map((rival) => `less ${rival}`)];
  const rows = ranked.map(({ ranking, truth, above }) => [
    ranking,
    intervalText(truth),
    ...rivals.map((rival) => {
      const interval = above.get(rival);
      return interval ? intervalText(interval) : '';
    }),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [
    `scope: ${scope}, removal: ${removal}`,
    ...[head, ...rows].map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ];
}

function intervalText({ mean, low, high }: MeanInterval): string {
  return `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
