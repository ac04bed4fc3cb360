/** What explains an answer, and what can be changed to test it: shapes and units, beside those of `types.ts`. */
import type { Tensor } from './tensor.ts';
import type {
  AnswerCandidate,
  AttentionMaps,
  AttentionModule,
  BoundingBox,
  ImageId,
  Token,
} from './types.ts';

/** The id of a method in `explain/registry.ts`, where every method is described: “attention”, “leave-one-out”. */
export type ExplanationMethod = string;

/** How a region or a word is taken away. Whichever it is, the number of regions and tokens stays. */
export const REMOVALS = ['mask', 'zero-feature'] as const;

/**
 * `mask`: nothing attends to it and nothing counts it, as if it had not been found or written. Without any region the
 * model is shown one that covers the photo and has no features.
 * `zero-feature`: a region keeps its box and loses its features, a word becomes [MASK]: what pretraining hides.
 */
export type Removal = (typeof REMOVALS)[number];

/** One attention head. */
export interface HeadPlace {
  readonly module: AttentionModule;
  readonly layer: number;
  readonly head: number;
}

/** A way in which the model is run that is not the plain one. Everything left out stays as it is. */
export interface Change {
  /** Indices into `Scene.regions`. */
  readonly hiddenRegions?: readonly number[] | undefined;
  /** Indices into `Prediction.tokens`; [CLS] and [SEP] cannot be hidden. */
  readonly hiddenTokens?: readonly number[] | undefined;
  /** Of the hidden ones; `mask` unless told otherwise. */
  readonly removal?: Removal | undefined;
  /** Heads whose output is zero; needs a pack whose graphs take gates. */
  readonly closedHeads?: readonly HeadPlace[] | undefined;
  /** Gives every region another region's box, in an order drawn from this number. */
  readonly shuffledBoxes?: number | undefined;
}

export interface ExplainParams {
  readonly imageId: ImageId;
  readonly question: string;
  readonly method: ExplanationMethod;
  /** Any of the pack's answers; the best one unless told otherwise. */
  readonly answer?: string | undefined;
  /** Why `answer` rather than this one. */
  readonly against?: string | undefined;
  /** Explains the changed run. */
  readonly change?: Change | undefined;
  /** How leave-one-out and Shapley take things away; `mask` unless told otherwise. */
  readonly removal?: Removal | undefined;
  /** Orders drawn for Shapley values at most, each used forwards and backwards; 16 unless told otherwise. */
  readonly orders?: number | undefined;
  /**
   * No more orders are drawn once no standard error of a Shapley value is above this part of the strongest value; 0.1
   * unless told otherwise, and 0 draws them all.
   */
  readonly tolerance?: number | undefined;
  /** Of the random orders; 1 unless told otherwise. */
  readonly seed?: number | undefined;
}

/** One number per token and per region. */
export interface Evidence {
  /** [token]; 0 for those that the method says nothing about, such as [CLS] and [SEP]. */
  readonly tokens: Float32Array;
  /** [region] */
  readonly regions: Float32Array;
}

/**
 * Of all that the numbers say, without their signs, how much is text and how much is image; they sum to 1. They compare
 * the two where both are logits; attention and relevance of words are another quantity than those of regions.
 */
export interface Shares {
  readonly text: number;
  readonly image: number;
  /** Of either; null for methods without chance. */
  readonly standardError: number | null;
}

/** One number per head, [layer, head], of every module. */
export type PerHead = { readonly [M in AttentionModule]: Tensor<readonly ['layer', 'head']> };

/** Why an answer: what `explain` returns. */
export interface Explanation extends Evidence {
  readonly imageId: ImageId;
  readonly question: string;
  readonly method: ExplanationMethod;
  readonly answer: string;
  readonly against: string | null;
  /** What is explained: the answer's logit, less that of `against`. */
  readonly logit: number;
  /** Probability of the answer, 0..1. */
  readonly score: number;
  /** Of the `token` axis. */
  readonly tokensRead: readonly Token[];
  /** Whether negative numbers are evidence against the answer; otherwise none is below 0. */
  readonly signed: boolean;
  /** The name of the numbers' unit, such as “logit”. */
  readonly unit: string;
  /** What a number means, one sentence. */
  readonly scale: string;
  /** How things were taken away; null for methods that take nothing away. */
  readonly removal: Removal | 'both' | null;
  /** Of the mean over the orders; null for methods without chance. */
  readonly standardErrors: Evidence | null;
  readonly shares: Shares;
  /** |sum of attention × gradient| per head (Michel et al. 2019); null without gradients. */
  readonly headImportance: PerHead | null;
  /** Of `logit` with respect to every attention probability; null without gradients. */
  readonly gradients: AttentionMaps | null;
  /** How many times the model was run. */
  readonly runs: number;
  /** Milliseconds. */
  readonly durationMs: number;
}

