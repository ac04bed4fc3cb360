/** Questions and regions in numbers, made by formulas: models/published/time_questions.py makes the same ones. */
import { tensor } from '../../../src/core/tensor.ts';
import type { RegionFeatures } from '../../../src/core/types.ts';

/** Tokens of a question with its two ends: short and usual ones, and the longest that LXMERT takes. */
export const TOKEN_COUNTS = [7, 9, 12, 20] as const;

const REGIONS = 36;
const GRID = 6;
const CLS = 101;
const SEP = 102;

export function tokenIds(count: number): Int32Array {
  const words = Array.from({ length: count - 2 }, (_, place) => 1000 + ((7919 * place) % 29_000));
  return Int32Array.from([CLS, ...words, SEP]);
}

/** Long-tailed features that are never below zero, and boxes on a grid. */
export function madeRegions(featureSize: number): RegionFeatures {
  const features = Float32Array.from(
    { length: REGIONS * featureSize },
    (_, index) => Math.max(Math.sin(index * 0.37), 0) ** 3 * 8,
  );
  const boxes = Array.from({ length: REGIONS }, (_, place) => {
    const x = (place % GRID) / GRID;
    const y = Math.floor(place / GRID) / GRID;
    return [x, y, x + 1 / GRID, y + 1 / GRID];
  });
  return {
    features: tensor<readonly ['region', 'feature']>([REGIONS, featureSize], features),
    boxes: tensor<readonly ['region', 'box']>([REGIONS, 4], Float32Array.from(boxes.flat())),
  };
}
