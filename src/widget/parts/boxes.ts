/** Boxes and labels over the photo: one tab stop; arrow keys walk through the boxes, Enter holds one fast. */
import { regionWords } from '../../core/region-name.ts';
import type { ImageSize, Scene } from '../../core/types.ts';
import { regionAt, toPixels } from '../../draw/frame.ts';
import { arrangeLabels, LABEL_FONT } from '../../draw/label-regions.ts';
import { labelRegion, rankRegions, type RegionWeights } from '../../draw/rank-regions.ts';
import { nextPosition } from '../../session/inquiry/next-position.ts';
import type { Focus } from '../../session/work/state.ts';
import { makeSvg } from '../make-node.ts';
import type { Shown } from '../show.ts';

export interface Boxes {
  readonly root: SVGSVGElement;
  update(shown: Shown, heat: RegionWeights | null, frame: ImageSize): void;
}

export function createBoxes(): Boxes {
  const root = makeSvg('svg', {
    class: 'boxes',
    part: 'regions',
    role: 'listbox',
    tabindex: '0',
    'aria-label': 'Regions on the photo',
  });
  let last: Shown | null = null;
  let current = 0;

  const focusOn = (focus: Focus) => last?.session?.focusOn(focus);
  const pointAt = (event: MouseEvent, locked: boolean) => {
    const bounds = root.getBoundingClientRect();
    const index = regionAt(
      (last?.scene?.regions ?? []).map(({ box }) => box),
      (event.clientX - bounds.left) / bounds.width,
      (event.clientY - bounds.top) / bounds.height,
    );
    if (index >= 0 && locked) current = index;
    focusOn(index < 0 ? { kind: 'none' } : { kind: 'region', index, locked });
  };
  root.addEventListener('pointermove', (event) => pointAt(event, false));
  root.addEventListener('pointerleave', () => focusOn({ kind: 'none' }));
  root.addEventListener('click', (event) => pointAt(event, true));
  root.addEventListener('blur', () => focusOn({ kind: 'none' }));
  root.addEventListener('focus', () => {
    if (root.matches(':focus-visible')) focusOn({ kind: 'region', index: current, locked: false });
  });
  root.addEventListener('keydown', (event) => {
    const next = nextPosition(event.key, current, last?.scene?.regions.length ?? 0);
    if (next !== null) {
      current = next;
      focusOn({ kind: 'region', index: next, locked: false });
    } else if (event.key === 'Enter' || event.key === ' ') {
      focusOn({ kind: 'region', index: current, locked: true });
    } else return;
    event.preventDefault();
  });

  return {
    root,
    update(shown, heat, frame) {
      last = shown;
      const { scene, state } = shown;
      const isShown = scene !== null && scene.regions.length > 0 && frame.width > 0;
      root.toggleAttribute('hidden', !isShown);
      if (!isShown) return root.replaceChildren();
      current = Math.min(current, scene.regions.length - 1);
      root.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
      root.setAttribute('aria-activedescendant', `region-${current}`);
      root.replaceChildren(...draw(scene, heat, frame, state?.focus ?? { kind: 'none' }));
    },
  };
}

function draw(scene: Scene, heat: RegionWeights | null, frame: ImageSize, focus: Focus): SVGElement[] {
  const pointedAt = focus.kind === 'region' ? focus.index : -1;
  const ranked = rankRegions(scene, heat, '');
  const labels = arrangeLabels(ranked, labelRegion(scene, heat, pointedAt), frame);
  const named = new Set(labels.map(({ index }) => index));
  const plain = new Set(ranked.map(({ index }) => index));
  const boxes = scene.regions.map((region, index) => {
    const { x, y, width, height } = toPixels(region.box, frame);
    const place = { x: String(x), y: String(y), width: String(width), height: String(height) };
    const isPointed = index === pointedAt;
    const rank = isPointed ? 'pointed' : named.has(index) ? 'named' : plain.has(index) ? 'plain' : 'hidden';
    const isHeld = isPointed && focus.kind === 'region' && focus.locked;
    return makeSvg(
      'g',
      {
        class: 'box',
        'data-rank': rank,
        id: `region-${index}`,
        role: 'option',
        'aria-label': regionWords(region),
        'aria-selected': String(isHeld),
      },
      makeSvg('rect', { class: 'shade', ...place }),
      makeSvg('rect', { class: 'line', ...place }),
    );
  });
  const words = labels.map(({ rect, text }) => {
    const ground = makeSvg('rect', {
      x: String(rect.x),
      y: String(rect.y),
      width: String(rect.width),
      height: String(rect.height),
    });
    const ink = makeSvg(
      'text',
      { x: String(rect.x + 5), y: String(rect.y + 13), 'font-size': String(LABEL_FONT.sizePx) },
      text,
    );
    return makeSvg('g', { class: 'box-label', 'aria-hidden': 'true' }, ground, ink);
  });
  return [...boxes, ...words];
}
