/**
 * For the page around an iframe: keeps the frame as high as what it shows, and drives the element inside.
 * `<script type="module" src="https://…/embed/frame-host.js?auto"></script>` does the first for every frame of the
 * page; `connectFrame` does both for one.
 */
import type { ElementState, Selection } from '../element-state.ts';
import type { EventDetails, EventName } from '../events.ts';
import type { PictureOptions } from '../draw-picture.ts';
import type { Prediction } from '../../core/types.ts';
import { said } from '../shape.ts';
import type { FrameAttribute } from './parse-request.ts';
import {
  greeting,
  isGreeting,
  PROTOCOL_VERSION,
  type FrameFailure,
  type FrameMessage,
  type FrameMethod,
  type FrameMethods,
} from './frame-protocol.ts';

/** What a method of the frame rejects with; `code` is one of those of `VqaError`, or `type-error`. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly code: string;
  readonly remedy: string;

  constructor({ code, message, remedy }: FrameFailure) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }

  /** What `JSON.stringify` writes: by itself it would leave out the message. */
  toJSON(): object {
    const { name, code, message, remedy } = this;
    return { name, code, message, remedy };
  }
}

export interface Frame {
  /**
   * Settles when the frame has let the page in; rejects when it refuses, because of its origin or version, and when
   * nobody answers in time. Every call waits for it and fails as it does.
   */
  readonly ready: Promise<void>;
  load(): Promise<null>;
  ask(question: string): Promise<Prediction>;
  select(selection: Selection): Promise<null>;
  exportState(): Promise<ElementState>;
  importState(state: unknown): Promise<null>;
  toBlob(options?: PictureOptions): Promise<Blob>;
  setAttribute(name: FrameAttribute, value: string | null): Promise<null>;
  /** A photo that the page has; null goes back to the attribute `src`. */
  setPhoto(photo: Blob | null): Promise<null>;
  /** Calls back with the `detail` of each event of the element; returns what ends that. */
  on<Name extends EventName>(name: Name, listener: (detail: EventDetails[Name]) => void): () => void;
  /** Ends everything, the automatic height included. */
  disconnect(): void;
}

