/** Attention or evidence over the boxes of a photo, painted on a canvas. */
import type { BoundingBox, ImageSize } from '../core/types.ts';
import { attentionCss, evidenceCss, inkOn, inkOnEvidence } from './color-map.ts';
import { toPixels } from './frame.ts';

/** The part of a 2D canvas context that painting needs. */
export interface Pen {
  fillStyle: CanvasRenderingContext2D['fillStyle'];
  fillRect(x: number, y: number, width: number, height: number): void;
}

/**
 * Fills every box with the colour of its weight, weakest first: a pixel shows the strongest box around it,
 * and what no box covers shows the lowest colour. `highest` is the weight that gets the lightest colour; signed
 * weights have evidence against the answer below 0.
 */
export function drawHeatmap(
  pen: Pen,
  boxes: readonly BoundingBox[],
  weights: Float32Array,
  highest: number,
  frame: ImageSize,
  isSigned = false,
): void {
  const scale = { highest, isSigned };
  pen.fillStyle = heatCss(0, scale);
  pen.fillRect(0, 0, frame.width, frame.height);
  const strength = (index: number) => Math.abs(weights[index] ?? 0);
  const ascending = boxes.map((_, index) => index).toSorted((a, b) => strength(a) - strength(b));
  for (const index of ascending) {
    const box = boxes[index];
    if (!box) continue;
    const { x, y, width, height } = toPixels(box, frame);
    pen.fillStyle = heatCss(weights[index] ?? 0, scale);
    pen.fillRect(x, y, width, height);
  }
}

/** A scale that ends at `highest`, and where weights are signed begins at its negative. */
export interface HeatScale {
  readonly highest: number;
  readonly isSigned?: boolean;
}

export function heatCss(weight: number, { highest, isSigned = false }: HeatScale): string {
  return isSigned ? evidenceCss(evidenceOf(weight, highest)) : attentionCss(shareOf(weight, highest));
}

/** Black or white, whichever can be read on `heatCss`. */
export function heatInk(weight: number, { highest, isSigned = false }: HeatScale): string {
  return isSigned ? inkOnEvidence(evidenceOf(weight, highest)) : inkOn(shareOf(weight, highest));
}

function evidenceOf(weight: number, highest: number): number {
  return Math.sign(weight) * shareOf(Math.abs(weight), highest);
}

/** Where `weight` stands on a scale that ends at `highest`, 0..1. */
export function shareOf(weight: number, highest: number): number {
  return highest > 0 ? Math.min(1, Math.max(0, weight / highest)) : 0;
}
