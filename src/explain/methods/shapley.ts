/**
 * Shapley values by sampled orders: what a region or a word adds, on average over all orders of taking things away.
 * Each order is used forwards and backwards (antithetic), which halves the error at no cost (Mitchell et al. 2022).
 * Orders are drawn until the errors are small beside the strongest value.
 */
import type { Change, Evidence } from '../../core/explanation.ts';
import { createRandom, shuffled } from '../../core/random.ts';
import type { ExplainMethod } from '../method.ts';
import { emptyEvidence, type OnEvidence, type Piece, type Pieces, type Target } from '../pieces.ts';
import type { RunChanges } from '../run-changes.ts';
import { textShare } from '../shares.ts';

export const unit = 'logit';
export const scale =
  'What it adds to the answer’s logit, mean over random orders of taking things away; below 0, it speaks against.';

export const explain: ExplainMethod = async ({ whole, target, pieces, settings, run, onEvidence }) => {
  const { removal } = settings;
  const sampling = { ...settings, target, whole: target(whole.logits) };
  const { values, ...found } = await sampleShapley(run(removal), pieces, sampling, onEvidence);
  return { ...values, ...found, removal };
};

export interface SampledValues {
  readonly values: Evidence;
  /** Of the mean over the pairs of orders. */
  readonly standardErrors: Evidence;
  /** Of the share of all evidence that is text. */
  readonly shareError: number;
  readonly runs: number;
}

export interface ShapleySettings {
  readonly target: Target;
  /** The target with everything there. */
  readonly whole: number;
  /** At most; with their reverses they are twice as many. */
  readonly orders: number;
  /** The largest standard error that is small enough, as a part of the strongest value; 0: none is. */
  readonly tolerance: number;
  readonly seed: number;
}

/** With fewer pairs an error is hardly known itself. */
const LEAST_PAIRS = 4;

export async function sampleShapley(
  run: RunChanges,
  pieces: Pieces,
  { target, whole, orders, tolerance, seed }: ShapleySettings,
  onEvidence: OnEvidence,
): Promise<SampledValues> {
  const players: readonly Piece[] = [
    ...pieces.hideable.map((index): Piece => ({ kind: 'token', index })),
    ...Array.from({ length: pieces.regions }, (_, index): Piece => ({ kind: 'region', index })),
  ];
  const random = createRandom(seed);
  const all = [...players.keys()];
  const evidenceOf = (values: Float64Array) => evidenceOfPlayers(pieces, players, values);
  const pairs = Math.max(LEAST_PAIRS, Math.round(orders));
  const perPair = 2 * Math.max(0, players.length - 1);
  const samples: Float64Array[] = [];
  let runs = 0;
  let empty: number | null = null;
  while (samples.length < pairs && !isSettled(samples, tolerance)) {
    const order = shuffled(all, random);
    const directions = [order, order.toReversed()];
    // Both directions at once: whoever runs them can put those together that have equally much to show.
    const planned = directions.flatMap((direction, way) =>
      Array.from({ length: players.length - 1 }, (_, last) => ({ way, gone: direction.slice(0, last + 1) })),
    );
    // What is left without anything is the same for all orders.
    if (empty === null) planned.push({ way: 0, gone: order });
    const values = directions.map(() => new Float64Array(players.length + 1).fill(empty ?? Number.NaN));
    for await (const { index, logits } of run(planned.map(({ gone }) => hidingAll(players, gone)))) {
      const { way, gone } = planned[index]!;
      if (gone.length === players.length) empty = target(logits);
      else values[way]![gone.length] = target(logits);
      runs += 1;
    }
    for (const each of values) [each[0], each[players.length]] = [whole, empty ?? Number.NaN];
    samples.push(meanMarginals(directions, values));
    onEvidence(
      runs,
      pairs * perPair + 1,
      evidenceOf(meanOf(samples)),
      samples.length < LEAST_PAIRS ? null : evidenceOf(errorsOf(samples)),
    );
  }
  return {
    values: evidenceOf(meanOf(samples)),
    standardErrors: evidenceOf(errorsOf(samples)),
    shareError: jackknife(samples, (kept) => textShare(evidenceOf(meanOf(kept)))),
    runs,
  };
}

function hidingAll(players: readonly Piece[], places: readonly number[]): Change {
  const hidden = places.map((place) => players[place]!);
  const of = (kind: Piece['kind']) => hidden.filter((piece) => piece.kind === kind).map(({ index }) => index);
  return { hiddenRegions: of('region'), hiddenTokens: of('token') };
}

/** What goes with each player, mean over the directions; `values[direction][k]` after the first k of it are gone. */
function meanMarginals(
  directions: readonly (readonly number[])[],
  values: readonly Float64Array[],
): Float64Array {
  const marginals = new Float64Array(directions[0]?.length ?? 0);
  for (const [way, direction] of directions.entries()) {
    for (const [place, player] of direction.entries()) {
      marginals[player]! += (values[way]![place]! - values[way]![place + 1]!) / directions.length;
    }
  }
  return marginals;
}

function isSettled(samples: readonly Float64Array[], tolerance: number): boolean {
  if (samples.length < LEAST_PAIRS || tolerance <= 0) return false;
  return largest(errorsOf(samples)) <= tolerance * largest(meanOf(samples));
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function meanOf(samples: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(samples[0]?.length ?? 0);
  for (const sample of samples) {
    for (const [player, value] of sample.entries()) mean[player]! += value / samples.length;
  }
  return mean;
}

/** Standard errors of the mean. */
function errorsOf(samples: readonly Float64Array[]): Float64Array {
  const mean = meanOf(samples);
  const squares = new Float64Array(mean.length);
  for (const sample of samples) {
    for (const [player, value] of sample.entries()) squares[player]! += (value - mean[player]!) ** 2;
  }
  return squares.map((sum) => Math.sqrt(sum / (samples.length - 1) / samples.length));
}

/** Standard error of what is no mean: worked out anew without each sample in turn (Tukey 1958). */
function jackknife(
  samples: readonly Float64Array[],
  statistic: (kept: readonly Float64Array[]) => number,
): number {
  const count = samples.length;
  const without = samples.map((_, left) => statistic(samples.toSpliced(left, 1)));
  const mean = without.reduce((sum, value) => sum + value / count, 0);
  return Math.sqrt(((count - 1) / count) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

function evidenceOfPlayers(pieces: Pieces, players: readonly Piece[], values: Float64Array): Evidence {
  const evidence = emptyEvidence(pieces);
  for (const [player, { kind, index }] of players.entries()) {
    (kind === 'region' ? evidence.regions : evidence.tokens)[index] = values[player]!;
  }
  return evidence;
}
