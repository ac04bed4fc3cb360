/** An `Engine` in memory, for tests of whatever stands on one: nothing is computed, and the test decides when. */
import type { CallOptions, Engine } from '../engine.ts';
import {
  fakeFilledText,
  fakeGuesses,
  fakeLoadReport,
  fakePrediction,
  fakeReading,
  fakeScene,
  fakeTokens,
} from './engine-fake-results.ts';
import { VqaError } from '../errors.ts';
import { fakeEditedScene, fakeExplanation, fakeFaithfulness, fakeFlip } from './explanation-fake.ts';
import { fakeInspection } from './inspection-fake.ts';
import type { AnswerCandidate, ImageId, Prediction } from '../types.ts';

export type EngineMethod = keyof Engine;

/** One call that has begun. */
export interface FakeCall {
  readonly method: EngineMethod;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
}

export interface FakeEngine extends Engine {
  /** Every call that has begun, oldest first. */
  readonly calls: readonly FakeCall[];
  /** Photos that are encoded at present, with the file that was detected. */
  readonly encoded: ReadonlyMap<ImageId, Blob>;
  /** Lets no call of `method` finish before `release` is called. */
  hold(method: EngineMethod): void;
  release(method: EngineMethod): void;
  /** Makes the next call of `method` fail. */
  failNext(method: EngineMethod, thrown: unknown): void;
  /** Calls that are aborted go on and succeed late, as those of a real engine may. */
  ignoreAborts(): void;
  /** What a worker that was started afresh knows: no models, no photos. */
  loseModels(): void;
}

export function createFakeEngine(): FakeEngine {
  const calls: FakeCall[] = [];
  const encoded = new Map<ImageId, Blob>();
  /** Aborted to let the held calls of a method go on. */
  const gates = new Map<EngineMethod, AbortController>();
  const failures = new Map<EngineMethod, unknown>();
  let isLoaded = false;
  let ignoresAborts = false;

  async function begin(method: EngineMethod, params: unknown, options: CallOptions = {}): Promise<void> {
    calls.push({ method, params, signal: options.signal });
    const signal = ignoresAborts ? undefined : options.signal;
    const gate = gates.get(method);
    if (gate) await Promise.race([whenAborted(gate.signal), whenAborted(signal)]);
    if (signal?.aborted) throw new VqaError('cancelled', 'The fake was cancelled.');
    if (failures.has(method)) {
      const thrown = failures.get(method);
      failures.delete(method);
      throw thrown;
    }
  }

  function needModels(): void {
    if (!isLoaded) throw new VqaError('not-loaded', 'The fake has no models.');
  }

  function needPhotos(...imageIds: readonly ImageId[]): void {
    needModels();
    if (!imageIds.every((imageId) => encoded.has(imageId))) {
      throw new VqaError('image-forgotten', 'The fake forgot the photo.');
    }
  }

  return {
    calls,
    encoded,
    async load(params, options) {
      options?.onProgress?.({ stage: 'download', loadedBytes: 5, totalBytes: 10, cachedBytes: 0 });
      await begin('load', params, options);
      options?.onProgress?.({ stage: 'open' });
      isLoaded = true;
      encoded.clear();
      return fakeLoadReport(params.backend);
    },
    async detect(params, options) {
      options?.onProgress?.({ stage: 'read' });
      await begin('detect', params, options);
      needModels();
      encoded.set(params.imageId, params.image);
      return fakeScene(params.imageId);
    },
    async tokenize(params, options) {
      await begin('tokenize', params, options);
      needModels();
      return fakeTokens(params.question);
    },
    async ask(params, options) {
      await begin('ask', params, options);
      needPhotos(params.imageId);
      const prediction = fakePrediction(params.imageId, params.question);
      return params.follow ? { ...prediction, followed: follow(prediction, params.follow) } : prediction;
    },
    async match(params, options) {
      await begin('match', params, options);
      needPhotos(params.imageId);
      const { imageId, text } = params;
      return { imageId, text, score: 0.75, ...fakeReading(imageId, text) };
    },
    async compare(params, options) {
      await begin('compare', params, options);
      needPhotos(params.left, params.right);
      const { left, right, statement } = params;
      const { attention, ...read } = fakeReading(left, statement);
      return {
        left,
        right,
        statement,
        score: 0.25,
        ...read,
        attention: { left: attention, right: attention },
      };
    },
    async fillIn(params, options) {
      await begin('fillIn', params, options);
      needPhotos(params.imageId);
      return fakeFilledText(params.imageId, params.text, params.follow);
    },
    async guessRegions(params, options) {
      await begin('guessRegions', params, options);
      needPhotos(params.imageId);
      return fakeGuesses(params);
    },
    async explain(params, options) {
      const explanation = fakeExplanation(params);
      const { standardErrors } = explanation;
      options?.onProgress?.({ stage: 'run', done: 1, total: 2, evidence: explanation, standardErrors });
      await begin('explain', params, options);
      needPhotos(params.imageId);
      return explanation;
    },
    async inspectHeads(params, options) {
      await begin('inspectHeads', params, options);
      needPhotos(params.imageId);
      return fakeInspection(params);
    },
    async measureFaithfulness(params, options) {
      const faithfulness = fakeFaithfulness(params);
      options?.onProgress?.({
        stage: 'measure',
        done: 20,
        total: 40,
        curves: faithfulness.curves.slice(0, 2),
      });
      await begin('measureFaithfulness', params, options);
      needPhotos(params.imageId);
      return faithfulness;
    },
    async findFlip(params, options) {
      const flip = fakeFlip(params);
      options?.onProgress?.({ stage: 'search', runs: 4, steps: flip.steps.slice(0, 1) });
      await begin('findFlip', params, options);
      needPhotos(params.imageId);
      return flip;
    },
    async editRegions(params, options) {
      await begin('editRegions', params, options);
      needPhotos(params.imageId);
      encoded.set(params.editedId, encoded.get(params.imageId) ?? new Blob());
      return fakeEditedScene(params);
    },
    async forget(params) {
      await begin('forget', params);
      encoded.delete(params.imageId);
    },
    async inspectCache() {
      await begin('inspectCache', undefined);
      return { status: 'available', packs: [], quotaBytes: null };
    },
    async clearCache() {
      await begin('clearCache', undefined);
    },
    hold(method) {
      gates.set(method, new AbortController());
    },
    release(method) {
      gates.get(method)?.abort();
      gates.delete(method);
    },
    failNext(method, thrown) {
      failures.set(method, thrown);
    },
    ignoreAborts() {
      ignoresAborts = true;
    },
    loseModels() {
      isLoaded = false;
      encoded.clear();
    },
  };
}

function follow({ answers }: Prediction, wanted: readonly string[]): readonly AnswerCandidate[] {
  return wanted.map((answer) => answers.find((found) => found.answer === answer) ?? { answer, score: 0 });
}

/** Never resolves without a signal. */
function whenAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
