/** One person's work with one engine: the store and everything that can be done to it. */
import { createStore } from 'zustand/vanilla';
import type { Engine, EngineWatch } from '../../core/engine.ts';
import { asVqaError, VqaError } from '../../core/errors.ts';
import type { BackendChoice } from '../../core/types.ts';
import { fetchPhoto } from './fetch-photo.ts';
import { createLatest } from './latest.ts';
import { takeBytes } from './take-bytes.ts';
import { runEngine } from './run-engine.ts';
import { selectPhoto } from './selectors.ts';
import type { Photo, Session, SessionState } from './state.ts';
import {
  initialState,
  moveAttention,
  moveFocus,
  replacePhoto,
  restorePhoto,
  resumeVisit,
  showExchange,
} from './transitions.ts';

export interface SessionOptions {
  /** Absolute URL of the pack's folder, ending in `/`. */
  readonly packUrl: string;
  readonly keepsAll?: boolean;
  readonly backendChoice?: BackendChoice;
  /** Fetches photos by URL; the page's `fetch` unless a test says otherwise. */
  readonly fetchImage?: typeof fetch;
  /** The engine's thread, where it has one of its own. */
  readonly worker?: EngineWatch;
  /** Names photos; must be unique among all sessions that share the engine. */
  readonly newId?: () => string;
}

export function createSession(engine: Engine, options: SessionOptions): Session {
  const {
    packUrl,
    keepsAll,
    backendChoice = 'auto',
    fetchImage = globalThis.fetch.bind(globalThis),
  } = options;
  const newId = options.newId ?? countedIds();
  const store = createStore<SessionState>()(() => initialState(backendChoice));
  const { getState, setState } = store;
  const run = runEngine(engine, store, { packUrl, keepsAll });
  const { worker } = options;
  worker?.onSilence((isSilent) => setState({ isSilent }));
  const [fetching, taking] = [createLatest(), createLatest()];

  function takePhoto(given: Omit<Photo, 'imageId'>): Promise<void> {
    const photo = { imageId: newId(), ...given };
    setState((state) => replacePhoto(state, { status: 'waiting', photo }));
    return run.proceed();
  }

  function stopWork(): void {
    fetching.stop();
    taking.stop();
    run.stopPhoto();
    run.stopAnswer();
    run.stopDraft();
  }

  return {
    getState,
    subscribe: store.subscribe,

    async load() {
      const { status } = getState().engine;
      if (status === 'idle' || status === 'failed') await run.load();
    },

    async chooseBackend(choice) {
      const { backendChoice: present, engine: models } = getState();
      setState({ backendChoice: choice });
      if (models.status === 'idle' || (choice === present && models.status !== 'failed')) return;
      await run.load();
    },

    async openPhoto(given, name, source) {
      const signal = taking.start();
      let blob = given;
      try {
        if (given instanceof File) blob = await takeBytes(given);
      } catch (thrown) {
        if (!signal.aborted) setState({ inputError: asVqaError(thrown).toReport() });
        return;
      }
      if (signal.aborted) return;
      stopWork();
      await takePhoto({ blob, name, source });
    },

    async openRecorded(blob, name, standIn, question) {
      stopWork();
      const photo: Photo = { imageId: newId(), blob, name, source: 'sample' };
      run.addStandIn(photo.imageId, standIn);
      setState((state) => ({
        ...replacePhoto(state, { status: 'waiting', photo }),
        draft: question,
        answer: { status: 'waiting', question },
      }));
      await Promise.all([run.proceed(), run.tokenizeDraft()]);
    },

    async openUrl(url) {
      stopWork();
      const signal = fetching.start();
      setState((state) => replacePhoto(state, { status: 'fetching', url }));
      try {
        const { blob, name } = await fetchPhoto(url, { fetchImage, signal });
        if (signal.aborted) return;
        // An address that holds the photo itself, or one of this page's memory, says nothing to anyone else.
        const isOwn = /^\s*(?:data|blob):/iu.test(url);
        await takePhoto({ blob, name, ...(isOwn ? { source: 'paste' } : { source: 'url', url }) });
      } catch (thrown) {
        if (signal.aborted) return;
        const error = asVqaError(thrown, 'image-url-failed').toReport();
        setState((state) => restorePhoto(state, error, run.isEncoded));
        await run.proceed();
      }
    },

    stopLoading: run.stopLoad,
    stopWorker() {
      worker?.stop();
      run.lose(new VqaError('worker-crashed', 'You stopped the worker that runs the models.'));
    },

    stopLooking() {
      const { photo } = getState();
      if (photo.status === 'fetching') {
        fetching.stop();
        const error = new VqaError('cancelled', 'You stopped the fetching of the photo.').toReport();
        setState((state) => restorePhoto(state, error, run.isEncoded));
        void run.proceed();
      }
      if (photo.status !== 'detecting') return;
      run.stopPhoto();
      const error = new VqaError('cancelled', 'You stopped the look at this photo.').toReport();
      setState({ photo: { status: 'failed', photo: photo.photo, error }, replaced: null });
    },

    reportInputError: (error) => setState({ inputError: error }),
    dismissError: () => setState({ inputError: null }),

    setDraft(text) {
      setState({ draft: text });
      void run.tokenizeDraft();
      void run.answerDraft();
    },

    async ask(question) {
      run.stopAnswer();
      run.stopDraft();
      const { photo } = getState();
      const error = new VqaError('question-empty', 'There is no question yet.').toReport();
      setState({
        draft: question,
        inputError: null,
        focus: { kind: 'none' },
        answer:
          question.trim() === '' ? { status: 'failed', question, error } : { status: 'waiting', question },
        // Asking is also how one tries again with a photo on which the models failed.
        ...(photo.status === 'failed' && { photo: { status: 'waiting', photo: photo.photo } }),
      });
      await Promise.all([run.proceed(), run.tokenizeDraft()]);
    },

    async showPhoto(photo) {
      if (selectPhoto(getState())?.imageId === photo.imageId) return;
      stopWork();
      const scene = run.encodedScene(photo.imageId);
      setState((state) => ({
        ...replacePhoto(state, scene ? { status: 'ready', photo, scene } : { status: 'waiting', photo }),
        replaced: null,
      }));
      await run.proceed();
    },

    async recall(exchangeId) {
      const exchange = getState().history.find(({ id }) => id === exchangeId);
      if (!exchange) return;
      const { photo } = exchange;
      run.stopAnswer();
      run.stopDraft();
      if (selectPhoto(getState())?.imageId === photo.imageId) {
        setState(showExchange(exchange, null));
      } else {
        stopWork();
        const scene = run.encodedScene(photo.imageId);
        setState(
          showExchange(exchange, scene ? { status: 'ready', photo, scene } : { status: 'waiting', photo }),
        );
      }
      await Promise.all([run.proceed(), run.tokenizeDraft()]);
    },

    clearHistory: () => setState({ history: [] }),

    async resume(visit) {
      setState((state) => resumeVisit(state, visit));
      await Promise.all([run.proceed(), run.tokenizeDraft()]);
    },

    showAttention: (view) => setState((state) => moveAttention(state, view)),
    focusOn: (focus) => setState((state) => moveFocus(state, focus)),
    releaseFocus: () => setState({ focus: { kind: 'none' } }),
    inspectCache: run.inspectCache,
    clearCache: run.clearCache,
  };
}

/** Ids that no other session makes either; `crypto.randomUUID` is missing on pages without HTTPS. */
function countedIds(): () => string {
  const prefix = Math.random().toString(36).slice(2);
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${count}`;
  };
}
