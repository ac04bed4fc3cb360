/** A model so small that what each of its pieces is worth can be read off. */
import type { Change } from '../../core/explanation.ts';
import type { Pieces } from '../pieces.ts';
import type { RunChanges } from '../run-changes.ts';

/** Three regions, and four tokens of which the middle two can be hidden. */
export const PIECES: Pieces = { regions: 3, tokens: 4, hideable: [1, 2] };
export const WORTH = { regions: [0.5, -0.25, 1], tokens: [0, 2, 0.125, 0] };
export const ATTENDED = { tokens: Float32Array.of(0, 0.1, 0.9, 0), regions: Float32Array.of(0.2, 0.1, 0.7) };

/** A model whose one logit is the worth of what is shown, and more for regions 0 and 2 together. */
export function model(together = 0): RunChanges {
  return async function* run(changes) {
    for (const [index, change] of changes.entries()) {
      yield await Promise.resolve({ index, logits: Float32Array.of(worthOf(change, together)) });
    }
  };
}

export function worthOf({ hiddenRegions = [], hiddenTokens = [] }: Change, together = 0): number {
  const regions = WORTH.regions.reduce((sum, worth, i) => sum + (hiddenRegions.includes(i) ? 0 : worth), 0);
  const tokens = WORTH.tokens.reduce((sum, worth, i) => sum + (hiddenTokens.includes(i) ? 0 : worth), 0);
  const both = !hiddenRegions.includes(0) && !hiddenRegions.includes(2);
  return regions + tokens + (both ? together : 0);
}

export const first = (logits: Float32Array) => logits[0] ?? Number.NaN;
