/** The store of packs that are made here: what can be made, what was made, and what is at work. */
import { createStore } from 'zustand/vanilla';
import { asVqaError } from '../../core/errors.ts';
import type {
  MadePack,
  MakeParams,
  MakeProgress,
  PackMaker,
  PackShelf,
  PublishedPack,
} from '../../core/published.ts';
import type { ErrorReport } from '../../core/types.ts';
import type { Work } from '../inquiry/lab-state.ts';

export interface PackBenchState {
  readonly published: Work<never, readonly PublishedPack[]>;
  /** Null until it was looked up. */
  readonly shelf: PackShelf | null;
  readonly making: Work<MakeProgress, MadePack>;
  /** Why the last look at the shelf, or a deletion, failed. */
  readonly shelfError: ErrorReport | null;
}

/** None of these rejects: failures become part of the state. */
export interface PackBench {
  readonly getState: () => PackBenchState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Looks up what can be made and what was made. */
  readonly open: () => Promise<void>;
  readonly inspect: () => Promise<void>;
  /** As `inspect`, where there is anything to see; costs next to nothing otherwise. */
  readonly glance: () => Promise<void>;
  /** One at a time; goes on where an earlier attempt stopped. */
  readonly make: (params: MakeParams) => Promise<void>;
  /** What has arrived is kept. */
  readonly cancel: () => void;
  readonly remove: (packUrl: string) => Promise<void>;
  readonly discard: () => Promise<void>;
}

export interface PackBenchOptions {
  /** Whether anything is kept; asked before a worker is started for it. */
  readonly hasKept: () => Promise<boolean>;
  /** Asks the browser not to delete what is kept when it runs short of room; never rejects. */
  readonly persist: () => Promise<void>;
}

export function createPackBench(maker: PackMaker, { hasKept, persist }: PackBenchOptions): PackBench {
  const store = createStore<PackBenchState>()(() => ({
    published: { status: 'idle' },
    shelf: null,
    making: { status: 'idle' },
    shelfError: null,
  }));
  const { getState, setState } = store;
  let controller = new AbortController();

  async function inspect(): Promise<void> {
    try {
      setState({ shelf: await maker.shelf(), shelfError: null });
    } catch (thrown) {
      setState({ shelfError: asVqaError(thrown).toReport() });
    }
  }

  async function list(): Promise<void> {
    const { status } = getState().published;
    if (status === 'running' || status === 'done') return;
    setState({ published: { status: 'running', progress: null } });
    try {
      setState({ published: { status: 'done', result: await maker.list() } });
    } catch (thrown) {
      setState({ published: { status: 'failed', error: asVqaError(thrown).toReport() } });
    }
  }

  async function change(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      await inspect();
    } catch (thrown) {
      setState({ shelfError: asVqaError(thrown).toReport() });
    }
  }

  return {
    getState,
    subscribe: (listener) => store.subscribe(listener),
    async open() {
      await Promise.all([list(), inspect()]);
    },
    inspect,
    async glance() {
      if (await hasKept()) await inspect();
    },

    async make(params) {
      if (getState().making.status === 'running') return;
      controller = new AbortController();
      const { signal } = controller;
      setState({ making: { status: 'running', progress: null } });
      // Some browsers ask the person: the work does not wait for that.
      void persist();
      const onProgress = (progress: MakeProgress) => {
        if (!signal.aborted) setState({ making: { status: 'running', progress } });
      };
      try {
        setState({ making: { status: 'done', result: await maker.make(params, { signal, onProgress }) } });
      } catch (thrown) {
        const error = asVqaError(thrown);
        // Who cancels knows it.
        const ended = error.code === 'cancelled';
        setState({ making: ended ? { status: 'idle' } : { status: 'failed', error: error.toReport() } });
      }
      await inspect();
    },

    cancel: () => controller.abort(),
    remove: (packUrl) => change(() => maker.remove(packUrl)),
    discard: () => change(() => maker.discard()),
  };
}
