/** Normalised boxes on a photo that is drawn at some size: the drawing edge, where pixels begin. */
import type { BoundingBox, ImageSize } from '../core/types.ts';

/** CSS pixels inside the drawn photo. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function toPixels(box: BoundingBox, frame: ImageSize): PixelRect {
  return {
    x: box.xmin * frame.width,
    y: box.ymin * frame.height,
    width: (box.xmax - box.xmin) * frame.width,
    height: (box.ymax - box.ymin) * frame.height,
  };
}

/**
 * Index of the smallest box around a point given in fractions of the photo, so that a cup on a table can be
 * pointed at; -1 when none is there.
 */
export function regionAt(boxes: readonly BoundingBox[], x: number, y: number): number {
  let found = -1;
  let foundArea = Infinity;
  boxes.forEach((box, index) => {
    if (x < box.xmin || x > box.xmax || y < box.ymin || y > box.ymax) return;
    const area = (box.xmax - box.xmin) * (box.ymax - box.ymin);
    if (area < foundArea) {
      found = index;
      foundArea = area;
    }
  });
  return found;
}
