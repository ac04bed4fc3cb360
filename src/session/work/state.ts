/** What the user is doing, as one value. Never holds anything that can be computed from the rest. */
import type { DetectProgress, Engine, LoadProgress, LoadReport } from '../../core/engine.ts';
import type {
  AnswerCandidate,
  AttentionModule,
  BackendChoice,
  CacheReport,
  ErrorReport,
  ImageId,
  Prediction,
  Scene,
  TokenizedQuestion,
} from '../../core/types.ts';

/** How a photo came in; shown beside it and kept with its history. */
export type PhotoSource = 'file' | 'drop' | 'paste' | 'camera' | 'url' | 'sample';

/** A photo the person gave. The view makes and revokes object URLs for `blob`. */
export interface Photo {
  readonly imageId: ImageId;
  readonly blob: Blob;
  readonly name: string;
  readonly source: PhotoSource;
  /** Where a photo from the web was fetched. */
  readonly url?: string;
  /** `blob` is not the file as it came: that would be shown lying or mirrored. */
  readonly isTurned?: true;
}

export type EngineStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly progress: LoadProgress | null }
  | { readonly status: 'ready'; readonly report: LoadReport }
  | { readonly status: 'failed'; readonly error: ErrorReport };

/**
 * `waiting`: the photo is there and the models are not yet. `failed`: a readable photo on which the models failed.
 * A file that is no photo at all never gets here: it becomes `inputError`, and the photo before it stays.
 */
export type PhotoStatus =
  | { readonly status: 'none' }
  | { readonly status: 'fetching'; readonly url: string }
  | { readonly status: 'waiting'; readonly photo: Photo }
  | { readonly status: 'detecting'; readonly photo: Photo; readonly progress: DetectProgress | null }
  | { readonly status: 'ready'; readonly photo: Photo; readonly scene: Scene }
  | { readonly status: 'failed'; readonly photo: Photo; readonly error: ErrorReport };

/**
 * One question that was answered. It keeps the scene it was answered on, because detecting the photo again
 * (another backend, a restarted worker) may number the regions differently than its attention does.
 */
export interface Exchange {
  readonly id: number;
  readonly photo: Photo;
  readonly scene: Scene;
  readonly prediction: Prediction;
  /** Who answered in place of the models, which answer themselves as soon as they are here. */
  readonly standIn?: Engine;
}

/** `waiting`: asked before the regions were there; runs by itself as soon as they are. */
export type AnswerStatus =
  | { readonly status: 'none' }
  | { readonly status: 'waiting'; readonly question: string }
  | { readonly status: 'asking'; readonly question: string }
  | { readonly status: 'ready'; readonly exchange: Exchange }
  | { readonly status: 'failed'; readonly question: string; readonly error: ErrorReport };

/** What a photo on trial took the place of; it comes back if the new file turns out to be no photo. */
export interface ReplacedPhoto {
  readonly photo: PhotoStatus;
  readonly answer: AnswerStatus;
}

/** The tokens of `question`; the draft may be a few keystrokes ahead of it. */
export interface TokenizedDraft {
  readonly question: string;
  readonly result: TokenizedQuestion;
}

/** The best answer to `question` as it stands, before it is asked. */
export interface DraftAnswer {
  readonly question: string;
  readonly best: AnswerCandidate;
}

/** Which slice of the attention is on screen. `layer: 'last'` needs no pack; `head: 'mean'` averages the heads. */
export interface AttentionView {
  readonly module: AttentionModule;
  readonly layer: number | 'last';
  readonly head: number | 'mean';
}

/** What the person points at: a token's index, a region's index, or nothing. A locked focus outlives the hover. */
export type Focus =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly index: number; readonly locked: boolean }
  | { readonly kind: 'region'; readonly index: number; readonly locked: boolean };

