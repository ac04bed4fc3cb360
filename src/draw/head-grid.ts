/** All heads of one module as a grid of coloured cells: a row for each layer, first the mean of its heads. */
import type { ImageSize } from '../core/types.ts';
import { attentionCss, inkOn } from './color-map.ts';
import { shareOf, type Pen } from './heatmap.ts';
import type { PixelRect } from './frame.ts';

/** A pen that also writes and draws lines. */
export interface GridPen extends Pen {
  strokeStyle: CanvasRenderingContext2D['strokeStyle'];
  lineWidth: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  fillText(text: string, x: number, y: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  stroke(): void;
}

/** Where the cells of one module lie, in CSS pixels. Columns: 0 is the mean, then the heads. */
export interface HeadGrid {
  readonly rows: number;
  readonly columns: number;
  readonly cell: ImageSize;
  /** Between the mean and the first head. */
  readonly gap: number;
}

export interface HeadCell {
  readonly row: number;
  readonly column: number;
}

const WIDEST_CELL = 44;
const TALLEST_CELL = 26;
const LOWEST_CELL = 16;
const GAP = 6;
const SEAM = 1;
/** Narrower cells hold no number. */
const NUMBERED_CELL = 26;

/** As wide as `width` allows, within reason; a cell is at least 16 pixels high and never higher than wide. */
export function layOutHeads(layers: number, heads: number, width: number): HeadGrid {
  const columns = heads + 1;
  const cellWidth = Math.max(0, Math.min(WIDEST_CELL, (width - GAP) / columns));
  const cellHeight = Math.max(LOWEST_CELL, Math.min(TALLEST_CELL, cellWidth));
  return { rows: layers, columns, cell: { width: cellWidth, height: cellHeight }, gap: GAP };
}

export function gridSize({ rows, columns, cell, gap }: HeadGrid): ImageSize {
  return { width: columns * cell.width + gap, height: rows * cell.height };
}

export function headRect({ cell, gap }: HeadGrid, { row, column }: HeadCell): PixelRect {
  return { x: column * cell.width + (column > 0 ? gap : 0), y: row * cell.height, ...cell };
}

/** The cell under a point of the grid; null outside and in the gap. */
export function headAt(grid: HeadGrid, x: number, y: number): HeadCell | null {
  const { cell, gap, rows, columns } = grid;
  const row = Math.floor(y / cell.height);
  const column =
    x < cell.width ? Math.floor(x / cell.width) : 1 + Math.floor((x - cell.width - gap) / cell.width);
  const isInGap = x >= cell.width && x < cell.width + gap;
  const isInside = row >= 0 && row < rows && column >= 0 && column < columns && !isInGap;
  return isInside ? { row, column } : null;
}

export interface HeadGridPaint {
  /** One row for each layer: the mean, then the heads, 0..1; null where there is nothing to show. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly lowest: number;
  readonly highest: number;
  /** Rows that are struck through because nothing in them reaches the answer. */
  readonly isDead: (row: number) => boolean;
}

/** Paints every cell; wide ones hold their value in whole percent. */
export function drawHeadGrid(pen: GridPen, grid: HeadGrid, paint: HeadGridPaint): void {
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = `${Math.min(12, grid.cell.height * 0.5)}px "Helvetica Neue", "Segoe UI", "Liberation Sans", Arial, sans-serif`;
  for (const [row, values] of paint.values.entries()) {
    for (const [column, value] of values.entries()) {
      if (value === null) continue;
      const { x, y, width, height } = headRect(grid, { row, column });
      const share = shareOf(value - paint.lowest, paint.highest - paint.lowest);
      pen.fillStyle = attentionCss(share);
      pen.fillRect(x, y, width - SEAM, height - SEAM);
      const ink = inkOn(share);
      if (paint.isDead(row)) strikeThrough(pen, { x, y, width, height }, ink);
      else if (width >= NUMBERED_CELL) {
        pen.fillStyle = ink;
        pen.fillText(String(Math.round(value * 100)), x + width / 2, y + height / 2 + 0.5);
      }
    }
  }
}

function strikeThrough(pen: GridPen, { x, y, width, height }: PixelRect, ink: string): void {
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x + 3, y + height - SEAM - 3);
  pen.lineTo(x + width - SEAM - 3, y + 3);
  pen.stroke();
}