interface PendingCall {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export interface FrameOptions {
  /** How long the frame may take until it answers, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
}

/**
 * May be called before or after the frame has loaded. The frame lets in the origins that its `origin` names alone.
 * @throws TypeError when `iframe` is none, or the time no number above 0.
 */
export function connectFrame(iframe: HTMLIFrameElement, { timeoutMs = 30_000 }: FrameOptions = {}): Frame {
  if (!(iframe instanceof HTMLIFrameElement))
    throw new TypeError(`iframe is ${said(iframe)}, must be an <iframe> of this page`);
  if (!(timeoutMs > 0)) throw new TypeError(`timeoutMs is ${said(timeoutMs)}, must be a number above 0`);
  const pending = new Map<number, PendingCall>();
  const listeners = new Map<EventName, Set<(detail: never) => void>>();
  let port: MessagePort | null = null;
  let lastId = 0;
  const admission: { welcome?: () => void; refuse?: (error: Error) => void } = {};
  const ready = new Promise<void>((resolve, reject) => {
    admission.welcome = resolve;
    admission.refuse = reject;
  });
  let silence: ReturnType<typeof setTimeout> | undefined;
  const endSilence = () => clearTimeout(silence);
  // A page that wants the height alone never looks at it.
  ready.then(endSilence, endSilence);

  function awaitAnswer(): void {
    endSilence();
    silence = setTimeout(() => {
      const address = iframe.src ? `Its address, ${iframe.src},` : 'The address in its src';
      admission.refuse?.(
        new Error(
          `The frame has not answered within ${timeoutMs / 1000} seconds. ${address} must lead to frame.html of In-Page VQA; open it in a tab to see what is there.`,
        ),
      );
    }, timeoutMs);
  }

  const onMessage = ({ data, source, origin }: MessageEvent<unknown>) => {
    if (source !== iframe.contentWindow || origin !== originOf(iframe) || !isGreeting(data)) return;
    if (data.type === 'height') iframe.style.height = `${data.height}px`;
    // A frame that has been loaded anew says so again, and knows nothing of the port before.
    else if (data.type === 'ready') hello();
    else if (data.type === 'refused') {
      const reason =
        data.because === 'origin' ? `its address does not name ${location.origin} as origin` : '';
      const message = reason || `it speaks version ${data.version}, this page ${PROTOCOL_VERSION}`;
      admission.refuse?.(new Error(`The frame lets this page not in: ${message}.`));
    }
  };

  function hello(): void {
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.addEventListener('message', ({ data }: MessageEvent<FrameMessage>) => receive(data));
    port.start();
    const origin = originOf(iframe);
    // A frame without an origin of its own can be addressed in no other way.
    iframe.contentWindow?.postMessage(greeting('hello'), origin === 'null' ? '*' : origin, [channel.port2]);
  }

  function receive(message: FrameMessage): void {
    if (message.type === 'welcome') return admission.welcome?.();
    if (message.type === 'event') {
      // The table pairs each name with its detail; the checker sees them one by one.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      for (const listener of listeners.get(message.name) ?? []) listener(message.detail as never);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.type === 'failure') waiting?.reject(new FrameError(message.error));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    else waiting?.resolve(message.result as never);
  }

  async function call<Method extends FrameMethod>(
    method: Method,
    params: FrameMethods[Method]['params'],
  ): Promise<FrameMethods[Method]['result']> {
    await ready;
    lastId += 1;
    const id = lastId;
    return await new Promise<FrameMethods[Method]['result']>((resolve, reject) => {
      pending.set(id, { resolve, reject });
      port?.postMessage({ id, method, params });
    });
  }

  window.addEventListener('message', onMessage);
  iframe.addEventListener('load', awaitAnswer);
  // Nobody is in a frame that is to load when it is scrolled to.
  if (iframe.loading !== 'lazy') awaitAnswer();
  // A frame that is there already answers that it is ready, one that is not will say so by itself. Nothing but the
  // knock goes to whatever document the frame may have at present.
  iframe.contentWindow?.postMessage(greeting('knock'), '*');

  return {
    ready,
    load: () => call('load', null),
    ask: (question) => call('ask', question),
    select: (selection) => call('select', selection),
    exportState: () => call('exportState', null),
    importState: (state) => call('importState', state),
    toBlob: (options = {}) => call('toBlob', options),
    setAttribute: (name, value) => call('setAttribute', { name, value }),
    setPhoto: (photo) => call('setPhoto', photo),
    on(name, listener) {
      const present = listeners.get(name) ?? new Set();
      listeners.set(name, present.add(listener));
      return () => present.delete(listener);
    },
    disconnect() {
      window.removeEventListener('message', onMessage);
      iframe.removeEventListener('load', awaitAnswer);
      port?.close();
      const ended = new Error('The page has let go of the frame.');
      admission.refuse?.(ended);
      for (const { reject } of pending.values()) reject(ended);
      pending.clear();
    },
  };
}

/** `null`, as text, for a frame whose sandbox takes its origin away. */
function originOf(iframe: HTMLIFrameElement): string {
  const isSandboxed = iframe.hasAttribute('sandbox') && !iframe.sandbox.contains('allow-same-origin');
  return isSandboxed ? 'null' : new URL(iframe.src, document.baseURI).origin;
}

/** Without a page (a server that renders one) there is nothing to connect. */
if (typeof document !== 'undefined') connectAll(new URL(import.meta.url, document.baseURI));

function connectAll(here: URL): void {
  if (!here.searchParams.has('auto')) return;
  const page = new URL('frame.html', here).href;
  for (const iframe of document.querySelectorAll('iframe'))
    if (iframe.src.startsWith(page)) connectFrame(iframe);
}
