/** The worker's side: runs the calls of one client on an engine, one at a time and in order. */
import type { CallOptions, Engine } from '../core/engine.ts';
import { asVqaError } from '../core/errors.ts';
import type {
  CallMessage,
  ClientMessage,
  Endpoint,
  Method,
  Params,
  Progress,
  Request,
  Results,
  ServerMessage,
} from './protocol.ts';
import { buffersIn } from './transfer.ts';

export function serve(engine: Engine, client: Endpoint<ServerMessage, ClientMessage>): void {
  /** Calls that wait or run. */
  const unfinished = new Map<number, AbortController>();
  let queue = Promise.resolve();

  client.addEventListener('message', ({ data: message }) => {
    if (message.type === 'cancel') {
      unfinished.get(message.id)?.abort();
      return;
    }
    const controller = new AbortController();
    unfinished.set(message.id, controller);
    // `answer` never rejects, so one failed call cannot stop those behind it.
    queue = queue.then(() => answer(message, controller.signal));
  });
  client.start?.();

  async function answer({ id, request }: CallMessage, signal: AbortSignal): Promise<void> {
    try {
      if (signal.aborted) return;
      const result = await invoke(engine, request, {
        signal,
        onProgress: (progress) => client.postMessage({ type: 'progress', id, progress }, []),
      });
      if (!signal.aborted) client.postMessage({ type: 'result', id, result }, buffersIn(result));
    } catch (thrown) {
      if (!signal.aborted)
        client.postMessage({ type: 'failure', id, error: asVqaError(thrown).toReport() }, []);
    } finally {
      unfinished.delete(id);
    }
  }
}

/** `Engine` as a table by method, so that the checker keeps each method with its own parameters. */
type Handlers = {
  readonly [M in Method]: (params: Params[M], options: CallOptions<Progress[M]>) => Promise<Results[M]>;
};

function invoke<M extends Method>(
  handlers: Handlers,
  { method, params }: Request<M>,
  options: CallOptions<Progress[M]>,
): Promise<Results[M]> {
  return handlers[method](params, options);
}
