/** The element under a name, and all that is exported with it. */
import { InPageVqaElement } from './element.ts';

export { InPageVqaElement } from './element.ts';
export { takeRecording as parseRecording } from './recorded/take-recording.ts';
export { VqaError } from '../core/errors.ts';
export type { Explain, Reveal, Theme } from './attributes.ts';
export type { PictureOptions } from './draw-picture.ts';
export type { ElementState, Selection } from './element-state.ts';
export type { ElementEventMap, ElementListeners, EventDetails, EventName, StateChange } from './events.ts';
export type { AttributeValues } from './mirrored-element.ts';
export type { Phase } from './show.ts';

export const DEFAULT_TAG = 'in-page-vqa';

/**
 * Defines the element under a name, unless the page has something of that name already: two versions of this file on
 * one page get along, and the first one serves the tag.
 * @returns whether the name was free.
 */
export function defineInPageVqa(tag: string = DEFAULT_TAG): boolean {
  if (customElements.get(tag)) return false;
  // A class serves one name only.
  customElements.define(tag, class extends InPageVqaElement {});
  return true;
}

declare global {
  interface HTMLElementTagNameMap {
    'in-page-vqa': InPageVqaElement;
  }
}
