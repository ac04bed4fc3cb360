/** The one interface that says everything a page may ask of the models. */
import type {
  BackendChoice,
  BackendReport,
  CacheReport,
  Comparison,
  FilledText,
  ImageId,
  Match,
  Prediction,
  RegionGuesses,
  Scene,
  TokenizedQuestion,
} from './types.ts';
import type {
  Abilities,
  Change,
  EditRegionsParams,
  ExplainParams,
  ExplainProgress,
  Explanation,
  Faithfulness,
  FaithfulnessParams,
  FaithfulnessProgress,
  Flip,
  FlipParams,
  FlipProgress,
} from './explanation.ts';
import { listMethods } from './service.ts';
import type { HeadInspection, InspectHeadsParams } from './head-inspection.ts';
import type { ModelCard } from './pack/model-card.ts';
import type { ModelPack } from './pack/pack.ts';

/** Cancelling is cooperative: the call rejects with code `cancelled` and loaded models stay loaded. */
export interface CallOptions<Progress = never> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** How far a stage of many steps is. */
export interface Steps {
  readonly done: number;
  readonly total: number;
}

/** `loadedBytes` counts cached and downloaded bytes, never falls, and ends at `totalBytes`. */
export type LoadProgress =
  | {
      readonly stage: 'download';
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly cachedBytes: number;
    }
  /** `steps`: graphs, of a pack that has many. */
  | { readonly stage: 'open'; readonly steps?: Steps }
  | { readonly stage: 'self-test' };

export interface DetectProgress {
  readonly stage: 'read' | 'propose' | 'classify' | 'encode';
  /** Of a detector that takes many seconds: graphs run over the whole photo at `propose`, proposals looked at at `classify`. */
  readonly steps?: Steps;
}

export interface LoadParams {
  /** Absolute URL of the pack's folder, ending in `/`. */
  readonly packUrl: string;
  readonly backend: BackendChoice;
  /** Stores what only a tool needs, too, in the background once the models are open: for use without a network. */
  readonly keepsAll?: boolean | undefined;
}

export interface LoadReport {
  readonly pack: ModelPack;
  /** Null for a pack without one. */
  readonly card: ModelCard | null;
  readonly backend: BackendReport;
  readonly abilities: Abilities;
  /** `stored`: kept for the next visit. `memory`: the browser refused storage or its quota is full. */
  readonly storage: 'stored' | 'memory';
}

export interface DetectParams {
  readonly imageId: ImageId;
  readonly image: Blob;
}

export interface AskParams {
  readonly imageId: ImageId;
  readonly question: string;
  /** Asks a model that is shown less, or that has heads switched off. */
  readonly change?: Change | undefined;
  /** Answers whose scores are wanted whatever their rank, as `Prediction.followed`. */
  readonly follow?: readonly string[] | undefined;
}

/** A sentence about a photo. */
export interface MatchParams {
  readonly imageId: ImageId;
  readonly text: string;
  /** Asks a model that is shown less, or that has heads switched off. */
  readonly change?: Change | undefined;
}

/** A sentence with a [MASK] for every word to be told. */
export interface FillInParams extends MatchParams {
  /** For each mask, words whose scores are wanted whatever their rank, as `FilledMask.followed`. */
  readonly follow?: readonly (readonly string[])[] | undefined;
}

export interface GuessRegionsParams {
  readonly imageId: ImageId;
  /** Those to be guessed, indices into `Scene.regions`: their features are hidden, their boxes are not. */
  readonly regions: readonly number[];
  /** A sentence about the photo; none unless told otherwise. */
  readonly text?: string | undefined;
  /** Regions that are hidden too. */
  readonly alsoHidden?: readonly number[] | undefined;
  /** For each guess, a label whose score is wanted whatever its rank, as `RegionGuess.followed`. */
  readonly follow?: readonly string[] | undefined;
}

