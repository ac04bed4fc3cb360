/** Stored pixels to upright ones. */
import type { Pixels } from '../../core/types.ts';
import type { Orientation } from './formats/image-facts.ts';

/** Where an upright pixel is stored, by EXIF's number; `right` and `bottom` are the last column and row as stored. */
const STORED_PLACE: Readonly<
  Record<Orientation, (x: number, y: number, right: number, bottom: number) => [column: number, row: number]>
> = {
  1: (x, y) => [x, y],
  2: (x, y, right) => [right - x, y],
  3: (x, y, right, bottom) => [right - x, bottom - y],
  4: (x, y, _right, bottom) => [x, bottom - y],
  5: (x, y) => [y, x],
  6: (x, y, _right, bottom) => [y, bottom - x],
  7: (x, y, right, bottom) => [right - y, bottom - x],
  8: (x, y, right) => [right - y, x],
};

export function turnPixels(stored: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return stored;
  const isOnItsSide = orientation >= 5;
  const [width, height] = isOnItsSide ? [stored.height, stored.width] : [stored.width, stored.height];
  const placeOf = STORED_PLACE[orientation];
  const { buffer, byteOffset, length } = stored.data;
  const from = new Uint32Array(buffer, byteOffset, length / 4);
  const data = new Uint8ClampedArray(length);
  const to = new Uint32Array(data.buffer);
  const at = (x: number, y: number): number => {
    const [column, row] = placeOf(x, y, stored.width - 1, stored.height - 1);
    return row * stored.width + column;
  };
  // Every row is a straight line through the stored picture.
  const step = width > 1 ? at(1, 0) - at(0, 0) : 0;
  for (let y = 0; y < height; y += 1) {
    let source = at(0, y);
    for (let x = 0; x < width; x += 1) {
      to[y * width + x] = from[source]!;
      source += step;
    }
  }
  return { width, height, data };
}
