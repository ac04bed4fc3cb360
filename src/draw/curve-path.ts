/** Curves over 0..1 in both directions, as the `d` of an SVG path. */
import type { ImageSize } from '../core/types.ts';

/** @param xs and `ys` run from 0 to 1; y grows upwards, as in any chart */
export function curvePath(xs: ArrayLike<number>, ys: ArrayLike<number>, frame: ImageSize): string {
  return Array.from(xs, (x, index) => {
    const across = round(x * frame.width);
    const down = round((1 - (ys[index] ?? 0)) * frame.height);
    return `${index === 0 ? 'M' : 'L'}${across} ${down}`;
  }).join('');
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
