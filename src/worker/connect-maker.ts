/** The page's side of making packs: a `PackMaker` in a worker that lives as long as it has something to do. */
import { VqaError } from '../core/errors.ts';
import type { MakeProgress, PackMaker } from '../core/published.ts';
import type {
  MakerClientMessage,
  MakerMethod,
  MakerRequest,
  MakerResults,
  MakerServerMessage,
  MakerSettings,
} from './maker-protocol.ts';
import type { Endpoint } from './protocol.ts';

export interface MakerEndpoint extends Endpoint<MakerClientMessage, MakerServerMessage> {
  addEventListener(type: 'message', listener: (event: MessageEvent<MakerServerMessage>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate?(): void;
}

interface PendingCall {
  readonly resolve: (result: never) => void;
  readonly reject: (error: VqaError) => void;
  readonly onProgress: ((progress: MakeProgress) => void) | undefined;
}

type MakeOptions = Parameters<PackMaker['make']>[1];

export function connectMaker(open: () => MakerEndpoint, settings: MakerSettings): PackMaker {
  const pending = new Map<number, PendingCall>();
  let endpoint: MakerEndpoint | null = null;
  let lastId = 0;

  function call<M extends MakerMethod>(
    request: MakerRequest & { readonly method: M },
    { signal, onProgress }: MakeOptions = {},
  ): Promise<MakerResults[M]> {
    lastId += 1;
    const id = lastId;
    const port = (endpoint ??= listen(open()));
    const cancel = () => port.postMessage({ type: 'cancel', id }, []);
    const result = new Promise<MakerResults[M]>((resolve, reject) => {
      pending.set(id, { resolve, reject, onProgress });
    });
    // The worker closes its files before it answers: a cancelled call ends when it says so.
    signal?.addEventListener('abort', cancel);
    port.postMessage({ type: 'call', id, request, settings }, []);
    if (signal?.aborted) cancel();
    return result.finally(() => {
      signal?.removeEventListener('abort', cancel);
      if (pending.size === 0) end();
    });
  }

  function listen(opened: MakerEndpoint): MakerEndpoint {
    opened.addEventListener('message', ({ data }) => receive(pending, data));
    const crash = (event: Event) => {
      if (endpoint !== opened) return;
      const reason = 'message' in event && typeof event.message === 'string' ? `: ${event.message}` : '';
      const error = new VqaError('worker-crashed', `The worker that makes packs has stopped${reason}.`);
      end();
      const unfinished = [...pending.values()];
      pending.clear();
      for (const { reject } of unfinished) reject(error);
    };
    opened.addEventListener('error', crash);
    opened.addEventListener('messageerror', crash);
    opened.start?.();
    return opened;
  }

  /** Its memory goes with it. */
  function end(): void {
    endpoint?.terminate?.();
    endpoint = null;
  }

  return {
    list: () => call({ method: 'list', params: undefined }),
    shelf: () => call({ method: 'shelf', params: undefined }),
    make: (params, options) => call({ method: 'make', params }, options),
    remove: (params) => call({ method: 'remove', params }),
    discard: () => call({ method: 'discard', params: undefined }),
  };
}

function receive(pending: Map<number, PendingCall>, message: MakerServerMessage): void {
  const waiting = pending.get(message.id);
  if (waiting === undefined) return;
  if (message.type === 'progress') {
    waiting.onProgress?.(message.progress);
    return;
  }
  pending.delete(message.id);
  if (message.type === 'failure') waiting.reject(VqaError.fromReport(message.error));
  else waiting.resolve(sameCall(message.result));
}

/** The id pairs a result with the call whose type it has; the checker cannot know. */
function sameCall(result: MakerResults[MakerMethod]): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return result as never;
}
