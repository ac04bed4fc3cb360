/** One tab stop for a group of buttons; arrow keys, Home and End move inside it. */
import { useState, type FocusEvent, type KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

export interface RovingFocus {
  /** Spread on the element around the items. */
  readonly group: {
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
    onFocus(event: FocusEvent<HTMLElement>): void;
  };
  /** Spread on the item at `position` among the `count` items that are there now. */
  item(position: number): { tabIndex: 0 | -1; 'data-roving': number };
}

export function useRovingFocus(count: number): RovingFocus {
  const [current, setCurrent] = useState(0);
  const stop = Math.min(current, Math.max(0, count - 1));
  return {
    group: {
      onKeyDown(event) {
        const next = nextPosition(event.key, stop, count);
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

/** Where a key leads from `position`; null when it is not a key that moves. */
export function nextPosition(key: string, position: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  return step === undefined ? null : (position + step + count) % count;
}
