import { describe, expect, it } from 'vitest';
import type { RegionRule } from '../../core/pack/detector-settings.ts';
import { tensor } from '../../core/tensor.ts';
import { selectRegions } from './select-regions.ts';

/** Two piles of three boxes each, worst first, and a box by itself. Neighbours in a pile overlap by 0.8 and 0.9. */
const boxes = Float32Array.from(
  [
    [0, 0.2, 0.5, 1],
    [0, 0.1, 0.5, 1],
    [0, 0, 0.5, 1],
    [0.6, 0.2, 0.9, 1],
    [0.6, 0.1, 0.9, 1],
    [0.6, 0, 0.9, 1],
    [0.92, 0, 1, 1],
  ].flat(),
);
const best = Float32Array.of(0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.1);
/** Two classes: the first box of each pile is best as the second class. */
const classScores = tensor<readonly ['box', 'class']>(
  [7, 2],
  Float32Array.from([...best].flatMap((score, row) => (row % 3 === 0 ? [0.05, score] : [score, 0.02]))),
);
const rule: RegionRule = {
  count: 5,
  nmsIous: [0.7],
  suppression: 'any-class',
  boxes: 'refined',
  attributeMinScore: 0.5,
};

const chosen = (changed: Partial<RegionRule>): readonly number[] =>
  selectRegions(boxes, classScores, best, { ...rule, ...changed });

describe('selectRegions', () => {
  it('fills up with overlapping boxes, best first', () => {
    expect(chosen({})).toEqual([5, 2, 6, 4, 3]);
    expect(chosen({ count: 2 })).toEqual([5, 2]);
    expect(chosen({ count: 36 })).toHaveLength(7);
  });

  it('takes the first threshold that leaves enough', () => {
    // At 0.85 the outer boxes of a pile stand apart; at 0.95 all do.
    expect(chosen({ nmsIous: [0.7, 0.85, 0.95] })).toEqual([5, 3, 2, 0, 6]);
    expect(chosen({ nmsIous: [0.7, 0.85, 0.95], count: 3 })).toEqual([5, 2, 6]);
    expect(chosen({ nmsIous: [0.7, 0.85, 0.95], count: 6 })).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('fills up after the last threshold instead of failing', () => {
    expect(chosen({ nmsIous: [0.7, 0.75], count: 6 })).toEqual([5, 2, 6, 4, 3, 1]);
  });

  it('lets boxes of other classes stand', () => {
    // Box 3 is the best of the second class, box 0 too, in its pile; the others have what is left of the second class: none.
    expect(chosen({ suppression: 'same-class', count: 4 })).toEqual([5, 3, 2, 0]);
    // A box that is suppressed in every class scores 0 and comes last, in the order of its index.
    expect(chosen({ suppression: 'same-class', count: 7 })).toEqual([5, 3, 2, 0, 6, 1, 4]);
  });
});
