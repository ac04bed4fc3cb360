/** What a person asks of an answer: why, how true that is, what would change it, whether it looked at all. */
import type {
  Abilities,
  Change,
  ExplainProgress,
  Explanation,
  ExplanationMethod,
  Faithfulness,
  FaithfulnessProgress,
  Flip,
  FlipProgress,
  HeadPlace,
  Removal,
  Scope,
} from '../../core/explanation.ts';
import type { HeadInspection } from '../../core/head-inspection.ts';
import type { LookingTest } from '../../explain/looking.ts';
import type { PictureMode } from '../../core/picture.ts';
import type { BoundingBox, ErrorReport, Prediction, Scene } from '../../core/types.ts';
import type { Exchange } from '../work/state.ts';

/** What the person does with the answer. */
export type Tool = 'why' | 'attention' | 'edits' | 'flow' | 'export';

/** What lies over the photo. */
export type PhotoLayer = 'regions' | 'why' | 'attention' | 'photo';

/** A piece of work that was asked for, or not yet. */
export type Work<Progress, Result> =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly progress: Progress | null }
  | { readonly status: 'done'; readonly result: Result }
  | { readonly status: 'failed'; readonly error: ErrorReport };

/** Which explanation is on screen. Null means what the engine says: its default method, its best answer. */
export interface Inquiry {
  readonly method: ExplanationMethod | null;
  readonly answer: string | null;
  /** Why `answer` rather than this one. */
  readonly against: string | null;
  readonly removal: Removal;
}

/** Everything that is changed about one run. Indices count in `regions`, or in the scene where that is null. */
export interface Edits {
  /** Null: the question as it was asked. Hidden words are words of this one. */
  readonly question: string | null;
  /** In order: an index keeps that region of the scene, a box is a new one. Null: the regions as they were found. */
  readonly regions: readonly (number | BoundingBox)[] | null;
  readonly hiddenRegions: readonly number[];
  readonly hiddenTokens: readonly number[];
  readonly closedHeads: readonly HeadPlace[];
  readonly removal: Removal;
}

/** What a changed run answered. */
export interface Outcome {
  readonly edits: Edits;
  readonly scene: Scene;
  /** Follows the first answer of the unchanged run. */
  readonly prediction: Prediction;
}

export interface LabState {
  /** What all of this is about; with another exchange everything but tool and method starts afresh. */
  readonly exchange: Exchange | null;
  /** What a recording that answered can explain; null while the models answer, or when it explains nothing. */
  readonly recorded: Abilities | null;
  readonly tool: Tool;
  /** Null: the layer that belongs to the tool. */
  readonly layer: PhotoLayer | null;
  /** How weights are laid over the photo; kept from answer to answer. */
  readonly picture: PictureMode;
  readonly inquiry: Inquiry;
  /** The method whose map stands beside that of the inquiry; kept from answer to answer. */
  readonly beside: ExplanationMethod | null;
  /** By `inquiryKey`; those of this exchange that were asked for. */
  readonly explanations: ReadonlyMap<string, Work<ExplainProgress, Explanation>>;
  /** What the heads compute. The progress is what was known of them before, when it was for another answer. */
  readonly inspection: Work<HeadInspection, HeadInspection>;
  /** What the truth meter takes away. */
  readonly scope: Scope;
  /** What was measured of the answer of the inquiry. */
  readonly meters: ReadonlyMap<Scope, Work<FaithfulnessProgress, Faithfulness>>;
  /** How many of the trials are done. */
  readonly looking: Work<number, LookingTest>;
  readonly edits: Edits;
  /** Earlier edits, latest first. */
  readonly past: readonly Edits[];
  /** The progress is the outcome before: its bars stay until the new ones are there. */
  readonly outcome: Work<Outcome, Outcome>;
  readonly flip: Work<FlipProgress, Flip>;
}

/** None of these rejects: failures become part of the state. */
export interface LabActions {
  /** Takes up another tool, with its layer. */
  readonly take: (tool: Tool) => void;
  readonly showLayer: (layer: PhotoLayer) => void;
  readonly choosePicture: (picture: PictureMode) => void;
  /** Shows another explanation, and runs it where it has not run yet. */
  readonly inquire: (change: Partial<Inquiry>) => Promise<void>;
  /** Explains the same answer by another method, too; null for by none. */
  readonly compareWith: (method: ExplanationMethod | null) => Promise<void>;
  /** Works out gradients for the answer of the inquiry, and leaves the explanation on screen as it is. */
  readonly workOutGradients: () => Promise<void>;
  /** Asks what the heads compute, for the answer of the inquiry; does nothing where that is known or on its way. */
  readonly inspectHeads: () => Promise<void>;
  /** Chooses what the truth meter takes away; nothing is measured by that. */
  readonly chooseScope: (scope: Scope) => void;
  /** Runs the truth meter on the answer of the inquiry. */
  readonly measure: () => Promise<void>;
  /** @param otherPhoto fetches a photo that has nothing to do with the question; null when there is none */
  readonly lookOrGuess: (otherPhoto: () => Promise<Blob | null>) => Promise<void>;
  /** Changes the run and asks again; the answer follows at once. */
  readonly edit: (edits: Partial<Edits>) => Promise<void>;
  readonly undo: () => Promise<void>;
  /** Back to the run as it was; can itself be undone. */
  readonly restore: () => Promise<void>;
  readonly findFlip: (among: readonly ('region' | 'token' | 'head')[]) => Promise<void>;
  /** Takes over the change that `findFlip` found. */
  readonly applyFlip: (change: Change) => Promise<void>;
  readonly stop: () => void;
}

export interface Lab extends LabActions {
  readonly getState: () => LabState;
  readonly subscribe: (listener: (state: LabState, previous: LabState) => void) => () => void;
}
