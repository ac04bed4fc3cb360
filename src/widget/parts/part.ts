/** A piece of the element's inside: made once, brought up to date after every change. */
import type { VqaError } from '../../core/errors.ts';
import type { PictureMode } from '../../core/picture.ts';
import type { Explain } from '../attributes.ts';
import type { Shown } from '../show.ts';

/** What the tag says of the looks. */
export interface Appearance {
  /** Absolute URL of the photo to show before anything is loaded. */
  readonly src: string | null;
  readonly alt: string | null;
  readonly picture: PictureMode;
  /** Stands in the box before anything has begun. */
  readonly question: string | null;
  /** Whether visitors may bring photos of their own. */
  readonly takesPhotos: boolean;
  /** Whether a button starts what does not start by itself. */
  readonly offersStart: boolean;
}

/** What a visitor can do beside what the session offers. */
export interface Visitor {
  start(): void;
  runLive(): void;
  retry(): void;
  ask(question: string): void;
  openPhoto(photo: File): void;
  openAddress(address: string): void;
  /** Says why what the visitor brought is no photo; all else stays. */
  refuse(error: VqaError): void;
  chooseExplain(explain: Explain): void;
}

export interface Part {
  readonly root: HTMLElement;
  update(shown: Shown, appearance: Appearance): void;
}

/** Replaces the children only when `key` has changed, so that focus and selection inside survive. */
export function createFilling(root: Element): (key: unknown, fill: () => readonly (Node | string)[]) => void {
  let last: unknown = root;
  return (key, fill) => {
    if (key === last) return;
    last = key;
    root.replaceChildren(...fill());
  };
}
