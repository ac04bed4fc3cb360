/** How much of a long look at a photo is done, as one number for one bar. */
import type { DetectProgress } from '../../core/engine.ts';

/** Of the published detector's arithmetic at its full size, the pass over the whole photo is about a seventh. */
const PASS_SHARE = 1 / 7;

/** 0..1; null while a stage says no steps, as those of a quick detector. */
export function lookedShare({ stage, steps }: DetectProgress): number | null {
  if (!steps) return null;
  const share = steps.done / steps.total;
  return stage === 'propose' ? PASS_SHARE * share : PASS_SHARE + (1 - PASS_SHARE) * share;
}
