/** The page's side: an `Engine` whose work is done behind a message port. */
import type { CallOptions, Engine } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import type {
  ClientMessage,
  Endpoint,
  Method,
  Progress,
  Request,
  Results,
  ServerMessage,
} from './protocol.ts';

/** A worker or a port: it can be lost without warning, and closed on purpose. */
export interface EngineEndpoint extends Endpoint<ClientMessage, ServerMessage> {
  addEventListener(type: 'message', listener: (event: MessageEvent<ServerMessage>) => void): void;
  addEventListener(type: 'error' | 'messageerror' | 'close', listener: (event: Event) => void): void;
  terminate?(): void;
  close?(): void;
}

export interface EngineClient extends Engine {
  /** Ends the worker and rejects what is unfinished as cancelled; the next call starts a new worker. */
  disconnect(): void;
}

interface PendingCall {
  readonly resolve: (result: never) => void;
  readonly reject: (error: VqaError) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

interface Connection {
  readonly endpoint: EngineEndpoint;
  readonly pending: Map<number, PendingCall>;
}

/** What a fresh worker can do. */
const WITHOUT_MODELS: ReadonlySet<Method> = new Set(['load', 'forget', 'inspectCache', 'clearCache']);

/** `open` makes the worker at the first call, and a fresh one at the first call after a crash. */
export function connect(open: () => EngineEndpoint): EngineClient {
  let connection: Connection | null = null;
  let lastId = 0;
  /** What the worker died of, until the models are loaded again. */
  let crashed: VqaError | null = null;

  function call<M extends Method>(
    request: Request & { readonly method: M },
    { signal, onProgress }: CallOptions<Progress[M]> = {},
  ): Promise<Results[M]> {
    if (signal?.aborted) return Promise.reject(cancelled());
    if (request.method === 'load') crashed = null;
    // A fresh worker could only say that it has no models, and not why.
    if (crashed && !WITHOUT_MODELS.has(request.method)) return Promise.reject(crashed);
    connection ??= listen(open());
    const { endpoint, pending } = connection;
    lastId += 1;
    const id = lastId;
    const result = new Promise<Results[M]>((resolve, reject) => {
      pending.set(id, { resolve, reject, onProgress });
    });
    const cancel = () => {
      const waiting = pending.get(id);
      if (!waiting) return;
      pending.delete(id);
      endpoint.postMessage({ type: 'cancel', id }, []);
      waiting.reject(cancelled());
    };
    signal?.addEventListener('abort', cancel);
    endpoint.postMessage({ type: 'call', id, request }, []);
    return result.finally(() => signal?.removeEventListener('abort', cancel));
  }

  function listen(endpoint: EngineEndpoint): Connection {
    const opened: Connection = { endpoint, pending: new Map() };
    const crash = (event: Event) => {
      if (connection !== opened) return;
      const reason = 'message' in event && typeof event.message === 'string' ? `: ${event.message}` : '';
      const error = new VqaError('worker-crashed', `The worker that runs the models has stopped${reason}.`);
      crashed = error;
      end(opened, error);
    };
    endpoint.addEventListener('message', ({ data }) => {
      receive(opened.pending, data);
      // An engine that calls itself crashed is beyond repair, though its worker still runs.
      if (data.type === 'failure' && data.error.code === 'worker-crashed') {
        crashed = VqaError.fromReport(data.error);
        end(opened, crashed);
      }
    });
    endpoint.addEventListener('error', crash);
    endpoint.addEventListener('messageerror', crash);
    endpoint.addEventListener('close', crash);
    endpoint.start?.();
    return opened;
  }

  function end(ended: Connection, error: VqaError): void {
    if (connection !== ended) return;
    connection = null;
    ended.endpoint.terminate?.();
    ended.endpoint.close?.();
    const unfinished = [...ended.pending.values()];
    ended.pending.clear();
    for (const { reject } of unfinished) reject(error);
  }

  return {
    load: (params, options) => call({ method: 'load', params }, options),
    detect: (params, options) => call({ method: 'detect', params }, options),
    tokenize: (params, options) => call({ method: 'tokenize', params }, options),
    ask: (params, options) => call({ method: 'ask', params }, options),
    match: (params, options) => call({ method: 'match', params }, options),
    compare: (params, options) => call({ method: 'compare', params }, options),
    fillIn: (params, options) => call({ method: 'fillIn', params }, options),
    explain: (params, options) => call({ method: 'explain', params }, options),
    inspectHeads: (params, options) => call({ method: 'inspectHeads', params }, options),
    measureFaithfulness: (params, options) => call({ method: 'measureFaithfulness', params }, options),
    findFlip: (params, options) => call({ method: 'findFlip', params }, options),
    editRegions: (params, options) => call({ method: 'editRegions', params }, options),
    forget: (params) => call({ method: 'forget', params }),
    inspectCache: () => call({ method: 'inspectCache', params: undefined }),
    clearCache: () => call({ method: 'clearCache', params: undefined }),
    disconnect() {
      if (connection) end(connection, cancelled());
    },
  };
}

/** Messages about calls that were cancelled meanwhile find nothing pending and are dropped. */
function receive(pending: Map<number, PendingCall>, message: ServerMessage): void {
  const { id } = message;
  const waiting = pending.get(id);
  if (!waiting) return;
  if (message.type !== 'progress') pending.delete(id);
  if (message.type === 'failure') waiting.reject(VqaError.fromReport(message.error));
  else if (message.type === 'result') waiting.resolve(sameCall(message.result));
  else waiting.onProgress?.(sameCall(message.progress));
}

/** The id pairs a value with the call whose type it has; the checker cannot know. */
function sameCall(value: Results[Method] | Progress[Method]): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return value as never;
}

function cancelled(): VqaError {
  return new VqaError('cancelled', 'The work was cancelled.');
}