/**
 * `done` of `total` runs, or of fewer where a method stops as soon as it knows enough; `evidence` is what is known by
 * now, not a number (NaN) where nothing is yet.
 */
export interface ExplainProgress {
  readonly stage: 'run';
  readonly done: number;
  readonly total: number;
  readonly evidence: Evidence;
  /** Of the evidence known by now; null for methods without chance, and as long as nothing can be said of it. */
  readonly standardErrors: Evidence | null;
}

/** What the truth meter takes away: regions, words, or the same share of both at once. */
export const SCOPES = ['regions', 'words', 'both'] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * Orders that know nothing of the question: what a method has to beat. The areas of boxes and the detector's confidence
 * order regions, reading order and length words; with both in the scope there is chance alone.
 */
export const BASELINES = [
  'random',
  'box-area',
  'detector-confidence',
  'reading-order',
  'word-length',
] as const;

export type Baseline = (typeof BASELINES)[number];
/** A method's id or a baseline. */
export type Ranking = string;

export interface FaithfulnessParams {
  readonly imageId: ImageId;
  readonly question: string;
  /** The best one unless told otherwise. */
  readonly answer?: string | undefined;
  /** All that the pack can do unless told otherwise; the baselines are always measured. */
  readonly methods?: readonly ExplanationMethod[] | undefined;
  /** `regions` unless told otherwise. */
  readonly scope?: Scope | undefined;
  /** Both unless told otherwise. */
  readonly removals?: readonly Removal[] | undefined;
  readonly seed?: number | undefined;
}

/**
 * The probability of the answer while what is in the scope is taken away (`deletion`) or given back to a model that has
 * none of it (`insertion`), whatever has the most evidence first.
 */
export interface FaithfulnessCurve {
  readonly ranking: Ranking;
  readonly removal: Removal;
  readonly direction: 'deletion' | 'insertion';
  /** Share of the scope taken away or given back, 0..1, rising from 0 to 1. */
  readonly fractions: Float32Array;
  /** Probability of the answer at each, 0..1. */
  readonly scores: Float32Array;
  /** Area under `scores`, 0..1: low is good for deletion, high for insertion. */
  readonly area: number;
}

/** How two rankings of the scope agree: Spearman's correlation, -1..1; of both kinds the mean of the two. */
export interface Agreement {
  readonly left: Ranking;
  readonly right: Ranking;
  readonly correlation: number;
}

/** The truth meter: what `measureFaithfulness` returns. */
export interface Faithfulness {
  readonly imageId: ImageId;
  readonly question: string;
  readonly answer: string;
  readonly scope: Scope;
  readonly curves: readonly FaithfulnessCurve[];
  /** Each pair of methods once, without the baselines. */
  readonly agreements: readonly Agreement[];
  readonly runs: number;
  readonly durationMs: number;
}

export interface FaithfulnessProgress {
  /** `explain` counts methods, `measure` points of all curves. */
  readonly stage: 'explain' | 'measure';
  readonly done: number;
  readonly total: number;
  /** Those that are complete. */
  readonly curves: readonly FaithfulnessCurve[];
}

export interface FlipParams {
  readonly imageId: ImageId;
  readonly question: string;
  /** What may be taken away; regions and words unless told otherwise. */
  readonly among?: readonly ('region' | 'token' | 'head')[] | undefined;
  readonly removal?: Removal | undefined;
  /** Gives up after so many steps; 6 unless told otherwise. */
  readonly maxSteps?: number | undefined;
}

export type FlipStep = (
  | { readonly kind: 'region' | 'token'; readonly index: number }
  | { readonly kind: 'head'; readonly place: HeadPlace }
) & {
  /** The best answer after this step. */
  readonly best: AnswerCandidate;
  /** Probability of the first answer after this step. */
  readonly score: number;
};

/** The smallest change that flips the answer, as far as greedy search finds it. */
export interface Flip {
  readonly from: AnswerCandidate;
  /** Null when the answer did not flip. */
  readonly to: AnswerCandidate | null;
  readonly steps: readonly FlipStep[];
  /** All steps as one change, to be asked again. */
  readonly change: Change;
  readonly runs: number;
  readonly durationMs: number;
}

export interface FlipProgress {
  readonly stage: 'search';
  readonly runs: number;
  readonly steps: readonly FlipStep[];
}

export interface EditRegionsParams {
  readonly imageId: ImageId;
  /** The name of the edited scene; the old one stays. */
  readonly editedId: ImageId;
  /** In the new order: an index keeps that region as it is, a box is looked at by the detector's RoI head. */
  readonly regions: readonly (number | BoundingBox)[];
}

/** What the pack on its backend can do of all this. */
export interface Abilities {
  readonly methods: readonly ExplanationMethod[];
  /** The most faithful of them as measured; see `npm run faithfulness`. */
  readonly defaultMethod: ExplanationMethod;
  readonly closesHeads: boolean;
}
