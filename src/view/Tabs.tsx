/** A row of tabs and the panel of the chosen one; arrow keys move along the row, Enter chooses. */
import { Suspense, useId, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useRovingFocus } from './roving-focus.ts';

interface TabsProps<Key extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly key: Key; readonly name: string }[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  /** Where the panel stands; null for right below the tabs. */
  readonly place: HTMLElement | null;
  /** The panel of the chosen tab; may still have to be loaded. */
  readonly children: ReactNode;
}

export function Tabs<Key extends string>({ label, tabs, chosen, onChoose, place, children }: TabsProps<Key>) {
  const id = useId();
  const roving = useRovingFocus(
    tabs.length,
    tabs.findIndex(({ key }) => key === chosen),
  );
  const panel = (
    <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
      <Suspense fallback={<p className="aside">Opening…</p>}>{children}</Suspense>
    </div>
  );
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tab-row" {...roving.group}>
        {tabs.map(({ key, name }, position) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            className="tab"
            data-tool={key}
            aria-selected={key === chosen}
            aria-controls={`${id}-panel`}
            {...roving.item(position)}
            onClick={() => onChoose(key)}
          >
            {name}
          </button>
        ))}
      </div>
      {place ? createPortal(panel, place) : panel}
    </div>
  );
}
