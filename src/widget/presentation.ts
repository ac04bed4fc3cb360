/** The element's inside: its parts in their order, under one style sheet that a page's CSP cannot forbid. */
import { make } from './make-node.ts';
import { createAnswerPart } from './parts/answer-part.ts';
import { createExplainPart } from './parts/explain-part.ts';
import type { Appearance, Visitor } from './parts/part.ts';
import { createPhotoPart } from './parts/photo-part.ts';
import { createQuestionPart } from './parts/question-part.ts';
import { createStatusPart } from './parts/status-part.ts';
import { createWordsPart } from './parts/words-part.ts';
import type { Shown } from './show.ts';
import { takePhotos } from './take-photos.ts';
import css from './styles/index.css?inline';

export interface Presentation {
  update(shown: Shown, appearance: Appearance): void;
}

/** One for all elements of the page. */
let sheet: CSSStyleSheet | null = null;

export function createPresentation(root: ShadowRoot, visitor: Visitor): Presentation {
  const photo = createPhotoPart(visitor);
  const beside = [createQuestionPart(visitor), createStatusPart(visitor), createAnswerPart()];
  const workings = [createWordsPart(), createExplainPart(visitor)];
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
  const card = make(
    'div',
    { part: 'card', class: 'card' },
    photo.root,
    make('div', { class: 'beside' }, ...beside.map((part) => part.root)),
    make('div', { class: 'workings' }, ...workings.map((part) => part.root)),
  );
  const widths = make('div', { class: 'widths', 'aria-hidden': 'true' });
  widths.append(...Array.from({ length: 5 }, () => make('span')));
  root.append(widths, make('div', { class: 'container' }, card));
  let last: Shown | null = null;
  let isOpen = false;
  takePhotos(card, {
    isOpen: () => isOpen,
    take: (given) => visitor.openPhoto(given),
    takeAddress: (address) => visitor.openAddress(address),
    refuse: (error) => visitor.refuse(error),
  });
  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') last?.session?.releaseFocus();
  });
  return {
    update(shown, appearance) {
      last = shown;
      isOpen = appearance.takesPhotos;
      // What is pasted goes to what has the focus: a press anywhere on the element shall count.
      if (isOpen) card.tabIndex = -1;
      else card.removeAttribute('tabindex');
      for (const part of [photo, ...beside, ...workings]) part.update(shown, appearance);
    },
  };
}
