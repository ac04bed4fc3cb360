/** What is taken away to see what an answer is owed to, and how far that is. */
import type { Change, Evidence } from '../core/explanation.ts';

/** What can be taken away. */
export interface Pieces {
  /** How many regions there are. */
  readonly regions: number;
  /** How many tokens, of which only `hideable` can be hidden. */
  readonly tokens: number;
  readonly hideable: readonly number[];
}

/** One region or one token. */
export interface Piece {
  readonly kind: 'region' | 'token';
  readonly index: number;
}

/** The number that is explained, of one run's logits. */
export type Target = (logits: Float32Array) => number;

/** @param errors of the evidence, where chance is in it and something can be said of it */
export type OnEvidence = (done: number, total: number, evidence: Evidence, errors: Evidence | null) => void;

/** `known` first, by falling weight; tokens and regions each by their own weights, in turn. */
export function orderedPieces({ regions, hideable }: Pieces, attended: Evidence): Piece[] {
  const byWeight = (indices: readonly number[], weights: Float32Array, kind: Piece['kind']): Piece[] =>
    indices.toSorted((a, b) => weights[b]! - weights[a]!).map((index) => ({ kind, index }));
  const all = Array.from({ length: regions }, (_, index) => index);
  // Words first: there are few of them, and the encoder of regions need not run.
  return [...byWeight(hideable, attended.tokens, 'token'), ...byWeight(all, attended.regions, 'region')];
}

export function hiding({ kind, index }: Piece): Change {
  return kind === 'region' ? { hiddenRegions: [index] } : { hiddenTokens: [index] };
}

/** 0 for tokens that cannot be hidden, NaN for whatever is not known yet. */
export function emptyEvidence({ regions, tokens, hideable }: Pieces): Evidence {
  const evidence = {
    tokens: new Float32Array(tokens),
    regions: new Float32Array(regions).fill(Number.NaN),
  };
  for (const token of hideable) evidence.tokens[token] = Number.NaN;
  return evidence;
}
