/** The weights that are laid over the photo and the words, whichever method they come from. */
import { weightPercent } from '../core/percent.ts';
import type { RegionWeights } from '../draw/rank-regions.ts';
import { scaleEnd, type ShownAttention } from '../session/inquiry/show-attention.ts';
import type { Shown } from './show.ts';

/** With weights as people read them. */
export interface ShownWeights extends RegionWeights {
  readonly amount: (weight: number) => string;
}

/** Over the regions; null when nothing is laid over the photo. */
export function shownWeights({ attention, evidence }: Shown): ShownWeights | null {
  return evidence?.regions ?? attentionOver(attention, attention?.overRegions?.weights);
}

/** Over the tokens; null when no weights are shown there. */
export function shownTokenWeights({ attention, evidence }: Shown): ShownWeights | null {
  return evidence?.words ?? attentionOver(attention, attention?.overTokens?.weights);
}

function attentionOver(
  attention: ShownAttention | null,
  weights: Float32Array | undefined,
): ShownWeights | null {
  if (!attention || !weights) return null;
  return { weights, highest: scaleEnd(weights, attention, false), amount: weightPercent };
}
