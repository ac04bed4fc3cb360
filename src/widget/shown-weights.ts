/** The weights that are laid over the photo and the words, whichever method they come from. */
import type { RegionWeights } from '../draw/rank-regions.ts';
import { scaleEnd } from '../session/show-attention.ts';
import { evidenceOf, type Shown } from './show.ts';

/** Over the regions; null when nothing is laid over the photo. Evidence against the answer is left dark. */
export function shownWeights({ attention, explanation, isExplained }: Shown): RegionWeights | null {
  if (attention) {
    const weights = attention.overRegions?.weights;
    return weights ? { weights, highest: scaleEnd(weights, attention, false) } : null;
  }
  const evidence = isExplained ? evidenceOf(explanation) : null;
  if (!evidence) return null;
  const weights = evidence.regions.map(support);
  return { weights, highest: largest(weights) };
}

export interface TokenWeights {
  readonly weights: Float32Array;
  /** The weight of the widest bar. */
  readonly highest: number;
  /** Whether a weight is a share of one, or evidence in the explanation's unit. */
  readonly unit: 'share' | 'evidence';
}

/** Over the tokens; null when no weights are shown there. Evidence keeps its sign. */
export function shownTokenWeights({ attention, explanation, isExplained }: Shown): TokenWeights | null {
  if (attention) {
    const weights = attention.overTokens?.weights;
    return weights ? { weights, highest: scaleEnd(weights, attention, false), unit: 'share' } : null;
  }
  const evidence = isExplained ? evidenceOf(explanation) : null;
  if (!evidence) return null;
  return {
    weights: evidence.tokens.map((weight) => (Number.isNaN(weight) ? 0 : weight)),
    highest: largest(evidence.tokens.map(Math.abs)),
    unit: 'evidence',
  };
}

/** Evidence that is not known yet (NaN) counts as none. */
function support(weight: number): number {
  return weight > 0 ? weight : 0;
}

function largest(weights: Float32Array): number {
  return weights.reduce((most, each) => (each > most ? each : most), 0);
}
