/** The frame's side: lets the page around it drive the element, if that page is one of those it was told to trust. */
import { asVqaError, VqaError } from '../../core/errors.ts';
import type { InPageVqaElement } from '../element.ts';
import { EVENT_NAMES } from '../events.ts';
import {
  greeting,
  isGreeting,
  NAMESPACE,
  PROTOCOL_VERSION,
  type FrameFailure,
  type FrameGreeting,
  type FrameMessage,
  type FrameMethods,
  type FrameRequest,
} from './frame-protocol.ts';
import { parseRequest } from './parse-request.ts';

export interface PageAround {
  /** Where the frame lives: its own `window`. */
  readonly self: Window;
  /** What is around it. */
  readonly parent: Window;
  /** Origins whose pages may drive the element and hear its answers. Without any, only the height is told. */
  readonly origins: readonly string[];
}

/** Starts listening, says `ready`, and returns what tells the page the frame's height. */
export function servePage(element: InPageVqaElement, around: PageAround): (height: number) => void {
  const { self, parent, origins } = around;
  const tell = (message: FrameGreeting) => parent.postMessage(message, '*');
  const refuse = (because: 'origin' | 'version', origin: string) => {
    const message = { ns: NAMESPACE, version: PROTOCOL_VERSION, type: 'refused', because } as const;
    parent.postMessage(message, origin === 'null' ? '*' : origin);
  };

  self.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data, source, origin, ports } = event;
    if (source !== parent || !isGreeting(data)) return;
    if (data.type === 'knock') tell(greeting('ready'));
    if (data.type !== 'hello') return;
    if (!origins.includes(origin)) return refuse('origin', origin);
    if (data.version !== PROTOCOL_VERSION) return refuse('version', origin);
    const [port] = ports;
    if (port) serve(element, port);
  });
  tell(greeting('ready'));
  return (height) => tell({ ns: NAMESPACE, version: PROTOCOL_VERSION, type: 'height', height });
}

function serve(element: InPageVqaElement, port: MessagePort): void {
  const post = (message: FrameMessage) => port.postMessage(message);
  for (const name of EVENT_NAMES) {
    element.addEventListener(name, (event: Event) => {
      // The names and details of one table belong together; the checker sees them one by one.
      if (event instanceof CustomEvent) post({ type: 'event', name, detail: event.detail });
    });
  }
  port.addEventListener('message', ({ data }: MessageEvent<unknown>) => void answer(data));
  port.start();
  post({ type: 'welcome' });

  async function answer(message: unknown): Promise<void> {
    try {
      const request = parseRequest(message, document.baseURI);
      post({ type: 'result', id: request.id, result: await perform(element, request) });
    } catch (thrown) {
      post({ type: 'failure', id: idOf(message), error: failureOf(thrown) });
    }
  }
}

async function perform(
  element: InPageVqaElement,
  request: FrameRequest,
): Promise<FrameMethods[FrameRequest['method']]['result']> {
  switch (request.method) {
    case 'load':
      element.load();
      return null;
    case 'ask':
      return await element.ask(request.params);
    case 'select':
      element.select(request.params);
      return null;
    case 'exportState':
      return element.exportState();
    case 'importState':
      await element.importState(request.params);
      return null;
    case 'toBlob':
      return await element.toBlob(request.params);
    case 'setPhoto':
      element.photo = request.params;
      return null;
    default: {
      const { name, value } = request.params;
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
      return null;
    }
  }
}

/** Of a message that is no request at all: none that anybody waits for. */
function idOf(message: unknown): number {
  const isRequest = typeof message === 'object' && message !== null && 'id' in message;
  return isRequest && typeof message.id === 'number' ? message.id : -1;
}

function failureOf(thrown: unknown): FrameFailure {
  if (thrown instanceof VqaError) return thrown.toReport();
  if (thrown instanceof TypeError || thrown instanceof RangeError) {
    return {
      code: 'type-error',
      message: thrown.message,
      remedy: 'Give the method what its documentation says.',
    };
  }
  return asVqaError(thrown).toReport();
}
