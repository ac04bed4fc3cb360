/** Labels beside their boxes without one covering another. */
import type { ImageSize } from '../core/types.ts';
import type { PixelRect } from './frame.ts';

export interface LabelRequest {
  readonly index: number;
  readonly box: PixelRect;
  readonly label: ImageSize;
}

export interface PlacedLabel {
  readonly index: number;
  readonly rect: PixelRect;
}

/** Distance kept between two labels, in CSS pixels. */
const GAP = 2;

/**
 * Places labels in the order given, so that the first ones win; a label that fits nowhere beside its box is
 * left out. Every placed label lies inside the frame and touches no other.
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  frame: ImageSize,
  limit: number,
): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const { index, box, label } of requests) {
    if (placed.length >= limit) break;
    const free = candidates(box, label, frame).find((rect) =>
      placed.every((other) => !overlaps(rect, other.rect)),
    );
    if (free) placed.push({ index, rect: free });
  }
  return placed;
}

/** The label of the box that is pointed at: always placed, at its best position. */
export function placeLabel({ index, box, label }: LabelRequest, frame: ImageSize): PlacedLabel {
  const [best] = candidates(box, label, frame);
  return { index, rect: best ?? { x: 0, y: 0, ...label } };
}

/** Above the box, inside its corners, below it: best first, moved into the frame. */
function candidates(box: PixelRect, label: ImageSize, frame: ImageSize): PixelRect[] {
  const right = box.x + box.width - label.width;
  const bottom = box.y + box.height;
  const corners: [x: number, y: number][] = [
    [box.x, box.y - label.height],
    [box.x, box.y],
    [right, box.y - label.height],
    [right, box.y],
    [box.x, bottom - label.height],
    [right, bottom - label.height],
    [box.x, bottom],
    [right, bottom],
  ];
  return corners.map(([x, y]) => ({
    x: clamp(x, frame.width - label.width),
    y: clamp(y, frame.height - label.height),
    width: label.width,
    height: label.height,
  }));
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(value, highest));
}

function overlaps(one: PixelRect, other: PixelRect): boolean {
  return (
    one.x < other.x + other.width + GAP &&
    other.x < one.x + one.width + GAP &&
    one.y < other.y + other.height + GAP &&
    other.y < one.y + one.height + GAP
  );
}
