/** `pack.json`, the only contract between Python and TypeScript. */
import type { DetectorSettings, ImageSettings } from './detector-settings.ts';
import type { PrecisionMeasures } from './precision-measures.ts';

export const PACK_SCHEMA_VERSION = 1;

export interface PackFile {
  /** Relative to the folder of `pack.json`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** The same in zlib's format (RFC 1950), where a build has put that beside it: what travels in its place. */
  readonly deflated?: Omit<PackFile, 'deflated'>;
}

export interface LicensedSource {
  readonly name: string;
  readonly licence: string;
  readonly role?: string;
}

/** What a sentence and a photo can be asked beside a question; each is a small graph over the cross encoder. */
export const TASK_HEADS = ['matching', 'twoPhotos', 'maskedWords', 'maskedObjects'] as const;

export type TaskHead = (typeof TASK_HEADS)[number];

/** What was measured of the doubt, on questions that it was not fitted on. */
export interface DoubtMeasures {
  readonly questions: number;
  /** The chance that a right answer is trusted more than a wrong one, 0..1. */
  readonly auroc: number;
  /** By kind of question: how often the answer was right, and how often a warning came with it, 0..1. */
  readonly kinds: ReadonlyMap<
    string,
    { readonly questions: number; readonly accuracy: number; readonly warned: number }
  >;
}

/** The weights by which `core/answerability.ts` says how far an answer can be trusted. */
export interface Answerability {
  /** File of the lexicon. */
  readonly words: string;
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
  /** An answer with a smaller chance to be right comes with a warning, 0..1. */
  readonly warnBelow: number;
  /** A thing that no region shows with this probability is called missing, 0..1. */
  readonly notFoundBelow: number;
  readonly measured: DoubtMeasures | null;
}

export interface ModelPack {
  readonly schemaVersion: typeof PACK_SCHEMA_VERSION;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly licence: string;
  readonly provenance: {
    readonly summary: string;
    readonly trainedOn: readonly LicensedSource[];
    readonly startWeights: readonly LicensedSource[];
    readonly commands: readonly string[];
  };
  readonly image: ImageSettings;
  readonly detector: DetectorSettings;
  readonly lxmert: {
    readonly vision: string;
    readonly language: string;
    readonly cross: string;
    readonly hiddenSize: number;
    readonly heads: number;
    readonly languageLayers: number;
    readonly visionLayers: number;
    readonly crossLayers: number;
    readonly featureSize: number;
    readonly maxTokens: number;
    /**
     * Files of the heads that the pack has; they are fetched when first used.
     * `matching`: pooled -> match_logits [batch, not of this photo | of this photo].
     * `twoPhotos`: pooled_left, pooled_right -> truth_logits [batch, false | true].
     * `maskedWords`: text_states -> word_logits [batch, token, piece].
     * `maskedObjects`: region_states -> class_logits, attribute_logits, features, each [batch, region, …].
     */
    readonly taskHeads: Readonly<Partial<Record<TaskHead, string>>>;
    /**
     * File of the graph that runs forward and backward, fetched when first used: the inputs of vision and language,
     * language_gates, vision_gates, cross_gates, target [batch, answer] -> logits, and for each kind of attention its
     * probabilities and the gradient of target · logits. Its weights are those of the other graphs.
     */
    readonly explain?: string;
  };
  /** How logits become answer scores. */
  readonly scores: 'softmax' | 'sigmoid';
  readonly tokenizer: string;
  readonly labels: {
    readonly objects: readonly string[];
    readonly attributes: readonly string[];
    readonly answers: readonly string[];
  };
  readonly answerability: Answerability | null;
  /** File of the model card. */
  readonly card: string | null;
  /** Null for a pack whose answers nobody knows beforehand, as one made from weights. */
  readonly golden: { readonly file: string; readonly tolerance: number } | null;
  /** Of a pack that was made in fewer bits than its weights have, where somebody measured it. */
  readonly precision?: PrecisionMeasures;
  /** Files that have a graph's weights, by the graph's file. */
  readonly externalData?: Readonly<Record<string, readonly string[]>>;
  /** Every file of the pack but `pack.json`. */
  readonly files: readonly PackFile[];
}
