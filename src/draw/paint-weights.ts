/** A map of weights as pixels to lay over the photo, which keeps its colours. */
import type { PictureMode } from '../core/picture.ts';
import type { Scene } from '../core/types.ts';
import { evidenceColor } from './color-map.ts';
import { weightMap, type WeightMap } from './weight-map.ts';

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

/** The scale of a picture as a CSS gradient, from nothing (or the strongest against) to the strongest. */
export function pictureGradient(mode: PictureMode): string {
  const ends = mode === 'signed' ? [-1, -0.5, 0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  // An empty map is left as it is; the strongest at the end says that this one is not.
  const pixels = paintWeights({ width: ends.length, height: 1, values: Float32Array.from(ends) }, mode);
  const stops = ends.map((_, cell) => {
    const [red, green, blue, alpha = 0] = pixels.subarray(4 * cell, 4 * cell + 4);
    return `rgb(${red} ${green} ${blue} / ${Math.round((alpha / 255) * 100)}%)`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** Paints a canvas as large as the map; whoever shows it stretches it over the photo, which softens it further. */
export function drawWeights(
  canvas: HTMLCanvasElement,
  scene: Pick<Scene, 'regions' | 'size'>,
  weights: ArrayLike<number>,
  mode: PictureMode,
): void {
  const map = weightMap(scene.regions, weights, scene.size, mode);
  canvas.width = map.width;
  canvas.height = map.height;
  canvas.getContext('2d')?.putImageData(new ImageData(paintWeights(map, mode), map.width, map.height), 0, 0);
}

/** A run of cells of one colour, in cells of the map. */
export interface PaintedRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly color: string;
  /** 0..1 */
  readonly opacity: number;
}

/** A figure has no pixels to put: alpha in so many steps, and the cells of a row that look alike in one run. */
const STEPS = 24;

/** The same picture as runs of cells, for drawings made of shapes; what is clear is left out. */
export function weightRuns(map: WeightMap, mode: PictureMode): readonly PaintedRun[] {
  const pixels = paintWeights(map, mode);
  const runs: PaintedRun[] = [];
  for (let cell = 0; cell < map.values.length; cell += 1) {
    const [red, green, blue, alpha = 0] = pixels.subarray(4 * cell, 4 * cell + 4);
    const opacity = Math.round((alpha / 255) * STEPS) / STEPS;
    if (opacity === 0) continue;
    const [x, y] = [cell % map.width, Math.floor(cell / map.width)];
    const color = mode === 'spotlight' ? '#000000' : `rgb(${red} ${green} ${blue})`;
    const last = runs.at(-1);
    if (last?.y === y && last.x + last.length === x && last.opacity === opacity) {
      runs[runs.length - 1] = { ...last, length: last.length + 1 };
    } else runs.push({ x, y, length: 1, color, opacity });
  }
  return runs;
}
