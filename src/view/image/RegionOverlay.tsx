/** Boxes and labels over the photo: one tab stop; arrow keys walk through the boxes, Enter locks one. */
import { useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { ImageSize, Scene } from '../../core/types.ts';
import { regionAt, toPixels } from '../../draw/frame.ts';
import { nextPosition } from '../../session/inquiry/next-position.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { labelRegion, rankRegions, type RegionWeights } from '../../draw/rank-regions.ts';
import { arrangeLabels, LABEL_FONT } from '../../draw/label-regions.ts';
import { RegionBox } from './RegionBox.tsx';
import { regionWords } from '../../core/region-name.ts';

interface RegionOverlayProps {
  readonly scene: Scene;
  readonly frame: ImageSize;
  readonly heat: RegionWeights | null;
  readonly filter: string;
}

export function RegionOverlay({ scene, frame, heat, filter }: RegionOverlayProps) {
  const { focusOn } = useActions();
  const focus = useSessionState((state) => state.focus);
  const [chosen, setCurrent] = useState(0);
  const current = Math.min(chosen, scene.regions.length - 1);
  const id = useId();
  const shown = useMemo(() => rankRegions(scene, heat, filter), [scene, heat, filter]);
  const pointedAt = focus.kind === 'region' ? focus.index : null;

  const labels = useMemo(() => {
    const pointer = pointedAt === null ? null : labelRegion(scene, heat, pointedAt);
    return arrangeLabels(shown, pointer, frame);
  }, [scene, heat, shown, frame, pointedAt]);
  const named = new Set(labels.map(({ index }) => index));
  const plain = new Set(shown.map(({ index }) => index));
  const rankOf = (index: number) => {
    if (index === pointedAt) return 'pointed';
    if (named.has(index)) return 'named';
    return plain.has(index) ? 'plain' : 'hidden';
  };

  const pointAt = (event: MouseEvent, locked: boolean) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const index = regionAt(
      scene.regions.map(({ box }) => box),
      (event.clientX - bounds.left) / bounds.width,
      (event.clientY - bounds.top) / bounds.height,
    );
    if (index < 0) focusOn({ kind: 'none' });
    else if (locked || index !== pointedAt) focusOn({ kind: 'region', index, locked });
    if (index >= 0 && locked) setCurrent(index);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPosition(event.key, current, scene.regions.length);
    if (next !== null) {
      setCurrent(next);
      focusOn({ kind: 'region', index: next, locked: false });
    } else if (event.key === 'Enter' || event.key === ' ') {
      focusOn({ kind: 'region', index: current, locked: true });
    } else return;
    event.preventDefault();
  };

  return (
    <svg
      className="stage-regions"
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="listbox"
      tabIndex={0}
      aria-label="Regions on the photo"
      aria-activedescendant={`${id}-${current}`}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => pointAt(event, false)}
      onPointerLeave={() => focusOn({ kind: 'none' })}
      onClick={(event) => pointAt(event, true)}
      onFocus={({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) {
          focusOn({ kind: 'region', index: current, locked: false });
        }
      }}
      onBlur={() => focusOn({ kind: 'none' })}
    >
      {scene.regions.map((region, index) => (
        <RegionBox
          key={index}
          id={`${id}-${index}`}
          name={regionWords(region)}
          rect={toPixels(region.box, frame)}
          rank={rankOf(index)}
          isLocked={focus.kind === 'region' && focus.index === index && focus.locked}
        />
      ))}
      {labels.map(({ index, rect, text }) => (
        <g key={index} className="region-label" data-pointed={index === pointedAt} aria-hidden="true">
          <rect {...rect} />
          <text x={rect.x + 5} y={rect.y + 13} fontSize={LABEL_FONT.sizePx}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}
