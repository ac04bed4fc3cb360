/** Which of the proposals become regions: those that stand apart, then overlapping ones until there are enough. */
import {
  BOX_STRIDE,
  boxAt,
  intersectionOverUnion,
  orderByScore,
  suppressOverlaps,
} from '../../core/boxes.ts';
import type { RegionRule } from '../../core/pack/detector-settings.ts';
import type { Tensor } from '../../core/tensor.ts';

/**
 * @param boxes row-major `[box, 4]`
 * @param bestScores of each box, the best of its class scores
 * @returns rows of the regions, best first
 */
export function selectRegions(
  boxes: Float32Array,
  classScores: Tensor<readonly ['box', 'class']>,
  bestScores: Float32Array,
  { count, nmsIous, suppression }: RegionRule,
): readonly number[] {
  if (suppression === 'same-class') {
    return orderByScore(survivingScores(boxes, classScores, nmsIous[0] ?? 1)).slice(0, count);
  }
  const order = orderByScore(bestScores);
  let apart = suppressOverlaps(boxes, order, { maxIou: nmsIous[0] ?? 1, count });
  for (const maxIou of nmsIous.slice(1)) {
    if (apart.kept.length === count) break;
    apart = suppressOverlaps(boxes, order, { maxIou, count });
  }
  const { kept, suppressed } = apart;
  return [...kept, ...suppressed.slice(0, count - kept.length)];
}

/** [box]: the best score of each box among the classes in which no better box suppresses it; 0 where there is none. */
function survivingScores(
  boxes: Float32Array,
  { dims: [rows, classes], data }: Tensor<readonly ['box', 'class']>,
  maxIou: number,
): Float32Array {
  const overlapping = overlapTable(boxes, maxIou);
  const best = new Float32Array(rows);
  for (let label = 0; label < classes; label += 1) {
    const scores = Float32Array.from({ length: rows }, (_, row) => data[row * classes + label]!);
    const suppressed = new Uint8Array(rows);
    for (const row of orderByScore(scores)) {
      if (suppressed[row] === 1) continue;
      best[row] = Math.max(best[row]!, scores[row]!);
      for (const other of overlapping[row] ?? []) suppressed[other] = 1;
    }
  }
  return best;
}

/** Of each box, the boxes that it overlaps by more than `maxIou`: the same for every class, so it is worked out once. */
function overlapTable(boxes: Float32Array, maxIou: number): readonly (readonly number[])[] {
  const all = Array.from({ length: boxes.length / BOX_STRIDE }, (_, row) => boxAt(boxes, row));
  return all.map((box, row) => {
    const overlaps = (other: number): boolean =>
      other !== row && intersectionOverUnion(box, all[other]!) > maxIou;
    return [...all.keys()].filter(overlaps);
  });
}
