/**
 * Keeps the engine at work on what the state asks for: a waiting photo is detected, a waiting question is answered.
 * Whoever changes the state calls `proceed`; nothing here decides what a person wants.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Engine, LoadParams } from '../../core/engine.ts';
import { asVqaError, VqaError, type VqaErrorCode } from '../../core/errors.ts';
import type { ImageId, Scene } from '../../core/types.ts';
import { answerDraft } from './answer-draft.ts';
import { createLatest } from './latest.ts';
import { createStandIns } from './stand-ins.ts';
import type { Exchange, Photo, SessionState } from './state.ts';
import { addExchange, awaitModels, restorePhoto } from './transitions.ts';

/** Photos whose encoding the engine keeps; older ones are detected again when they are recalled. */
const SCENES_KEPT = 4;

/** The worker is new and empty, whether this call or an earlier one brought the old one down. */
const ENGINE_LOST: ReadonlySet<VqaErrorCode> = new Set(['worker-crashed', 'not-loaded']);

export interface EngineRun {
  /** Loads the models afresh and picks up the photo and the question that wait. */
  readonly load: () => Promise<void>;
  /** Does the next thing that the state waits for, until nothing waits. */
  readonly proceed: () => Promise<void>;
  readonly tokenizeDraft: () => Promise<void>;
  /** Answers what is being typed, where that is quick. */
  readonly answerDraft: () => Promise<void>;
  readonly stopDraft: () => void;
  readonly inspectCache: () => Promise<void>;
  readonly clearCache: () => Promise<void>;
  /** The regions of a photo that the engine still has encoded. */
  readonly encodedScene: (imageId: ImageId) => Scene | null;
  readonly isEncoded: (imageId: ImageId) => boolean;
  /** Lets `standIn` answer questions about a photo until the models are here. */
  readonly addStandIn: (imageId: ImageId, standIn: Engine) => void;
  /** The engine has lost its models: photo and question wait until they are loaded again. */
  readonly lose: (error: VqaError) => void;
  /** Gives up the download; asking for the models again goes on with it. */
  readonly stopLoad: () => void;
  readonly stopPhoto: () => void;
  readonly stopAnswer: () => void;
}

