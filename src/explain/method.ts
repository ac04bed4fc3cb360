/** What a method of explanation is: what is said of it, and what it is given to work with. */
import type { Evidence, Explanation, Removal } from '../core/explanation.ts';
import type { AttentionMaps } from '../core/types.ts';
import type { OnEvidence, Pieces, Target } from './pieces.ts';
import type { RunChanges } from './run-changes.ts';

/** What a page, a file or a command says of a method before it has explained anything. */
export interface MethodDescription {
  /** As addresses, recordings and the element's attribute write it: it stays what it is. */
  readonly id: string;
  readonly name: string;
  /** Whether a number below 0 is evidence against the answer; otherwise none is below 0. */
  readonly isSigned: boolean;
  /** What a pack must have for it. */
  readonly needs: 'gradients' | null;
  /** How it takes things away: not at all, as the person chooses, or in both ways. */
  readonly removals: 'none' | 'chosen' | 'both';
  /**
   * Runs of the model: none beside the answer's own, one, one for each region and word, several for each, or orders of
   * all of them.
   */
  readonly cost: 'free' | 'one' | 'pieces' | 'pieces-often' | 'orders';
}

/** What there is to explain an answer with. */
export interface ExplainContext {
  /** The run in which nothing is taken away. */
  readonly whole: { readonly logits: Float32Array; readonly attention: AttentionMaps };
  readonly target: Target;
  readonly pieces: Pieces;
  readonly settings: {
    readonly removal: Removal;
    readonly orders: number;
    readonly tolerance: number;
    readonly seed: number;
  };
  readonly run: (removal: Removal) => RunChanges;
  /** One run with the gradients of the target with respect to its attention; rejects where the pack has none. */
  readonly gradients: () => Promise<{ readonly attention: AttentionMaps; readonly gradients: AttentionMaps }>;
  readonly onEvidence: OnEvidence;
}

/** What a method finds; what it leaves out is null in the explanation. */
export interface Found extends Evidence {
  readonly removal?: Explanation['removal'];
  readonly standardErrors?: Evidence;
  readonly shareError?: number;
  readonly headImportance?: Explanation['headImportance'];
  readonly gradients?: AttentionMaps;
  readonly runs: number;
}

export type ExplainMethod = (context: ExplainContext) => Promise<Found>;

/** What stands in a method's own file. */
export interface Calculation {
  readonly explain: ExplainMethod;
  /** What one of its numbers means, one sentence. */
  readonly scale: string;
  /** The name of its numbers' unit. */
  readonly unit: string;
}
