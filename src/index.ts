/** The SDK: photos and questions in, answers with their attention out, all in a worker of this page. */
import type { DetectProgress, LoadProgress, LoadReport } from './core/engine.ts';
import type { BackendChoice, FilledText, Prediction, Scene } from './core/types.ts';
import { connect } from './worker/connect.ts';
import { spawnWorker } from './worker/spawn.ts';

export { doubtSentence } from './core/doubt-sentence.ts';
export { VqaError, type VqaErrorCode } from './core/errors.ts';
export type { DetectProgress, LoadProgress, LoadReport } from './core/engine.ts';
export type * from './core/explanation.ts';
export type { ModelCard } from './core/model-card.ts';
export type { ModelPack } from './core/pack.ts';
export type { Tensor } from './core/tensor.ts';
export type * from './core/types.ts';

export interface LoadVqaOptions {
  /** The folder of a model pack, absolute or relative to the page. */
  readonly pack: string;
  /** `auto`, the default, takes WebGPU where it passes the pack's self-test. */
  readonly backend?: BackendChoice;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface Vqa {
  /** The pack, the backend that runs and why. */
  readonly report: LoadReport;
  /** Finds the regions of a photo; its questions need no further look at it. */
  detect(image: Blob, options?: DetectOptions): Promise<DetectedPhoto>;
  /** The probability, 0..1, that a statement is true of two photos; `left` and `right` are what it calls them. */
  compare(
    left: DetectedPhoto,
    right: DetectedPhoto,
    statement: string,
    options?: CallSettings,
  ): Promise<number>;
  /** Ends the worker; what is unfinished rejects as cancelled. */
  close(): void;
}

export interface DetectOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DetectProgress) => void;
}

export interface CallSettings {
  readonly signal?: AbortSignal;
}

export interface DetectedPhoto extends Scene {
  ask(question: string, options?: CallSettings): Promise<Prediction>;
  /** The probability, 0..1, that a sentence is of this photo. */
  matches(sentence: string, options?: CallSettings): Promise<number>;
  /** Words for every [MASK] of a sentence about this photo. */
  fillIn(sentence: string, options?: CallSettings): Promise<FilledText>;
  /** Gives back the memory that the photo takes in the worker. */
  forget(): Promise<void>;
}

/**
 * Starts a worker and loads a model pack into it. Every promise rejects with a `VqaError`.
 * @example
 * const vqa = await loadVqa({ pack: '/packs/everyday/' });
 * const photo = await vqa.detect(file);
 * const { answers } = await photo.ask('What is on the table?');
 */
export async function loadVqa({ pack, backend = 'auto', ...options }: LoadVqaOptions): Promise<Vqa> {
  const engine = connect(spawnWorker);
  const packUrl = new URL(pack.endsWith('/') ? pack : `${pack}/`, document.baseURI).href;
  let photos = 0;
  try {
    const report = await engine.load({ packUrl, backend }, options);
    return {
      report,
      async detect(image, detectOptions) {
        photos += 1;
        const imageId = String(photos);
        const scene = await engine.detect({ imageId, image }, detectOptions);
        return {
          ...scene,
          ask: (question, askOptions) => engine.ask({ imageId, question }, askOptions),
          async matches(text, matchOptions) {
            return (await engine.match({ imageId, text }, matchOptions)).score;
          },
          fillIn: (text, fillOptions) => engine.fillIn({ imageId, text }, fillOptions),
          forget: () => engine.forget({ imageId }),
        };
      },
      async compare(left, right, statement, compareOptions) {
        const params = { left: left.imageId, right: right.imageId, statement };
        return (await engine.compare(params, compareOptions)).score;
      },
      close: () => engine.disconnect(),
    };
  } catch (thrown) {
    engine.disconnect();
    throw thrown;
  }
}
