/** Attention over the boxes of a photo, painted on a canvas. */
import type { BoundingBox, ImageSize } from '../core/types.ts';
import { attentionCss } from './color-map.ts';
import { toPixels } from './frame.ts';

/** The part of a 2D canvas context that painting needs. */
export interface Pen {
  fillStyle: CanvasRenderingContext2D['fillStyle'];
  fillRect(x: number, y: number, width: number, height: number): void;
}

/**
 * Fills every box with the colour of its weight, weakest first: a pixel shows the strongest box around it,
 * and what no box covers shows the lowest colour. `highest` is the weight that gets the lightest colour.
 */
export function drawHeatmap(
  pen: Pen,
  boxes: readonly BoundingBox[],
  weights: Float32Array,
  highest: number,
  frame: ImageSize,
): void {
  pen.fillStyle = attentionCss(0);
  pen.fillRect(0, 0, frame.width, frame.height);
  const ascending = boxes.map((_, index) => index).toSorted((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0));
  for (const index of ascending) {
    const box = boxes[index];
    if (!box) continue;
    const { x, y, width, height } = toPixels(box, frame);
    pen.fillStyle = attentionCss(shareOf(weights[index] ?? 0, highest));
    pen.fillRect(x, y, width, height);
  }
}

/** Where `weight` stands on a scale that ends at `highest`, 0..1. */
export function shareOf(weight: number, highest: number): number {
  return highest > 0 ? Math.min(1, Math.max(0, weight / highest)) : 0;
}