export interface CompareParams {
  readonly left: ImageId;
  readonly right: ImageId;
  readonly statement: string;
  /** What the model is shown less of; hidden tokens are hidden on the side that names them. */
  readonly changes?: { readonly left?: Change | undefined; readonly right?: Change | undefined } | undefined;
}

/** Long steps say nothing while they last; a thread that says nothing for this long may have died. */
export const SILENCE_MS = 30_000;

/** The thread that an engine runs in, seen from outside: it may die, or never come to an end, without a word. */
export interface EngineWatch {
  /** Tells when the thread owes an answer and has said nothing for long, and when that is over. */
  onSilence(listener: (isSilent: boolean) => void): () => void;
  /** Ends the thread with all that it does; models have to be loaded again. */
  stop(): void;
}

/**
 * Every method rejects with a `VqaError`. One call runs at a time; later calls wait their turn.
 * A result belongs to the caller, down to its buffers: an engine that keeps data gives out a copy.
 */
export interface Engine {
  /** Fetches, checks and opens a pack; replaces the pack loaded before, and forgets its scenes. */
  load(params: LoadParams, options?: CallOptions<LoadProgress>): Promise<LoadReport>;
  /** Finds the regions of a photo and keeps their encoding under `imageId`. */
  detect(params: DetectParams, options?: CallOptions<DetectProgress>): Promise<Scene>;
  /** Splits a question into tokens without running a model. */
  tokenize(params: { readonly question: string }, options?: CallOptions): Promise<TokenizedQuestion>;
  /** Answers a question about a photo that `detect` has seen. */
  ask(params: AskParams, options?: CallOptions): Promise<Prediction>;
  /** Judges whether a sentence is of a photo that `detect` has seen; needs the pack's `matching` head. */
  match(params: MatchParams, options?: CallOptions): Promise<Match>;
  /** Judges a statement about two photos that `detect` has seen; needs the pack's `twoPhotos` head. */
  compare(params: CompareParams, options?: CallOptions): Promise<Comparison>;
  /** Fills each [MASK] of a sentence by what the photo shows; needs the pack's `maskedWords` head. */
  fillIn(params: FillInParams, options?: CallOptions): Promise<FilledText>;
  /** Guesses what hidden regions of a photo show; needs the pack's `maskedObjects` head. */
  guessRegions(params: GuessRegionsParams, options?: CallOptions): Promise<RegionGuesses>;
  /** Says what an answer is owed to; `relevance` needs the pack's gradients. */
  explain(params: ExplainParams, options?: CallOptions<ExplainProgress>): Promise<Explanation>;
  /** Gives out what all heads compute on the way to an answer, step by step; needs the pack's gradients. */
  inspectHeads(params: InspectHeadsParams, options?: CallOptions): Promise<HeadInspection>;
  /** Measures which explanations of an answer are true, by taking regions away in their order. */
  measureFaithfulness(
    params: FaithfulnessParams,
    options?: CallOptions<FaithfulnessProgress>,
  ): Promise<Faithfulness>;
  /** Searches for the smallest change that gives another answer. */
  findFlip(params: FlipParams, options?: CallOptions<FlipProgress>): Promise<Flip>;
  /** Draws, moves and deletes boxes of a photo that `detect` has seen; the result is a scene of its own. */
  editRegions(params: EditRegionsParams, options?: CallOptions): Promise<Scene>;
  /** Drops the encoding of a photo. */
  forget(params: { readonly imageId: ImageId }): Promise<void>;
  /** What the browser has stored of any pack. */
  inspectCache(): Promise<CacheReport>;
  /** Deletes every stored pack; a loaded one keeps working. */
  clearCache(): Promise<void>;
}

/** All of them: what wraps an engine is made from this list. */
export const ENGINE_METHODS = listMethods<Engine>({
  load: true,
  detect: true,
  tokenize: true,
  ask: true,
  match: true,
  compare: true,
  fillIn: true,
  guessRegions: true,
  explain: true,
  inspectHeads: true,
  measureFaithfulness: true,
  findFlip: true,
  editRegions: true,
  forget: true,
  inspectCache: true,
  clearCache: true,
});
