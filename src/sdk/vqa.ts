/** Photos and questions over any engine: what the browser's entry and Node's give to a program. */
import type {
  AskParams,
  CompareParams,
  DetectProgress,
  Engine,
  FillInParams,
  GuessRegionsParams,
  LoadProgress,
  LoadReport,
  MatchParams,
} from '../core/engine.ts';
import type {
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
} from '../core/explanation.ts';
import type { HeadInspection, InspectHeadsParams } from '../core/head-inspection.ts';
import type {
  BackendChoice,
  Comparison,
  FilledText,
  Match,
  Prediction,
  RegionGuesses,
  Scene,
} from '../core/types.ts';

/** Below the page, and in Node below the working folder; the models are not part of the package. */
export const DEFAULT_PACK = 'packs/everyday/';

export interface CallSettings<Progress = never> {
  /** Cancels the call, which rejects with code `cancelled`; the models stay loaded. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface LoadVqaOptions extends CallSettings<LoadProgress> {
  /** The folder of a model pack, absolute or relative to the page; `packs/everyday/` unless told otherwise. */
  readonly pack?: string;
  /** `auto`, the default, takes WebGPU where it passes the pack's self-test. */
  readonly backend?: BackendChoice;
  /**
   * Where the file `worker.js` of the package lies, absolute or relative to the page, if the bundler does not copy it
   * by itself; the runtime's files are then looked for beside it. Not used in Node.
   */
  readonly worker?: string | URL;
  /** The folder of the package's `ort-*` files, absolute or relative to the page, if they lie elsewhere. Not used in Node. */
  readonly runtime?: string | URL;
  /**
   * In Node, the folder in which packs from the web are kept, or false for none; `in-page-vqa` in the folder of caches
   * (`XDG_CACHE_HOME`, `~/.cache`) unless told otherwise. A page keeps them in the browser's storage.
   */
  readonly cache?: string | false;
}

/** What `ask` can be told besides the question. */
export type AskSettings = CallSettings & Omit<AskParams, 'imageId' | 'question'>;

type Settings<Params, Progress> = CallSettings<Progress> & Partial<Omit<Params, 'imageId' | 'question'>>;

export interface Vqa {
  /** The pack, the backend that runs and why. */
  readonly report: LoadReport;
  /** Finds the regions of a photo; its questions need no further look at it. */
  detect(image: Blob, options?: CallSettings<DetectProgress>): Promise<DetectedPhoto>;
  /** Whether a statement is true of two photos; `left` and `right` are what it calls them. */
  compare(
    left: DetectedPhoto,
    right: DetectedPhoto,
    statement: string,
    options?: CallSettings & Pick<CompareParams, 'changes'>,
  ): Promise<Comparison>;
  /** Gives the models back; what is unfinished rejects as cancelled. */
  close(): void;
}

export interface DetectedPhoto extends Scene {
  /** The answers, and the attention of every module, layer and head. */
  ask(question: string, options?: AskSettings): Promise<Prediction>;
  /** Why an answer: the pack's most faithful method, and the best answer, unless told otherwise. */
  explain(question: string, options?: Settings<ExplainParams, ExplainProgress>): Promise<Explanation>;
  /** What all heads compute on the way to an answer: scores, values and gradients, beside the attention of `ask`. */
  inspectHeads(question: string, options?: Settings<InspectHeadsParams, never>): Promise<HeadInspection>;
  /** How true each explanation is, measured by taking away what it names. */
  measureFaithfulness(
    question: string,
    options?: Settings<FaithfulnessParams, FaithfulnessProgress>,
  ): Promise<Faithfulness>;
  /** The smallest change that gives another answer. */
  findFlip(question: string, options?: Settings<FlipParams, FlipProgress>): Promise<Flip>;
  /** The photo with other regions: an index keeps that region, a box is looked at anew. */
  withRegions(regions: EditRegionsParams['regions'], options?: CallSettings): Promise<DetectedPhoto>;
  /** Whether a sentence is of this photo. */
  match(sentence: string, options?: CallSettings & Pick<MatchParams, 'change'>): Promise<Match>;
  /** Words for every [MASK] of a sentence about this photo. */
  fillIn(
    sentence: string,
    options?: CallSettings & Pick<FillInParams, 'change' | 'follow'>,
  ): Promise<FilledText>;
  /** What some of its regions show, guessed from the rest of the photo and a sentence. */
  guessRegions(
    regions: readonly number[],
    options?: CallSettings & Pick<GuessRegionsParams, 'text' | 'alsoHidden' | 'follow'>,
  ): Promise<RegionGuesses>;
  /** Gives back the memory that the photo takes. */
  forget(): Promise<void>;
}

/** `engine` has loaded what `report` says. */
export function createVqa(engine: Engine, report: LoadReport, close: () => void): Vqa {
  let photos = 0;
  const nextId = () => {
    photos += 1;
    return String(photos);
  };

  function photoOf(scene: Scene): DetectedPhoto {
    const { imageId } = scene;
    return {
      ...scene,
      ask: (question, { signal, ...settings } = {}) =>
        engine.ask({ imageId, question, ...settings }, callOptions({ signal })),
      explain: (
        question,
        { signal, onProgress, method = report.abilities.defaultMethod, ...settings } = {},
      ) => engine.explain({ imageId, question, method, ...settings }, callOptions({ signal, onProgress })),
      inspectHeads: (question, { signal, ...settings } = {}) =>
        engine.inspectHeads({ imageId, question, ...settings }, callOptions({ signal })),
      measureFaithfulness: (question, { signal, onProgress, ...settings } = {}) =>
        engine.measureFaithfulness({ imageId, question, ...settings }, callOptions({ signal, onProgress })),
      findFlip: (question, { signal, onProgress, ...settings } = {}) =>
        engine.findFlip({ imageId, question, ...settings }, callOptions({ signal, onProgress })),
      async withRegions(regions, options) {
        return photoOf(await engine.editRegions({ imageId, editedId: nextId(), regions }, options));
      },
      match: (text, { signal, ...settings } = {}) =>
        engine.match({ imageId, text, ...settings }, callOptions({ signal })),
      fillIn: (text, { signal, ...settings } = {}) =>
        engine.fillIn({ imageId, text, ...settings }, callOptions({ signal })),
      guessRegions: (regions, { signal, ...settings } = {}) =>
        engine.guessRegions({ imageId, regions, ...settings }, callOptions({ signal })),
      forget: () => engine.forget({ imageId }),
    };
  }

  return {
    report,
    async detect(image, options) {
      return photoOf(await engine.detect({ imageId: nextId(), image }, options));
    },
    compare: (left, right, statement, { signal, ...settings } = {}) =>
      engine.compare(
        { left: left.imageId, right: right.imageId, statement, ...settings },
        callOptions({ signal }),
      ),
    close,
  };
}

interface Given<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Without the settings that were left out. */
function callOptions<Progress = never>({ signal, onProgress }: Given<Progress>): CallSettings<Progress> {
  return { ...(signal && { signal }), ...(onProgress && { onProgress }) };
}