export interface SessionState {
  readonly engine: EngineStatus;
  /** The engine's thread owes an answer and has said nothing for long. */
  readonly isSilent: boolean;
  readonly backendChoice: BackendChoice;
  readonly photo: PhotoStatus;
  /** Null once the photo on screen has proved readable. */
  readonly replaced: ReplacedPhoto | null;
  /** Why the last attempt to bring in a photo failed; the photo on screen is untouched. */
  readonly inputError: ErrorReport | null;
  /** The text in the question box. */
  readonly draft: string;
  readonly draftTokens: TokenizedDraft | null;
  /** What the text in the box would be answered; never part of the history. */
  readonly draftAnswer: DraftAnswer | null;
  /** How long the latest draft took to answer; null until one was. */
  readonly draftMs: number | null;
  readonly answer: AnswerStatus;
  /** Newest first, over all photos of this visit; a question asked again replaces its older answer. */
  readonly history: readonly Exchange[];
  readonly attentionView: AttentionView;
  readonly focus: Focus;
  readonly cache: CacheReport | null;
}

/** What of a visit outlives a reload of the page. */
export interface Visit {
  /** Null when none is to be shown again. */
  readonly photo: Photo | null;
  /** The exchange on screen, which is of `photo`. */
  readonly shown: Exchange | null;
  /** Asked of `photo`, and asked again when `shown` is null. */
  readonly question: string | null;
  readonly draft: string;
  readonly history: readonly Exchange[];
}

/** Everything a person can do. None of these rejects: failures become part of the state. */
export interface SessionActions {
  /** Loads the models once; after a failure or a crash, loads them again and picks up the photo and question. */
  readonly load: () => Promise<void>;
  /** Ends a loading that takes too long; what has arrived is kept. */
  readonly stopLoading: () => void;
  /** Ends the thread that the models run in, whatever it does; photo, question and history stay. */
  readonly stopWorker: () => void;
  readonly chooseBackend: (choice: BackendChoice) => Promise<void>;
  /** Takes a photo that is already on this machine and starts detection. */
  readonly openPhoto: (blob: Blob, name: string, source: PhotoSource) => Promise<void>;
  /**
   * Takes a photo with a question that `standIn` answers until the models are here; loads no models by itself
   * unless `standIn` has no answer.
   */
  readonly openRecorded: (blob: Blob, name: string, standIn: Engine, question: string) => Promise<void>;
  /** Fetches a photo from the web, where the other side allows it. */
  readonly openUrl: (url: string) => Promise<void>;
  /** Ends the fetching of a photo, or a look that takes too long; asking, or opening the photo again, begins another. */
  readonly stopLooking: () => void;
  /** Reports a failure of the camera or the clipboard; the present photo stays. */
  readonly reportInputError: (error: ErrorReport) => void;
  readonly dismissError: () => void;
  readonly setDraft: (text: string) => void;
  readonly ask: (question: string) => Promise<void>;
  /** Shows an earlier photo again, without a question. */
  readonly showPhoto: (photo: Photo) => Promise<void>;
  /** Shows an earlier exchange again, with its photo. */
  readonly recall: (exchangeId: number) => Promise<void>;
  readonly clearHistory: () => void;
  /** Goes on with a visit that a reload has interrupted: at the beginning, before anything else. */
  readonly resume: (visit: Visit) => Promise<void>;
  /** Another module starts at its last layer unless `view` names one. */
  readonly showAttention: (view: Partial<AttentionView>) => void;
  /** While a focus is locked, unlocked ones (hover, `none`) change nothing; locking the same one again releases it. */
  readonly focusOn: (focus: Focus) => void;
  /** Back to no focus, locked or not (Escape). */
  readonly releaseFocus: () => void;
  readonly inspectCache: () => Promise<void>;
  readonly clearCache: () => Promise<void>;
}

/** One person's work with one engine: a store to watch and the things that can be done. */
export interface Session extends SessionActions {
  readonly getState: () => SessionState;
  /** Calls `listener` after every change, until the returned function is called. */
  readonly subscribe: (listener: (state: SessionState, previous: SessionState) => void) => () => void;
}
