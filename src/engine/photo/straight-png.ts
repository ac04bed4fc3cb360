/**
 * Pixels of a PNG with an alpha channel, to the last digit: a browser's canvas keeps colours multiplied by their alpha and
 * gives them back up to a level off, each engine in its own way.
 */
import type { Pixels } from '../../core/types.ts';
import type { AlphaRows } from './formats/image-facts.ts';
import { inflate } from './inflate.ts';

/** Puts the straight RGBA of the rows in the place of what a canvas gave; leaves it where they are not all there. */
export async function straighten({ parts, channels }: AlphaRows, pixels: Pixels): Promise<void> {
  const { width, height, data } = pixels;
  const rowBytes = width * channels;
  const packed = new Uint8Array(await new Blob(parts.map((part) => new Uint8Array(part))).arrayBuffer());
  const rows = await inflate(packed, height * (1 + rowBytes));
  if (rows.length < height * (1 + rowBytes)) return;
  unfilter(rows, rowBytes, channels);
  for (let row = 0, pixel = 0; row < height; row += 1) {
    const start = 1 + row * (1 + rowBytes);
    for (let at = start; at < start + rowBytes; at += channels, pixel += 4) {
      const isGray = channels === 2;
      data[pixel] = rows[at]!;
      data[pixel + 1] = rows[isGray ? at : at + 1]!;
      data[pixel + 2] = rows[isGray ? at : at + 2]!;
      data[pixel + 3] = rows[at + channels - 1]!;
    }
  }
}

/** In place; a byte before each row names its filter (PNG specification, 9.2). */
function unfilter(rows: Uint8Array, rowBytes: number, channels: number): void {
  const step = 1 + rowBytes;
  for (let row = 0; row < rows.length; row += step) {
    const filter = rows[row];
    for (let at = row + 1; at < row + step; at += 1) {
      const left = at > row + channels ? rows[at - channels]! : 0;
      const above = row > 0 ? rows[at - step]! : 0;
      if (filter === 1) rows[at]! += left;
      else if (filter === 2) rows[at]! += above;
      else if (filter === 3) rows[at]! += (left + above) >> 1;
      else if (filter === 4) {
        const corner = row > 0 && at > row + channels ? rows[at - channels - step]! : 0;
        rows[at]! += nearest(left, above, corner);
      }
    }
  }
}

/** Paeth's predictor. */
function nearest(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
