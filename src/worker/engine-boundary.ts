/** An `Engine` behind a thread: the page's client, the worker's server. */
import { ENGINE_METHODS, SILENCE_MS, type Engine, type EngineWatch } from '../core/engine.ts';
import { asVqaError, VqaError, type VqaErrorCode } from '../core/errors.ts';
import { fromMethods, invoke, type Method } from '../core/service.ts';
import type { ErrorReport } from '../core/types.ts';
import {
  connect,
  serve,
  type ClientEndpoint,
  type ClientMessage,
  type Endpoint,
  type ServerMessage,
} from './rpc.ts';

export interface EngineConnection extends Engine {
  /** Ends the worker and rejects what is unfinished as cancelled; the next call starts a new worker. */
  disconnect(): void;
}

export interface EngineClient extends EngineConnection, EngineWatch {}

/** What a fresh worker can do. */
const WITHOUT_MODELS: ReadonlySet<Method<Engine>> = new Set(['load', 'forget', 'inspectCache', 'clearCache']);

const FATAL: ReadonlySet<VqaErrorCode> = new Set(['worker-crashed', 'runtime-failed']);

/** `open` makes the worker at the first call, and a fresh one at the first call after a crash. */
export function connectEngine(open: () => ClientEndpoint, silenceMs = SILENCE_MS): EngineClient {
  /** What the worker died of, until the models are loaded again. */
  let crashed: VqaError | null = null;
  let isSilent = false;
  const listeners = new Set<(isSilent: boolean) => void>();

  const client = connect<Engine>({
    methods: ENGINE_METHODS,
    open,
    failure: fromReport,
    aborted: cancelled,
    lost(reason) {
      crashed = lostWorker('The worker that runs the models has stopped', reason);
      return crashed;
    },
    // Beyond repair, though the worker still runs: a runtime that has not started does not start again.
    isFatal(error) {
      const isFatal = error instanceof VqaError && FATAL.has(error.code);
      if (isFatal) crashed = error;
      return isFatal;
    },
    silence: {
      afterMs: silenceMs,
      tell(now) {
        isSilent = now;
        for (const listener of listeners) listener(now);
      },
    },
  });

  function stop(): void {
    crashed = new VqaError('worker-crashed', 'You stopped the worker that runs the models.');
    client.disconnect(crashed);
  }

  const guarded = fromMethods<Engine>(ENGINE_METHODS, (method, params, options) => {
    if (options?.signal?.aborted) return Promise.reject(cancelled());
    if (method === 'load') {
      // Nothing would ever come of a call that queues behind one that does not end.
      if (isSilent) stop();
      crashed = null;
    }
    // A fresh worker could only say that it has no models, and not why.
    if (crashed && !WITHOUT_MODELS.has(method)) return Promise.reject(crashed);
    return invoke(client.service, method, params, options);
  });
  return {
    ...guarded,
    disconnect: () => client.disconnect(),
    stop,
    onSilence(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** One call runs at a time, in order. */
export function serveEngine(engine: Engine, client: Endpoint<ServerMessage, ClientMessage>): void {
  serve<Engine>(client, {
    methods: ENGINE_METHODS,
    open: () => engine,
    order: 'in-order',
    report: (thrown) => asVqaError(thrown).toReport(),
  });
}

/** `report` comes from `VqaError.toReport` on the other side. */
export function fromReport(report: unknown): VqaError {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return VqaError.fromReport(report as ErrorReport);
}

export function cancelled(): VqaError {
  return new VqaError('cancelled', 'The work was cancelled.');
}

export function lostWorker(what: string, reason: string): VqaError {
  return new VqaError('worker-crashed', `${what}.`, { details: reason || undefined });
}
