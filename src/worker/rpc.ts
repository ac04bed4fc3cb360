/**
 * Calls across a boundary between threads or documents: one client and one server for every interface whose methods
 * are listed (`core/service.ts`). The interface gives the types; a message is a method's name with its parameters.
 */
import { fromMethods, invoke, type AnyOptions, type Method } from '../core/service.ts';
import { buffersIn } from './transfer.ts';

/** `id` is unique per connection and names the call in every later message. */
export type ClientMessage =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
      /** What the client says with every call, for a server that keeps nothing. */
      readonly context: unknown;
    }
  /** The client has stopped listening; the server may stop working. */
  | { readonly type: 'cancel'; readonly id: number };

export type ServerMessage =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly error: unknown };

/** One end of the boundary: a `Worker`, a worker's `self`, or a `MessagePort`. */
export interface Endpoint<Sent, Received> {
  postMessage(message: Sent, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Received>) => void): void;
  /** A `MessagePort` delivers nothing before it is started. */
  start?(): void;
}

/** The client's end: it can be lost without warning, and closed on purpose. */
export interface ClientEndpoint extends Endpoint<ClientMessage, ServerMessage> {
  addEventListener(type: 'message', listener: (event: MessageEvent<ServerMessage>) => void): void;
  addEventListener(type: 'error' | 'messageerror' | 'close', listener: (event: Event) => void): void;
  terminate?(): void;
  close?(): void;
}

export interface ServerOptions<S> {
  readonly methods: readonly Method<S>[];
  /** The service that a call is for. */
  readonly open: (context: unknown) => S | Promise<S>;
  /** `in-order`: one call runs at a time. `at-once`: no call waits for another. */
  readonly order: 'in-order' | 'at-once';
  /** A failure as a plain object, which structured cloning keeps whole. */
  readonly report: (thrown: unknown) => unknown;
}

/** Runs the calls of one client. */
export function serve<S>(
  client: Endpoint<ServerMessage, ClientMessage>,
  { methods, open, order, report }: ServerOptions<S>,
): void {
  /** Calls that wait or run. */
  const unfinished = new Map<number, AbortController>();
  let queue = Promise.resolve();

  client.addEventListener('message', ({ data: message }) => {
    if (message.type === 'cancel') unfinished.get(message.id)?.abort();
    if (message.type !== 'call') return;
    const controller = new AbortController();
    unfinished.set(message.id, controller);
    // `answer` never rejects, so one failed call cannot stop those behind it.
    if (order === 'at-once') void answer(message, controller.signal);
    else queue = queue.then(() => answer(message, controller.signal));
  });
  client.start?.();

  async function answer(
    { id, method: name, params, context }: Extract<ClientMessage, { readonly type: 'call' }>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      signal.throwIfAborted();
      const method = methods.find((known) => known === name);
      if (method === undefined) throw new TypeError(`there is no method “${name}”`);
      const onProgress = (progress: unknown) => client.postMessage({ type: 'progress', id, progress }, []);
      const result = await invoke(await open(context), method, params, { signal, onProgress });
      client.postMessage({ type: 'result', id, result }, buffersIn(result));
    } catch (thrown) {
      client.postMessage({ type: 'failure', id, error: report(thrown) }, []);
    } finally {
      unfinished.delete(id);
    }
  }
}

export interface ClientOptions<S> {
  readonly methods: readonly Method<S>[];
  /** Makes the other end at the first call, and a fresh one at the first call after it was lost or let go. */
  readonly open: () => ClientEndpoint;
  /** A reported failure as an error. */
  readonly failure: (report: unknown) => Error;
  /** What a call rejects with that was aborted. */
  readonly aborted: () => Error;
  /** What unfinished calls reject with when the other end is lost; `reason` is what it said last, or empty. */
  readonly lost: (reason: string) => Error;
  /** `at-once`: an aborted call rejects without waiting. `when-done`: the other end cleans up first. */
  readonly abort?: 'at-once' | 'when-done';
  /** `end`: the other end is let go when nothing is left to do, and its memory with it. */
  readonly idle?: 'keep' | 'end';
  readonly context?: unknown;
  /** An error after which the other end answers no call, though it has not said so itself. */
  readonly isFatal?: (error: Error) => boolean;
  /** Told when the other end owes an answer and has said nothing for `afterMs`, and when that is over. */
  readonly silence?: { readonly afterMs: number; readonly tell: (isSilent: boolean) => void };
}

