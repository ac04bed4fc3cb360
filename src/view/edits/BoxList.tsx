/** The boxes in words: each can be switched off, moved by coordinates, or deleted. */
import { useState } from 'react';
import type { BoundingBox } from '../../core/types.ts';
import { clipBox } from '../../core/boxes.ts';
import { addBox, deleteBox, moveBox, toggleRegion } from '../../session/inquiry/edits.ts';
import type { EditedRegion } from '../../session/inquiry/select-edits.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { Segments } from '../Segments.tsx';
import { isLargeEnough } from './drag-box.ts';
import type { SurgeryMode, SurgeryView } from './use-edits.ts';

const MODES: readonly { readonly value: SurgeryMode; readonly name: string }[] = [
  { value: 'switch', name: 'Switch off' },
  { value: 'draw', name: 'Draw' },
  { value: 'move', name: 'Move' },
];

const HINTS: Readonly<Record<SurgeryMode, string>> = {
  switch: 'Click boxes on the photo or below.',
  draw: 'Drag on the photo, or give its place in numbers below.',
  move: 'Drag a box on the photo, or use the arrow keys; Shift resizes.',
};

interface BoxListProps {
  readonly exchange: Exchange;
  readonly regions: readonly EditedRegion[];
  readonly view: SurgeryView;
}

export function BoxList({ exchange, regions, view }: BoxListProps) {
  const { edit } = useLabActions();
  const edits = useLab((lab) => lab.edits);
  const { mode, setMode, selected, select } = view;
  const chosen = regions[selected];
  const { scene } = exchange;
  return (
    <section className="box-list" aria-labelledby="boxes-title">
      <header className="tool-head">
        <h3 id="boxes-title">Boxes</h3>
        <Segments legend="On the photo" options={MODES} chosen={mode} onChoose={setMode} />
        <span className="aside">{HINTS[mode]}</span>
      </header>
      <ul className="switches" aria-label="Boxes that are on">
        {regions.map((region, index) => (
          <li key={index}>
            <button
              type="button"
              className="switch"
              aria-pressed={!region.isHidden}
              data-selected={index === selected}
              onFocus={() => select(index)}
              onClick={() => void edit(toggleRegion(edits, index))}
            >
              {index + 1} {region.name}
            </button>
          </li>
        ))}
      </ul>
      {chosen && (
        <details className="box-place">
          <summary>
            Box {selected + 1} in numbers: {chosen.name}
          </summary>
          <PlaceForm
            key={`${selected} ${JSON.stringify(chosen.box)}`}
            box={chosen.box}
            onMove={(box) => void edit(moveBox(edits, scene, selected, box))}
            onAdd={(box) => {
              select(regions.length);
              void edit(addBox(edits, scene, box));
            }}
            onDelete={regions.length > 1 ? () => void edit(deleteBox(edits, scene, selected)) : null}
          />
        </details>
      )}
    </section>
  );
}

const SIDES = [
  { side: 'xmin', name: 'left' },
  { side: 'ymin', name: 'top' },
  { side: 'xmax', name: 'right' },
  { side: 'ymax', name: 'bottom' },
] as const satisfies readonly { readonly side: keyof BoundingBox; readonly name: string }[];

interface PlaceFormProps {
  readonly box: BoundingBox;
  readonly onMove: (box: BoundingBox) => void;
  readonly onAdd: (box: BoundingBox) => void;
  /** Null when the box is the last one. */
  readonly onDelete: (() => void) | null;
}

function PlaceForm({ box, onMove, onAdd, onDelete }: PlaceFormProps) {
  const [draft, setDraft] = useState(box);
  const placed = clipBox(draft);
  const isValid = isLargeEnough(placed);
  return (
    <form
      className="place-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onMove(placed);
      }}
    >
      {SIDES.map(({ side, name }) => (
        <label key={side} className="field">
          <span>{name}, %</span>
          <input
            type="number"
            min={0}
            max={100}
            step={0.1}
            value={Math.round(draft[side] * 1000) / 10}
            onChange={({ target }) => setDraft({ ...draft, [side]: target.valueAsNumber / 100 || 0 })}
          />
        </label>
      ))}
      <div className="button-row">
        <button type="submit" className="button" disabled={!isValid}>
          Move here
        </button>
        <button type="button" className="button" disabled={!isValid} onClick={() => onAdd(placed)}>
          Add a box here
        </button>
        <button type="button" className="button" disabled={!onDelete} onClick={() => onDelete?.()}>
          Delete the box
        </button>
      </div>
      {!isValid && <p className="warning">A box needs 2 % of the photo’s width and height at least.</p>}
    </form>
  );
}