export function runEngine(
  engine: Engine,
  store: StoreApi<SessionState>,
  pack: Pick<LoadParams, 'packUrl' | 'keepsAll'>,
): EngineRun {
  const { getState, setState } = store;
  const [loading, detecting, asking, tokenizing] = [
    createLatest(),
    createLatest(),
    createLatest(),
    createLatest(),
  ];
  /** Least recently used first. */
  const encoded = new Map<ImageId, Scene>();
  let exchanges = 0;
  const nextId = () => {
    // Those before a reload have numbers, too.
    exchanges = getState().history.reduce((highest, { id }) => Math.max(highest, id), exchanges) + 1;
    return exchanges;
  };
  const standIns = createStandIns(store, asking, nextId);
  const drafting = answerDraft(engine, store, noticeLoss);
  let isRecovering = false;

  const isEncoded = (imageId: ImageId) => encoded.has(imageId);

  async function load(): Promise<void> {
    const signal = loading.start();
    startOver();
    setState({ engine: { status: 'loading', progress: null } });
    try {
      const report = await engine.load(
        { ...pack, backend: getState().backendChoice },
        {
          signal,
          onProgress: (progress) => {
            if (!signal.aborted) setState({ engine: { status: 'loading', progress } });
          },
        },
      );
      if (signal.aborted) return;
      setState({ engine: { status: 'ready', report } });
    } catch (thrown) {
      if (!signal.aborted) setState({ engine: { status: 'failed', error: asVqaError(thrown).toReport() } });
      return;
    }
    await Promise.all([proceed(), tokenizeDraft()]);
  }

  function stopLoad(): void {
    if (getState().engine.status !== 'loading') return;
    loading.stop();
    const error = new VqaError('cancelled', 'You stopped the loading of the models.').toReport();
    setState({ engine: { status: 'failed', error } });
  }

  async function proceed(): Promise<void> {
    const { engine: models, photo, answer } = getState();
    if (models.status !== 'ready') {
      if (photo.status !== 'waiting' || answer.status === 'ready') return;
      const isAnswered = answer.status === 'waiting' && (await standIns.answer(photo.photo, answer.question));
      const isIdle = getState().engine.status === 'idle';
      return isIdle && !isAnswered ? load() : undefined;
    }
    if (photo.status === 'waiting') return detect(photo.photo);
    if (photo.status === 'ready' && answer.status === 'waiting') {
      return ask(photo.photo, photo.scene, answer.question);
    }
    if (photo.status === 'ready' && answer.status === 'ready' && answer.exchange.standIn) {
      return takeOver(photo.photo, photo.scene, answer.exchange);
    }
  }

  async function detect(photo: Photo): Promise<void> {
    const signal = detecting.start();
    const { imageId, blob } = photo;
    setState({ photo: { status: 'detecting', photo, progress: null } });
    try {
      const scene = await engine.detect(
        { imageId, image: blob },
        {
          signal,
          onProgress: (progress) => {
            if (!signal.aborted) setState({ photo: { status: 'detecting', photo, progress } });
          },
        },
      );
      if (signal.aborted) return forget(imageId);
      keepEncoded(imageId, scene);
      setState({ photo: { status: 'ready', photo: asSeen(photo, scene), scene }, replaced: null });
    } catch (thrown) {
      // The worker may have been past the point of stopping.
      if (signal.aborted) return forget(imageId);
      failPhoto(photo, asVqaError(thrown));
    }
    await proceed();
  }

  async function ask(photo: Photo, scene: Scene, question: string): Promise<void> {
    const signal = asking.start();
    setState({ answer: { status: 'asking', question } });
    try {
      const prediction = await engine.ask({ imageId: photo.imageId, question }, { signal });
      if (signal.aborted) return;
      isRecovering = false;
      keepEncoded(photo.imageId, scene);
      const exchange = { id: nextId(), photo, scene, prediction };
      setState((state) => addExchange(state, exchange));
    } catch (thrown) {
      if (signal.aborted) return;
      failAnswer(photo, question, asVqaError(thrown));
      await proceed();
    }
  }

  /** The models' own answer in the place of a recorded one, which stays if they have none. */
  async function takeOver(photo: Photo, scene: Scene, { id, prediction: recorded }: Exchange): Promise<void> {
    const signal = asking.start();
    const { imageId } = photo;
    try {
      const prediction = await engine.ask({ imageId, question: recorded.question }, { signal });
      if (signal.aborted) return;
      keepEncoded(imageId, scene);
      setState((state) => ({
        ...addExchange(state, { id, photo, scene, prediction }),
        // The person may be looking at a word or a region, and both are where they were.
        focus: state.focus,
      }));
    } catch (thrown) {
      if (!signal.aborted) noticeLoss(asVqaError(thrown));
    }
  }

  async function tokenizeDraft(): Promise<void> {
    const signal = tokenizing.start();
    const { engine: models, draft, draftTokens } = getState();
    if (models.status !== 'ready' || draft.trim() === '' || draftTokens?.question === draft) return;
    try {
      const result = await engine.tokenize({ question: draft }, { signal });
      if (!signal.aborted) setState({ draftTokens: { question: draft, result } });
    } catch (thrown) {
      // What is wrong with a question is said when it is asked, not while it is typed.
      if (!signal.aborted) noticeLoss(asVqaError(thrown));
    }
  }

  async function inspectCache(): Promise<void> {
    try {
      setState({ cache: await engine.inspectCache() });
    } catch (thrown) {
      if (!noticeLoss(asVqaError(thrown))) setState({ cache: { status: 'refused' } });
    }
  }

  async function clearCache(): Promise<void> {
    try {
      await engine.clearCache();
    } catch (thrown) {
      noticeLoss(asVqaError(thrown));
    }
    await inspectCache();
  }

  function failPhoto(photo: Photo, error: VqaError): void {
    if (noticeLoss(error)) return;
    const isNoPhoto = error.code.startsWith('image-') && getState().replaced !== null;
    setState((state) =>
      isNoPhoto
        ? restorePhoto(state, error.toReport(), isEncoded)
        : { photo: { status: 'failed', photo, error: error.toReport() }, replaced: null },
    );
  }

  function failAnswer(photo: Photo, question: string, error: VqaError): void {
    if (noticeLoss(error)) return;
    if (error.code === 'image-forgotten' && !isRecovering) {
      isRecovering = true;
      encoded.delete(photo.imageId);
      setState({ photo: { status: 'waiting', photo }, answer: { status: 'waiting', question } });
      return;
    }
    isRecovering = false;
    setState({ answer: { status: 'failed', question, error: error.toReport() } });
  }

  /** True when the engine has lost its models and everything has to be loaded again. */
  function noticeLoss(error: VqaError): boolean {
    if (!ENGINE_LOST.has(error.code)) return false;
    // Several calls can fail with one crash; a load that has begun since is not their concern.
    if (getState().engine.status === 'ready') lose(error);
    return true;
  }

  function lose(error: VqaError): void {
    loading.stop();
    startOver();
    setState({ engine: { status: 'failed', error: error.toReport() } });
  }

  function startOver(): void {
    detecting.stop();
    asking.stop();
    tokenizing.stop();
    drafting.stop();
    encoded.clear();
    setState(awaitModels);
  }

  function keepEncoded(imageId: ImageId, scene: Scene): void {
    encoded.delete(imageId);
    encoded.set(imageId, scene);
    for (const oldest of [...encoded.keys()].slice(0, -SCENES_KEPT)) {
      encoded.delete(oldest);
      forget(oldest);
    }
  }

  function forget(imageId: ImageId): void {
    if (getState().engine.status !== 'ready') return;
    engine.forget({ imageId }).catch((thrown: unknown) => noticeLoss(asVqaError(thrown)));
  }

  return {
    load,
    proceed,
    tokenizeDraft,
    answerDraft: drafting.follow,
    stopDraft: drafting.stop,
    inspectCache,
    clearCache,
    encodedScene: (imageId) => encoded.get(imageId) ?? null,
    isEncoded,
    addStandIn: standIns.add,
    lose,
    stopLoad,
    stopPhoto: () => detecting.stop(),
    stopAnswer: () => asking.stop(),
  };
}

function asSeen(photo: Photo, { upright }: Scene): Photo {
  return upright ? { ...photo, blob: upright, isTurned: true } : photo;
}