export interface Client<S> {
  readonly service: S;
  /** Lets the other end go and rejects what is unfinished with `error`, as aborted unless given. */
  disconnect(error?: Error): void;
}

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: AnyOptions['onProgress'];
}

interface Connection {
  readonly endpoint: ClientEndpoint;
  readonly pending: Map<number, PendingCall>;
  readonly silence: SilenceWatch;
}

/** The other side of `serve`: an `S` whose work is done behind an endpoint. */
export function connect<S>(options: ClientOptions<S>): Client<S> {
  const { abort = 'at-once', idle = 'keep' } = options;
  let connection: Connection | null = null;
  let lastId = 0;

  function call(method: string, params: unknown, given: AnyOptions = {}): Promise<unknown> {
    const { signal, onProgress } = given;
    if (signal?.aborted) return Promise.reject(options.aborted());
    const used = (connection ??= listen(options.open()));
    const { endpoint, pending, silence } = used;
    lastId += 1;
    const id = lastId;
    const result = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject, onProgress });
    });
    const cancel = () => {
      const waiting = pending.get(id);
      if (!waiting) return;
      endpoint.postMessage({ type: 'cancel', id }, []);
      if (abort === 'when-done') return;
      pending.delete(id);
      waiting.reject(options.aborted());
    };
    signal?.addEventListener('abort', cancel);
    endpoint.postMessage({ type: 'call', id, method, params, context: options.context }, []);
    silence.asked(id);
    return result.finally(() => {
      signal?.removeEventListener('abort', cancel);
      if (idle === 'end' && pending.size === 0) end(used, options.aborted());
    });
  }

  function listen(endpoint: ClientEndpoint): Connection {
    const opened: Connection = { endpoint, pending: new Map(), silence: watchSilence(options.silence) };
    const lose = (event: Event) => {
      const reason = 'message' in event && typeof event.message === 'string' ? event.message : '';
      if (connection === opened) end(opened, options.lost(reason));
    };
    endpoint.addEventListener('message', ({ data }) => {
      opened.silence.heard(data);
      const error = data.type === 'failure' ? options.failure(data.error) : null;
      settle(opened.pending, data, error);
      if (error && options.isFatal?.(error)) end(opened, error);
    });
    endpoint.addEventListener('error', lose);
    endpoint.addEventListener('messageerror', lose);
    endpoint.addEventListener('close', lose);
    endpoint.start?.();
    return opened;
  }

  function end(ended: Connection, error: Error): void {
    if (connection !== ended) return;
    connection = null;
    ended.silence.end();
    ended.endpoint.terminate?.();
    ended.endpoint.close?.();
    const unfinished = [...ended.pending.values()];
    ended.pending.clear();
    for (const { reject } of unfinished) reject(error);
  }

  return {
    service: fromMethods<S>(options.methods, call),
    disconnect(error = options.aborted()) {
      if (connection) end(connection, error);
    },
  };
}

interface SilenceWatch {
  readonly asked: (id: number) => void;
  readonly heard: (message: ServerMessage) => void;
  readonly end: () => void;
}

/** A cancelled call is waited for too: the other end says so when it has stopped working on it. */
function watchSilence(silence: ClientOptions<unknown>['silence']): SilenceWatch {
  const owed = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSilent = false;
  const tell = (now: boolean) => {
    if (now !== isSilent) silence?.tell(now);
    isSilent = now;
  };
  const wait = () => {
    clearTimeout(timer);
    if (owed.size > 0) timer = setTimeout(() => tell(true), silence?.afterMs);
  };
  return {
    asked(id) {
      owed.add(id);
      if (owed.size === 1 && silence) wait();
    },
    heard({ type, id }) {
      if (type !== 'progress') owed.delete(id);
      if (!silence) return;
      tell(false);
      wait();
    },
    end() {
      owed.clear();
      clearTimeout(timer);
      tell(false);
    },
  };
}

/** Messages about calls that were cancelled meanwhile find nothing pending and are dropped. */
function settle(pending: Map<number, PendingCall>, message: ServerMessage, error: Error | null): void {
  const waiting = pending.get(message.id);
  if (!waiting) return;
  if (message.type !== 'progress') pending.delete(message.id);
  if (error) waiting.reject(error);
  else if (message.type === 'result') waiting.resolve(message.result);
  // The id pairs progress with the call whose type it has; the checker cannot know.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  else if (message.type === 'progress') waiting.onProgress?.(message.progress as never);
}
