import { describe, expect, it } from 'vitest';
import { classifyRegions, selectProposals, selectRegions } from './detect-regions.ts';
import type { Graph } from './runtime.ts';

/** Two piles of three boxes each, worst first, and a box by itself. */
const boxes = Float32Array.from(
  [
    [0.02, 0, 0.5, 0.3],
    [0.01, 0, 0.5, 0.3],
    [0, 0, 0.5, 0.3],
    [0.62, 0.5, 0.9, 0.7],
    [0.61, 0.5, 0.9, 0.7],
    [0.6, 0.5, 0.9, 0.7],
    [0, 0.8, 0.1, 1],
  ].flat(),
);
const scores = Float32Array.of(0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.1);

describe('selectProposals', () => {
  it('takes the best of each pile, best first', () => {
    const { dims, data } = selectProposals(boxes, scores, { count: 110, minScore: 0, nmsIou: 0.7 });
    expect(dims).toEqual([3, 4]);
    expect([...data]).toEqual([
      ...boxes.subarray(20, 24),
      ...boxes.subarray(8, 12),
      ...boxes.subarray(24, 28),
    ]);
  });

  it('drops what scores too little', () => {
    expect(selectProposals(boxes, scores, { count: 110, minScore: 0.55, nmsIou: 0.7 }).dims).toEqual([1, 4]);
  });

  it('proposes the whole image when nothing is left', () => {
    const proposals = selectProposals(boxes, scores, { count: 110, minScore: 0.9, nmsIou: 0.7 });
    expect([...proposals.data]).toEqual([0, 0, 1, 1]);
    const none = selectProposals(new Float32Array(), new Float32Array(), {
      count: 9,
      minScore: 0,
      nmsIou: 1,
    });
    expect([...none.data]).toEqual([0, 0, 1, 1]);
  });
});

describe('selectRegions', () => {
  it('fills up with overlapping boxes, best first', () => {
    const rule = { nmsIou: 0.7, attributeMinScore: 0.5 };
    expect(selectRegions(boxes, scores, { count: 5, ...rule })).toEqual([5, 2, 6, 4, 3]);
    expect(selectRegions(boxes, scores, { count: 2, ...rule })).toEqual([5, 2]);
    expect(selectRegions(boxes, scores, { count: 36, ...rule })).toHaveLength(7);
  });
});

describe('classifyRegions', () => {
  /** A RoI head of three classes and two attributes that gives the same answer for any boxes. */
  const roiHead: Graph = {
    run: (_, names) => {
      const outputs: Record<string, { dims: number[]; data: Float32Array }> = {
        class_scores: { dims: [2, 3], data: Float32Array.of(0.1, 0.3, 0.2, 0.5, 0.1, 0.6) },
        attribute_scores: { dims: [2, 2], data: Float32Array.of(0.9, 0.95, 0.2, 0.5) },
        refined_boxes: { dims: [2, 4], data: Float32Array.of(0, 0, 0.5, 0.25, 0.5, 0.5, 0.75, 1) },
        features: { dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
      };
      return Promise.resolve(Object.assign({}, ...names.map((name) => ({ [name]: outputs[name] }))));
    },
    release: () => Promise.resolve(),
  };

  it('names the regions, and keeps features and boxes in their order', async () => {
    const proposals = selectProposals(boxes, scores, { count: 2, minScore: 0, nmsIou: 0.7 });
    const { regions, features } = await classifyRegions(
      roiHead,
      { maps: {}, boxes: proposals },
      {
        detector: {
          backbone: '',
          roiHead: '',
          featureMaps: [],
          proposals: { count: 2, minScore: 0, nmsIou: 0.7 },
          regions: { count: 36, nmsIou: 0.4, attributeMinScore: 0.5 },
        },
        labels: { objects: ['cat', 'dog', 'car'], attributes: ['red', 'large'], answers: [] },
      },
    );
    expect(
      regions.map(({ label, attributes }) => [label, attributes.map((attribute) => attribute.label)]),
    ).toEqual([
      ['car', ['large']],
      ['dog', ['large', 'red']],
    ]);
    expect(regions[0]?.box).toEqual({ xmin: 0.5, ymin: 0.5, xmax: 0.75, ymax: 1 });
    expect(regions[0]?.score).toBeCloseTo(0.6, 6);
    expect([...features.features.data]).toEqual([3, 4, 1, 2]);
    expect([...features.boxes.data]).toEqual([0.5, 0.5, 0.75, 1, 0, 0, 0.5, 0.25]);
  });
});
