/** One tab stop for a group of buttons; arrow keys, Home and End move inside it. */
import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import { nextPosition } from '../session/inquiry/next-position.ts';

export interface RovingFocus {
  /** Spread on the element around the items. */
  readonly group: {
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
    onFocus(event: FocusEvent<HTMLElement>): void;
  };
  /** Spread on the item at `position` among the `count` items that are there now. */
  item(position: number): { tabIndex: 0 | -1; 'data-roving': number };
}

/** @param start the item that is the tab stop before any has had the focus */
export function useRovingFocus(count: number, start = 0): RovingFocus {
  const [current, setCurrent] = useState(Math.max(0, start));
  const stop = Math.min(current, Math.max(0, count - 1));
  return {
    group: {
      onKeyDown(event) {
        // Other controls in the group keep their own keys.
        const isItem = event.target instanceof HTMLElement && event.target.dataset['roving'] !== undefined;
        const next = isItem ? nextPosition(event.key, stop, count) : null;
        if (next === null) return;
        event.preventDefault();
        setCurrent(next);
        event.currentTarget.querySelector<HTMLElement>(`[data-roving="${next}"]`)?.focus();
      },
      onFocus(event) {
        const position = event.target.dataset['roving'];
        if (position !== undefined) setCurrent(Number(position));
      },
    },
    item: (position) => ({ tabIndex: position === stop ? 0 : -1, 'data-roving': position }),
  };
}
