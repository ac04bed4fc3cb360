/** A whole attention matrix as a grid of coloured cells, one row per query. */
import type { ImageSize } from '../core/types.ts';
import { attentionCss } from './color-map.ts';
import { shareOf, type Pen } from './heatmap.ts';

export function drawMatrix(
  pen: Pen,
  weights: { readonly dims: readonly [number, number]; readonly data: Float32Array },
  highest: number,
  frame: ImageSize,
): void {
  const [rows, columns] = weights.dims;
  const cellWidth = frame.width / columns;
  const cellHeight = frame.height / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      pen.fillStyle = attentionCss(shareOf(weights.data[row * columns + column] ?? 0, highest));
      // One pixel more than the cell, so that no seam shows between cells of fractional size.
      pen.fillRect(column * cellWidth, row * cellHeight, cellWidth + 1, cellHeight + 1);
    }
  }
}

/** The cell under a point of the frame, or null outside. */
export function cellAt(
  dims: readonly [number, number],
  frame: ImageSize,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | null {
  const row = Math.floor((y / frame.height) * dims[0]);
  const column = Math.floor((x / frame.width) * dims[1]);
  const inside = row >= 0 && row < dims[0] && column >= 0 && column < dims[1];
  return inside ? { row, column } : null;
}
