/** Weights of boxes as light on the photo: what the page, the element and the figures paint, and `npm run pointing` measures. */
import { boxArea } from '../core/boxes.ts';
import { LEAST_SHARE, weighThings } from '../core/things.ts';
import type { PictureMode } from '../core/picture.ts';
import type { BoundingBox, ImageSize, Region } from '../core/types.ts';

/** Light by pixel of a coarse grid over the photo, row by row: -1..1, of which what is below 0 speaks against. */
export interface WeightMap extends ImageSize {
  readonly values: Float32Array;
}

/** Cells along the longer side: edges are soft, and a browser smooths what it enlarges. */
const LONGER_SIDE = 128;
/** Of the shorter side of a box: as far in from its edge light grows. */
const SOFT_EDGE = 1 / 3;
/** Of the brightest: a haze below it would only veil the photo. */
const HAZE = 0.1;
/** The share of one thing from which it is painted at full strength. */
export const FULL_SHARE = 0.3;

export function gridOf({ width, height }: ImageSize, longerSide = LONGER_SIDE): ImageSize {
  const scale = longerSide / Math.max(width, height, 1);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Every box adds its weight, divided by the square root of its area, so that a box around everything is no lamp over
 * everything; where boxes agree, light adds up. Strength is on one scale for all answers: the strongest thing's share.
 * A picture that shows only what speaks for the answer is as bright as the strongest of that, whatever speaks against.
 * @param photo decides the shape of the grid
 * @returns all 0 where no thing that the picture shows has a share worth one
 */
export function weightMap(
  regions: readonly Pick<Region, 'label' | 'box'>[],
  weights: ArrayLike<number>,
  photo: ImageSize,
  mode: PictureMode,
  longerSide?: number,
): WeightMap {
  const shown = (value: number) => (mode === 'signed' ? Math.abs(value) : value);
  const grid = gridOf(photo, longerSide);
  const values = new Float32Array(grid.width * grid.height);
  const share = Math.max(0, ...weighThings(regions, weights).map((thing) => shown(thing.share)));
  if (share < LEAST_SHARE) return { ...grid, values };
  for (const [index, { box }] of regions.entries()) {
    const weight = weights[index] ?? 0;
    if (weight !== 0) addBox(values, grid, box, weight / Math.sqrt(Math.max(boxArea(box), 1e-4)));
  }
  const brightest = values.reduce((most, value) => Math.max(most, shown(value)), 0);
  if (brightest === 0) return { ...grid, values };
  const strength = Math.min(1, share / FULL_SHARE);
  for (let i = 0; i < values.length; i += 1) {
    const light = Math.max(0, Math.abs(values[i]!) / brightest - HAZE) / (1 - HAZE);
    values[i] = Math.sign(values[i]!) * Math.min(1, light) * strength;
  }
  return { ...grid, values };
}

function addBox(values: Float32Array, { width, height }: ImageSize, box: BoundingBox, weight: number): void {
  const [across, down] = [box.xmax - box.xmin, box.ymax - box.ymin];
  const edge = SOFT_EDGE * Math.min(across * width, down * height);
  const xs = profile(box.xmin * width, box.xmax * width, edge, width);
  const ys = profile(box.ymin * height, box.ymax * height, edge, height);
  for (let y = ys.first; y < ys.first + ys.light.length; y += 1) {
    const row = weight * ys.light[y - ys.first]!;
    for (let x = xs.first; x < xs.first + xs.light.length; x += 1) {
      values[y * width + x]! += row * xs.light[x - xs.first]!;
    }
  }
}

/** Light along one side: the part of each cell that the box covers, rising smoothly from its edges. */
function profile(from: number, to: number, edge: number, cells: number) {
  const first = Math.max(0, Math.min(cells - 1, Math.floor(from)));
  const count = Math.max(1, Math.min(cells, Math.ceil(to)) - first);
  const light = Float32Array.from({ length: count }, (_, place) => {
    const cell = first + place;
    const covered = Math.max(0, Math.min(cell + 1, to) - Math.max(cell, from));
    const inward = Math.min(cell + 0.5 - from, to - cell - 0.5);
    // A box of less than a few cells has no room for an edge.
    if (edge < 1) return covered;
    const step = Math.min(1, Math.max(0, inward / edge));
    return step * step * (3 - 2 * step);
  });
  return { first, light };
}
