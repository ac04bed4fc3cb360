/** What the element tells the page around it. */
import type { LoadProgress, LoadReport } from '../core/engine.ts';
import type { ErrorReport, Prediction, Scene } from '../core/types.ts';
import type { ElementState } from './element-state.ts';
import type { Phase, Shown } from './show.ts';

export interface StateChange {
  readonly phase: Phase;
  /** As `exportState` gives it. */
  readonly state: ElementState;
}

/** The `detail` of each event. */
export interface EventDetails {
  /** The models are being fetched, opened and tested. */
  progress: LoadProgress;
  /** The models are there, or the recording that takes their place. */
  load: LoadReport;
  /** The photo has been looked at. */
  regions: Scene;
  /** A question has been answered. */
  answer: Prediction;
  /** Something failed; the element shows it too. */
  error: ErrorReport;
  /** What is on screen has changed: the phase, the question, the explanation or what is pointed at. */
  statechange: StateChange;
}

export type EventName = keyof EventDetails;

export const EVENT_NAMES = [
  'progress',
  'load',
  'regions',
  'answer',
  'error',
  'statechange',
] as const satisfies readonly EventName[];

export type ElementEventMap = { readonly [Name in EventName]: CustomEvent<EventDetails[Name]> };

/** Listeners as frameworks take them on a tag: `on`, and the event as it is called. */
export type ElementListeners = {
  [Name in EventName as `on${Name}`]?: ((event: ElementEventMap[Name]) => void) | undefined;
};

/**
 * No event bubbles: an `error` that did would reach whatever a page has to report its own errors, and a `load` whatever
 * waits for its images.
 */
export function dispatch<Name extends EventName>(
  target: EventTarget,
  name: Name,
  detail: EventDetails[Name],
): void {
  target.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Everything but `statechange` that has happened between two showings, in the order in which it happens. */
export function dispatchChanges(target: EventTarget, shown: Shown, previous: Shown): void {
  const [engine, before] = [shown.state?.engine, previous.state?.engine];
  if (engine?.status === 'loading' && engine.progress) {
    const isNew = before?.status !== 'loading' || before.progress !== engine.progress;
    if (isNew) dispatch(target, 'progress', engine.progress);
  }
  if (engine?.status === 'ready' && engine !== before) dispatch(target, 'load', engine.report);
  const [photo, photoBefore] = [shown.state?.photo, previous.state?.photo];
  const isSeen = photo?.status === 'ready' && photo !== photoBefore;
  if (isSeen) dispatch(target, 'regions', photo.scene);
  const { exchange, error } = shown;
  if (exchange && exchange !== previous.exchange) dispatch(target, 'answer', exchange.prediction);
  if (error && error !== previous.error) dispatch(target, 'error', error);
}
