/** How whoever tests an answer runs the model: changes in, logits out, as they come. */
import type { Change } from './explanation.ts';

export interface ChangedRun {
  /** Of the change in the list. */
  readonly index: number;
  /** [answer] */
  readonly logits: Float32Array;
}

/** Each change once; several may be computed together, and the caller may stop between any two. */
export type RunChanges = (changes: readonly Change[]) => AsyncIterable<ChangedRun>;
