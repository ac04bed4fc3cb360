/**
 * The file that a page embeds. `<script type="module" src="https://…/embed/in-page-vqa.js"></script>` defines
 * `<in-page-vqa>`; with `in-page-vqa.js?tag=my-vqa` the tag has another name, and with `?tag=` none is defined.
 */
import { InPageVqaElement, setHome } from './element.ts';

export { InPageVqaElement } from './element.ts';
export { takeRecording as parseRecording } from './recorded/take-recording.ts';
export { VqaError } from '../core/errors.ts';
export type { Explain, Reveal, Theme } from './attributes.ts';
export type { PictureOptions } from './draw-picture.ts';
export type { ElementState, Selection } from './element-state.ts';
export type { ElementEventMap, EventDetails, EventName, StateChange } from './events.ts';
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

setHome(import.meta.url);
const query = new URL(import.meta.url, document.baseURI).searchParams;
const tag = query.get('tag') ?? DEFAULT_TAG;
if (tag) defineInPageVqa(tag);
