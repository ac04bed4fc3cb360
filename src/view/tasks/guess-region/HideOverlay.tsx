/** Boxes to hide on the photo: a click hides one or shows it again; by keyboard arrows walk and Enter hides. */
import { useId, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { regionWords } from '../../../core/region-name.ts';
import type { Scene } from '../../../core/types.ts';
import { regionAt, toPixels } from '../../../draw/frame.ts';
import { nextPosition } from '../../../session/inquiry/next-position.ts';

interface HideOverlayProps {
  readonly scene: Scene;
  readonly hidden: readonly number[];
  readonly onToggle: (region: number) => void;
}

export function HideOverlay({ scene, hidden, onToggle }: HideOverlayProps) {
  const [current, setCurrent] = useState(0);
  const [pointedAt, setPointedAt] = useState(-1);
  const id = useId();
  const { regions, size } = scene;
  const at = (event: MouseEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return regionAt(
      regions.map(({ box }) => box),
      (event.clientX - bounds.left) / bounds.width,
      (event.clientY - bounds.top) / bounds.height,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPosition(event.key, current, regions.length);
    if (next !== null) {
      setCurrent(next);
      setPointedAt(next);
    } else if (event.key === 'Enter' || event.key === ' ') onToggle(current);
    else return;
    event.preventDefault();
  };
  return (
    <svg
      className="stage-regions hide-stage"
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      role="listbox"
      aria-multiselectable="true"
      tabIndex={0}
      aria-label="Regions to hide"
      aria-activedescendant={`${id}-${current}`}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => setPointedAt(at(event))}
      onPointerLeave={() => setPointedAt(-1)}
      onClick={(event) => {
        const region = at(event);
        if (region < 0) return;
        setCurrent(region);
        onToggle(region);
      }}
      onBlur={() => setPointedAt(-1)}
    >
      {regions.map((region, index) => (
        <g
          key={index}
          id={`${id}-${index}`}
          role="option"
          aria-selected={hidden.includes(index)}
          aria-label={`${regionWords(region)}, ${hidden.includes(index) ? 'hidden' : 'shown'}`}
          className="hide-box"
          data-hidden={hidden.includes(index)}
          data-pointed={index === pointedAt}
        >
          <rect className="region-shade" {...toPixels(region.box, size)} />
          <rect className="region-line" {...toPixels(region.box, size)} />
        </g>
      ))}
    </svg>
  );
}
