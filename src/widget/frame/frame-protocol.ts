/**
 * What a page and the frame inside it say to each other. The frame says `ready` to whoever is around it when it has
 * loaded and whenever somebody knocks; a page that hears it says `hello` and hands over a port, through which both speak
 * from then on. So neither has to be there first. `ready` and `height` tell nothing that has to be kept from anyone.
 */
import type { PictureOptions } from '../draw-picture.ts';
import type { ElementState, Selection } from '../element-state.ts';
import type { EventDetails, EventName } from '../events.ts';
import type { ErrorReport, Prediction } from '../../core/types.ts';
import type { FrameAttribute } from './parse-request.ts';

export const NAMESPACE = 'in-page-vqa';

/** Raised when a message changes its meaning; a frame refuses pages of another version and says so. */
export const PROTOCOL_VERSION = 1;

interface Greeting {
  readonly ns: typeof NAMESPACE;
  readonly version: number;
}

export type FrameGreeting =
  | (Greeting & { readonly type: 'ready' })
  /** CSS pixels that the frame's content needs. */
  | (Greeting & { readonly type: 'height'; readonly height: number })
  | (Greeting & { readonly type: 'refused'; readonly because: 'origin' | 'version' });

/** `hello` comes with a `MessagePort`. */
export type HostGreeting = Greeting & { readonly type: 'knock' | 'hello' };

/** What a page may ask of the frame, with what it takes and what it ends with. */
export interface FrameMethods {
  load: { params: null; result: null };
  ask: { params: string; result: Prediction };
  select: { params: Selection; result: null };
  exportState: { params: null; result: ElementState };
  importState: { params: unknown; result: null };
  toBlob: { params: PictureOptions; result: Blob };
  /** Sets the element's `photo`. */
  setPhoto: { params: Blob | null; result: null };
  /** Sets an attribute of the element; null takes it away. */
  setAttribute: { params: { readonly name: FrameAttribute; readonly value: string | null }; result: null };
}

export type FrameMethod = keyof FrameMethods;

export type FrameRequest = {
  readonly [Method in FrameMethod]: {
    readonly id: number;
    readonly method: Method;
    readonly params: FrameMethods[Method]['params'];
  };
}[FrameMethod];

/** The `code` of a failure that is not a `VqaError`. */
export type FrameFailure =
  ErrorReport | { readonly code: 'type-error'; readonly message: string; readonly remedy: string };

export type FrameMessage =
  | { readonly type: 'welcome' }
  | { readonly type: 'result'; readonly id: number; readonly result: FrameMethods[FrameMethod]['result'] }
  | { readonly type: 'failure'; readonly id: number; readonly error: FrameFailure }
  | FrameEvent;

/** An event of the element inside. */
export type FrameEvent = {
  readonly [Name in EventName]: {
    readonly type: 'event';
    readonly name: Name;
    readonly detail: EventDetails[Name];
  };
}[EventName];

export function greeting<Type extends 'ready' | 'knock' | 'hello'>(
  type: Type,
): Greeting & { readonly type: Type } {
  return { ns: NAMESPACE, version: PROTOCOL_VERSION, type };
}

/** Whether a message that came from anywhere is one of ours; its version is for the caller to judge. */
export function isGreeting(data: unknown): data is FrameGreeting | HostGreeting {
  if (typeof data !== 'object' || data === null || !('ns' in data) || data.ns !== NAMESPACE) return false;
  return (
    'type' in data && typeof data.type === 'string' && 'version' in data && typeof data.version === 'number'
  );
}
