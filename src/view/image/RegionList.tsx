/** What was found in words: one line for each name, which opens into its boxes; or every box. */
import { useState } from 'react';
import type { Scene } from '../../core/types.ts';
import type { RegionWeights } from '../../draw/rank-regions.ts';
import { useRovingFocus } from '../roving-focus.ts';
import { useSessionState } from '../session-context.ts';
import { useStateFor } from '../use-state-for.ts';
import { groupBoxes, sortBoxes, type FoundBox, type FoundThing } from './found-things.ts';
import { RegionEntry } from './RegionEntry.tsx';

interface RegionListProps {
  readonly scene: Scene;
  /** What lies over the photo. */
  readonly weights: RegionWeights | null;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

export function RegionList({ scene, weights, filter, onFilter }: RegionListProps) {
  const [isSingle, setSingle] = useState(false);
  const [opened, setOpened] = useStateFor<string | null>(scene, null);
  /** A box that was chosen elsewhere shows itself among its like. */
  const locked = useSessionState(({ focus }) =>
    focus.kind === 'region' && focus.locked ? focus.index : null,
  );
  const boxes = sortBoxes(scene, weights, filter);
  const things: readonly FoundThing[] = isSingle
    ? boxes.map((box) => ({ label: box.region.label, boxes: [box] }))
    : groupBoxes(boxes);
  const isOpened = ({ label, boxes: group }: FoundThing): boolean =>
    group.length > 1 && (label === opened || group.some(({ index }) => index === locked));
  const boxesOf = (thing: FoundThing): readonly FoundBox[] => (isOpened(thing) ? thing.boxes : []);
  const lines = things.flatMap<FoundThing | FoundBox>((thing) =>
    [thing as FoundThing | FoundBox].concat(boxesOf(thing)),
  );
  const roving = useRovingFocus(lines.length);

  return (
    <section id="found" className="regions" aria-labelledby="regions-title">
      <header className="section-head">
        <h2 id="regions-title">What it found</h2>
        <label className="field inline">
          <span>Filter</span>
          <input
            type="search"
            value={filter}
            placeholder="cup, red…"
            onChange={(event) => onFilter(event.target.value)}
          />
        </label>
        <label className="check">
          <input type="checkbox" checked={isSingle} onChange={(event) => setSingle(event.target.checked)} />
          <span>Every box</span>
        </label>
        <p className="count" aria-live="polite">
          {boxes.length} of {scene.regions.length}
        </p>
      </header>
      <ul className="region-list" {...roving.group}>
        {lines.map((line, position) => {
          if (!('label' in line)) {
            return (
              <li key={line.index} className="region-member">
                <RegionEntry box={line} weights={weights} roving={roving.item(position)} />
              </li>
            );
          }
          const [first] = line.boxes;
          if (line.boxes.length === 1) {
            return (
              <li key={first.index}>
                <RegionEntry box={first} weights={weights} roving={roving.item(position)} />
              </li>
            );
          }
          const isOpen = isOpened(line);
          return (
            <li key={line.label}>
              <button
                type="button"
                className="region-entry"
                aria-expanded={isOpen}
                {...roving.item(position)}
                onClick={() => setOpened(isOpen ? null : line.label)}
              >
                <span className="region-number" aria-hidden="true">
                  {isOpen ? '▾' : '▸'}
                </span>
                <span className="region-words">
                  <span className="region-label-word">{line.label}</span>{' '}
                  <span className="region-attributes">
                    ×{line.boxes.length}
                    <span className="visually-hidden"> boxes</span>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {boxes.length === 0 && <p className="aside">Nothing it found matches “{filter}”.</p>}
    </section>
  );
}
