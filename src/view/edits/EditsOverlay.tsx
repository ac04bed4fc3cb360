/**
 * The boxes of the changed run over the photo: a click switches one off or on, a drag draws or moves one. By keyboard:
 * arrows walk, Enter switches, Delete deletes; while moving, arrows move the box and Shift resizes it.
 */
import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { BoundingBox, ImageSize } from '../../core/types.ts';
import { regionAt, toPixels } from '../../draw/frame.ts';
import { deleteBox, moveBox, toggleRegion, addBox } from '../../session/inquiry/edits.ts';
import type { EditedRegion } from '../../session/inquiry/select-edits.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { nextPosition } from '../../session/inquiry/next-position.ts';
import { boxBetween, isLargeEnough, nudgeBox, shiftBox, type Point } from './drag-box.ts';
import type { SurgeryView } from './use-edits.ts';

interface SurgeryOverlayProps {
  readonly exchange: Exchange;
  readonly regions: readonly EditedRegion[];
  readonly view: SurgeryView;
}

interface Drag {
  readonly from: Point;
  readonly to: Point;
  /** The box that moves; null while one is drawn. */
  readonly index: number | null;
}

export function SurgeryOverlay({ exchange, regions, view }: SurgeryOverlayProps) {
  const { edit } = useLabActions();
  const edits = useLab((lab) => lab.edits);
  const [drag, setDrag] = useState<Drag | null>(null);
  const id = useId();
  const { mode, selected, select } = view;
  const { scene } = exchange;
  const frame = scene.size;
  const dragged = drag && draggedBox(drag, regions);

  const begin = (event: PointerEvent) => {
    const point = pointOf(event);
    const index = regionAt(
      regions.map(({ box }) => box),
      point.x,
      point.y,
    );
    if (mode === 'switch') {
      if (index < 0) return;
      select(index);
      void edit(toggleRegion(edits, index));
      return;
    }
    if (mode === 'move' && index < 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (mode === 'move') select(index);
    setDrag({ from: point, to: point, index: mode === 'move' ? index : null });
  };

  const end = () => {
    setDrag(null);
    if (!drag || !dragged || !isLargeEnough(dragged)) return;
    if (drag.index === null) {
      select(regions.length);
      void edit(addBox(edits, scene, dragged));
    } else if (drag.from.x !== drag.to.x || drag.from.y !== drag.to.y) {
      void edit(moveBox(edits, scene, drag.index, dragged));
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const region = regions[selected];
    const nudged = mode === 'move' && region ? nudgeBox(region.box, event) : null;
    const next = nextPosition(event.key, selected, regions.length);
    if (nudged) void edit(moveBox(edits, scene, selected, nudged));
    else if (next !== null) select(next);
    else if (event.key === 'Enter' || event.key === ' ') void edit(toggleRegion(edits, selected));
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      void edit(deleteBox(edits, scene, selected));
    } else return;
    event.preventDefault();
  };

  return (
    <svg
      className="stage-regions surgery-stage"
      data-mode={mode}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="listbox"
      aria-multiselectable="true"
      tabIndex={0}
      aria-label="Regions to switch off, draw or move"
      aria-activedescendant={`${id}-${selected}`}
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: pointOf(event) })}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      {regions.map((region, index) => (
        <g
          key={index}
          id={`${id}-${index}`}
          role="option"
          aria-selected={!region.isHidden}
          aria-label={`${region.name}, ${region.isHidden ? 'off' : 'on'}`}
          className="surgery-box"
          data-hidden={region.isHidden}
          data-own={region.isOwn}
          data-selected={index === selected}
        >
          <rect className="region-shade" {...toPixels(region.box, frame)} />
          <rect className="region-line" {...toPixels(region.box, frame)} />
          {region.isHidden && <path className="surgery-cross" d={crossPath(region.box, frame)} />}
        </g>
      ))}
      {dragged && <rect className="surgery-drag" {...toPixels(dragged, frame)} />}
    </svg>
  );
}

function pointOf(event: PointerEvent): Point {
  const bounds = event.currentTarget.getBoundingClientRect();
  return {
    x: Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width)),
    y: Math.min(1, Math.max(0, (event.clientY - bounds.top) / bounds.height)),
  };
}

function draggedBox({ from, to, index }: Drag, regions: readonly EditedRegion[]): BoundingBox | null {
  if (index === null) return boxBetween(from, to);
  const region = regions[index];
  return region ? shiftBox(region.box, to.x - from.x, to.y - from.y) : null;
}

function crossPath(box: BoundingBox, frame: ImageSize): string {
  const { x, y, width, height } = toPixels(box, frame);
  return `M${x} ${y}l${width} ${height}M${x + width} ${y}l${-width} ${height}`;
}
