/**
 * What crosses the thread boundary. Every type is derived from `Engine`: a method added there is a message here,
 * and both sides stop compiling until they know it.
 */
import type { CallOptions, Engine } from '../core/engine.ts';
import type { ErrorReport } from '../core/types.ts';

export type Method = keyof Engine;

/** What each method takes; `undefined` for those without parameters. */
export type Params = {
  readonly [M in Method]: Parameters<Engine[M]> extends readonly [infer P, ...unknown[]] ? P : undefined;
};

/** What each method reports while it works; `never` for those that report nothing. */
export type Progress = {
  readonly [M in Method]: Required<Parameters<Engine[M]>> extends readonly [unknown, CallOptions<infer P>]
    ? P
    : never;
};

/** What each method ends with. */
export type Results = { readonly [M in Method]: Awaited<ReturnType<Engine[M]>> };

/** A method with the parameters that belong to it. */
export type Request<M extends Method = Method> = {
  readonly [Name in M]: { readonly method: Name; readonly params: Params[Name] };
}[M];

/** `id` is unique per connection and names the call in every later message. */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly request: Request;
}

/** The client has stopped listening; the worker may stop working. */
export interface CancelMessage {
  readonly type: 'cancel';
  readonly id: number;
}

export type ClientMessage = CallMessage | CancelMessage;

export type ServerMessage =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress[Method] }
  | { readonly type: 'result'; readonly id: number; readonly result: Results[Method] }
  | { readonly type: 'failure'; readonly id: number; readonly error: ErrorReport };

/** One end of the boundary: a `Worker`, a worker's `self`, or a `MessagePort`. */
export interface Endpoint<Sent, Received> {
  postMessage(message: Sent, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Received>) => void): void;
  /** A `MessagePort` delivers nothing before it is started. */
  start?(): void;
}
