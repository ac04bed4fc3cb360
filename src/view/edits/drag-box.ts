/** Boxes under a pointer or the arrow keys; everything in fractions of the photo. */
import { clipBox } from '../../core/boxes.ts';
import type { BoundingBox } from '../../core/types.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box that is smaller was a click that slipped. */
const SMALLEST_SIDE = 0.02;
const STEP = 0.01;

export function boxBetween(one: Point, other: Point): BoundingBox {
  return clipBox({
    xmin: Math.min(one.x, other.x),
    ymin: Math.min(one.y, other.y),
    xmax: Math.max(one.x, other.x),
    ymax: Math.max(one.y, other.y),
  });
}

export function isLargeEnough({ xmin, ymin, xmax, ymax }: BoundingBox): boolean {
  return xmax - xmin >= SMALLEST_SIDE && ymax - ymin >= SMALLEST_SIDE;
}

/** Keeps its size, and stays inside the photo. */
export function shiftBox({ xmin, ymin, xmax, ymax }: BoundingBox, right: number, down: number): BoundingBox {
  const dx = Math.min(1 - xmax, Math.max(-xmin, right));
  const dy = Math.min(1 - ymax, Math.max(-ymin, down));
  return { xmin: xmin + dx, ymin: ymin + dy, xmax: xmax + dx, ymax: ymax + dy };
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** Arrows move a box by a hundredth of the photo, with Shift its lower right corner; null for every other key. */
export function nudgeBox(
  box: BoundingBox,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
): BoundingBox | null {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  if (!shiftKey) return shiftBox(box, arrow.x, arrow.y);
  return clipBox({
    ...box,
    xmax: Math.max(box.xmin + SMALLEST_SIDE, box.xmax + arrow.x),
    ymax: Math.max(box.ymin + SMALLEST_SIDE, box.ymax + arrow.y),
  });
}
