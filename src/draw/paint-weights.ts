/** A map of weights as pixels to lay over the photo, which keeps its colours. */
import { evidenceColor } from './color-map.ts';
import type { WeightMap } from './weight-map.ts';

/**
 * `spotlight`: what did not matter goes dark. `heat`: one hue, the more opaque the more it mattered. `signed`: orange for
 * the answer, blue against it. `outlines`: nothing but lines around the strongest things.
 */
export const PICTURE_MODES = ['spotlight', 'heat', 'signed', 'outlines'] as const;

export type PictureMode = (typeof PICTURE_MODES)[number];

export const PICTURE_MODE_NAMES: Readonly<Record<PictureMode, string>> = {
  spotlight: 'Spotlight',
  heat: 'Heat',
  signed: 'For and against',
  outlines: 'Outlines',
};

/** Of the photo, where nothing mattered. */
const DARKEST = 0.18;
/** What mattered most can still be seen through its colour. */
const MOST_OPAQUE = 0.85;
/** The part of the scale of colours at which heat begins. */
const PALEST = 0.4;

/** RGBA, row by row, 4 bytes per cell of the map, not premultiplied. */
export function paintWeights({ values }: WeightMap, mode: PictureMode): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  if (mode === 'outlines') return pixels;
  // Where nothing in particular mattered the photo stays as it is.
  if (values.every((value) => value === 0)) return pixels;
  for (const [cell, value] of values.entries()) {
    const light = mode === 'signed' ? value : Math.max(0, value);
    if (mode === 'spotlight') {
      pixels[4 * cell + 3] = 255 * (1 - DARKEST) * (1 - light);
      continue;
    }
    // Of a colour that is hardly there nobody sees how dark it is.
    const { red, green, blue } = evidenceColor(Math.sign(light) * (PALEST + (1 - PALEST) * Math.abs(light)));
    pixels.set([red, green, blue, 255 * MOST_OPAQUE * Math.abs(light)], 4 * cell);
  }
  return pixels;
}
