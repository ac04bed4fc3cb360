/**
 * Shapley values by sampled orders: what a region or a word adds, on average over all orders of taking things away.
 * Each order is used forwards and backwards (antithetic), which halves the error at no cost (Mitchell et al. 2022).
 */
import { emptyEvidence, type OnEvidence, type Piece, type Pieces, type Target } from './leave-one-out.ts';
import type { Change, Evidence } from './explanation.ts';
import { createRandom, shuffled } from './random.ts';
import type { RunChanges } from './run-changes.ts';

export interface SampledValues {
  readonly values: Evidence;
  /** Of the mean over the pairs of orders. */
  readonly standardErrors: Evidence;
  readonly runs: number;
}

/** Sums over pairs of orders, from which mean and standard error follow. */
interface Sums {
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/** @param orders at least 2, or nothing could be said of the error */
export async function sampleShapley(
  run: RunChanges,
  pieces: Pieces,
  { target, whole, orders, seed }: { target: Target; whole: number; orders: number; seed: number },
  onEvidence: OnEvidence,
): Promise<SampledValues> {
  const players: readonly Piece[] = [
    ...pieces.hideable.map((index): Piece => ({ kind: 'token', index })),
    ...Array.from({ length: pieces.regions }, (_, index): Piece => ({ kind: 'region', index })),
  ];
  const random = createRandom(seed);
  const all = players.map((_, place) => place);
  const empty = await valueOf(run, hidingAll(players, all), target);
  const pairs = Math.max(2, Math.round(orders));
  const total = pairs * 2 * (players.length - 1) + 1;
  const sums: Sums = {
    sum: new Float64Array(players.length),
    squares: new Float64Array(players.length),
  };
  let done = 1;
  for (let pair = 1; pair <= pairs; pair += 1) {
    const order = shuffled(all, random);
    const marginal = new Float64Array(players.length);
    for (const direction of [order, order.toReversed()]) {
      // Value after the first k of the order are gone; none and all are known.
      const values = new Float64Array(players.length + 1);
      values[0] = whole;
      values[players.length] = empty;
      const changes = direction
        .slice(0, -1)
        .map((_, last) => hidingAll(players, direction.slice(0, last + 1)));
      for await (const { index, logits } of run(changes)) {
        values[index + 1] = target(logits);
        done += 1;
        onEvidence(done, total, evidenceOf(pieces, players, means(sums, pair - 1)));
      }
      for (const [place, player] of direction.entries()) {
        marginal[player]! += (values[place]! - values[place + 1]!) / 2;
      }
    }
    for (const [player, value] of marginal.entries()) {
      sums.sum[player]! += value;
      sums.squares[player]! += value * value;
    }
  }
  return {
    values: evidenceOf(pieces, players, means(sums, pairs)),
    standardErrors: evidenceOf(pieces, players, errors(sums, pairs)),
    runs: done,
  };
}

async function valueOf(run: RunChanges, change: Change, target: Target): Promise<number> {
  for await (const { logits } of run([change])) return target(logits);
  return Number.NaN;
}

function hidingAll(players: readonly Piece[], places: readonly number[]): Change {
  const hidden = places.map((place) => players[place]!);
  const of = (kind: Piece['kind']) => hidden.filter((piece) => piece.kind === kind).map(({ index }) => index);
  return { hiddenRegions: of('region'), hiddenTokens: of('token') };
}

/** Not a number while nothing is known. */
function means({ sum }: Sums, pairs: number): Float64Array {
  return sum.map((value) => value / pairs);
}

function errors({ sum, squares }: Sums, pairs: number): Float64Array {
  return sum.map((value, player) => {
    const variance = (squares[player]! - (value * value) / pairs) / (pairs - 1);
    return Math.sqrt(Math.max(0, variance) / pairs);
  });
}

function evidenceOf(pieces: Pieces, players: readonly Piece[], values: Float64Array): Evidence {
  const evidence = emptyEvidence(pieces);
  for (const [player, { kind, index }] of players.entries()) {
    (kind === 'region' ? evidence.regions : evidence.tokens)[index] = values[player]!;
  }
  return evidence;
}
