/** Arithmetic on boxes in fractions of the image, single and in rows of `[xmin, ymin, xmax, ymax]`. */
import type { BoundingBox } from './types.ts';

/** Values per box in a row-major list of boxes. */
export const BOX_STRIDE = 4;

export const WHOLE_IMAGE: BoundingBox = { xmin: 0, ymin: 0, xmax: 1, ymax: 1 };

/** Reads box `index` of a row-major `[box, 4]` list. */
export function boxAt(rows: ArrayLike<number>, index: number): BoundingBox {
  const first = index * BOX_STRIDE;
  return {
    xmin: rows[first] ?? 0,
    ymin: rows[first + 1] ?? 0,
    xmax: rows[first + 2] ?? 0,
    ymax: rows[first + 3] ?? 0,
  };
}

const inside = (fraction: number): number => Math.min(1, Math.max(0, fraction));

/** The part of a box that lies inside the image. */
export function clipBox(box: BoundingBox): BoundingBox {
  return { xmin: inside(box.xmin), ymin: inside(box.ymin), xmax: inside(box.xmax), ymax: inside(box.ymax) };
}

/** Fraction of the image that a box covers; 0 for an empty or inverted box. */
export function boxArea(box: BoundingBox): number {
  return Math.max(0, box.xmax - box.xmin) * Math.max(0, box.ymax - box.ymin);
}

/** Shared area over joint area, 0..1; 0 when both boxes are empty. */
export function intersectionOverUnion(a: BoundingBox, b: BoundingBox): number {
  const shared = sharedArea(a, b);
  return shared / Math.max(boxArea(a) + boxArea(b) - shared, 1e-9);
}

/** Shared area over the area of the smaller box, 0..1; 1 when one box lies inside the other. */
export function overlapOfSmaller(a: BoundingBox, b: BoundingBox): number {
  return sharedArea(a, b) / Math.max(Math.min(boxArea(a), boxArea(b)), 1e-9);
}

function sharedArea(a: BoundingBox, b: BoundingBox): number {
  return boxArea({
    xmin: Math.max(a.xmin, b.xmin),
    ymin: Math.max(a.ymin, b.ymin),
    xmax: Math.min(a.xmax, b.xmax),
    ymax: Math.min(a.ymax, b.ymax),
  });
}

/** Indices by falling score; among equals the lower index first. */
export function orderByScore(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, index) => index).toSorted(
    (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
  );
}

export interface Suppression {
  /** Indices that survive, in the order they were visited; at most the limit. */
  readonly kept: number[];
  /** Indices that overlap a kept one, visited before the limit was reached. */
  readonly suppressed: number[];
}

/**
 * Greedy non-maximum suppression.
 * @param boxes row-major `[box, 4]`
 * @param order indices into `boxes`, best first
 * @param limits `maxIou`: a box that overlaps a kept one by more is suppressed; `count`: how many to keep
 */
export function suppressOverlaps(
  boxes: ArrayLike<number>,
  order: readonly number[],
  limits: { readonly maxIou: number; readonly count: number },
): Suppression {
  const kept: number[] = [];
  const keptBoxes: BoundingBox[] = [];
  const suppressed: number[] = [];
  for (const index of order) {
    if (kept.length === limits.count) break;
    const box = boxAt(boxes, index);
    if (keptBoxes.some((other) => intersectionOverUnion(box, other) > limits.maxIou)) {
      suppressed.push(index);
    } else {
      kept.push(index);
      keptBoxes.push(box);
    }
  }
  return { kept, suppressed };
}
