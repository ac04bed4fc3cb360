/** One engine for all elements of a page that ask for the same models: one worker, one download, one pack in memory. */
import type { CallOptions, Engine, LoadParams, LoadProgress, LoadReport } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import type { BackendChoice, ImageId } from '../core/types.ts';
import type { EngineConnection } from '../worker/engine-boundary.ts';

/** What makes two elements' models the same. */
export interface ModelsWanted {
  /** Absolute URL of the pack's folder, ending in `/`. */
  readonly packUrl: string;
  readonly backend: BackendChoice;
  /** Absolute URL of the worker's script. */
  readonly workerUrl: string;
}

/** An engine as one element has it. */
export interface LeasedEngine extends Engine {
  /** Gives the engine back; once nobody has it, its worker ends. */
  release(): void;
}

export interface EnginePool {
  lease(wanted: ModelsWanted): LeasedEngine;
}

interface SharedLoad {
  readonly report: Promise<LoadReport>;
  readonly listeners: Set<(progress: LoadProgress) => void>;
  progress: LoadProgress | null;
  failed: boolean;
}

interface SharedEngine {
  readonly client: EngineConnection;
  readonly leases: Set<LeasedEngine>;
  load: SharedLoad | null;
}

/** A page that replaces its elements gets the new ones on the old worker. */
const LINGER_MS = 5000;

export function createEnginePool(
  open: (wanted: ModelsWanted) => EngineConnection,
  lingerMs: number = LINGER_MS,
): EnginePool {
  const engines = new Map<string, SharedEngine>();

  function find(wanted: ModelsWanted): SharedEngine {
    const key = JSON.stringify([wanted.packUrl, wanted.backend, wanted.workerUrl]);
    const present = engines.get(key);
    if (present) return present;
    const opened: SharedEngine = { client: open(wanted), leases: new Set(), load: null };
    engines.set(key, opened);
    return opened;
  }

  return {
    lease(wanted) {
      const shared = find(wanted);
      const lease = leaseOf(shared, () => {
        setTimeout(() => {
          if (shared.leases.size > 0 || !shared.load) return;
          // The next lease of the same models finds no load, and starts a worker.
          shared.load = null;
          shared.client.disconnect();
        }, lingerMs);
      });
      shared.leases.add(lease);
      return lease;
    },
  };
}

function leaseOf(shared: SharedEngine, onLast: () => void): LeasedEngine {
  const { client, leases } = shared;
  /** The load that this lease has had: asking again means that its models are gone. */
  let had: SharedLoad | null = null;
  const photos = new Set<ImageId>();

  const lease: LeasedEngine = {
    ...client,
    async load(params, { signal, onProgress }: CallOptions<LoadProgress> = {}) {
      if (!shared.load || shared.load.failed || shared.load === had) shared.load = startLoad(client, params);
      const load = shared.load;
      had = load;
      if (load.progress) onProgress?.(load.progress);
      if (onProgress) load.listeners.add(onProgress);
      try {
        return await untilAborted(load.report, signal);
      } finally {
        if (onProgress) load.listeners.delete(onProgress);
      }
    },
    detect(params, options) {
      photos.add(params.imageId);
      return client.detect(params, options);
    },
    release() {
      if (!leases.delete(lease)) return;
      if (leases.size === 0) onLast();
      // A worker that has stopped meanwhile has forgotten them by itself.
      else for (const imageId of photos) client.forget({ imageId }).catch(() => undefined);
    },
  };
  return lease;
}

/** One element that stops waiting stops nobody else's download. */
function startLoad(client: EngineConnection, params: LoadParams): SharedLoad {
  const state: Omit<SharedLoad, 'report'> = { listeners: new Set(), progress: null, failed: false };
  const work = client.load(params, {
    onProgress(progress) {
      state.progress = progress;
      for (const listener of state.listeners) listener(progress);
    },
  });
  const report = work.catch((thrown: unknown) => {
    state.failed = true;
    throw state.progress ? thrown : explainStart(thrown);
  });
  return Object.assign(state, { report });
}

/** A worker that stops before it has said anything was not allowed to start, or its file is not there. */
function explainStart(thrown: unknown): unknown {
  if (!(thrown instanceof VqaError) || thrown.code !== 'worker-crashed') return thrown;
  return new VqaError('worker-blocked', 'The worker that runs the models could not be started.', {
    cause: thrown,
  });
}

function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function cancelled(): VqaError {
  return new VqaError('cancelled', 'The work was cancelled.');
}
