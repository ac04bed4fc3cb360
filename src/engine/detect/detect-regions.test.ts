import { describe, expect, it } from 'vitest';
import type { DetectorSettings } from '../../core/pack/detector-settings.ts';
import { classifyRegions, selectProposals } from './detect-regions.ts';
import type { Graph } from '../runtime/runtime.ts';

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

const photo = { width: 200, height: 100 };
const rule = { candidates: null, count: 110, minScore: 0, nmsIou: 0.7, minSidePixels: null };

describe('selectProposals', () => {
  it('takes the best of each pile, best first', () => {
    const { dims, data } = selectProposals(boxes, scores, rule, photo);
    expect(dims).toEqual([3, 4]);
    expect([...data]).toEqual([
      ...boxes.subarray(20, 24),
      ...boxes.subarray(8, 12),
      ...boxes.subarray(24, 28),
    ]);
  });

  it('drops what scores too little', () => {
    expect(selectProposals(boxes, scores, { ...rule, minScore: 0.55 }, photo).dims).toEqual([1, 4]);
    const logits = scores.map((score) => score - 1);
    expect(selectProposals(boxes, logits, { ...rule, minScore: null }, photo).dims).toEqual([3, 4]);
  });

  it('proposes the whole image when nothing is left', () => {
    const proposals = selectProposals(boxes, scores, { ...rule, minScore: 0.9 }, photo);
    expect([...proposals.data]).toEqual([0, 0, 1, 1]);
    const none = selectProposals(new Float32Array(), new Float32Array(), rule, photo);
    expect([...none.data]).toEqual([0, 0, 1, 1]);
  });

  it('lets only the best enter suppression', () => {
    // The best four are a whole pile and one of the next.
    expect(selectProposals(boxes, scores, { ...rule, candidates: 4 }, photo).dims).toEqual([2, 4]);
    expect(selectProposals(boxes, scores, { ...rule, candidates: 3 }, photo).dims).toEqual([1, 4]);
  });

  it('measures sides in pixels of the photo', () => {
    // The lonely box is 20 x 20 pixels, the piles 58 x 20 and 100 x 30.
    expect(selectProposals(boxes, scores, { ...rule, minSidePixels: 19 }, photo).dims).toEqual([3, 4]);
    expect(selectProposals(boxes, scores, { ...rule, minSidePixels: 21 }, photo).dims).toEqual([1, 4]);
    expect(
      selectProposals(boxes, scores, { ...rule, minSidePixels: 21 }, { width: 200, height: 200 }).dims,
    ).toEqual([2, 4]);
  });

  it('drops empty boxes after the candidates were counted', () => {
    const withEmpty = Float32Array.from([...boxes, 0.3, 0.3, 0.3, 0.9]);
    const best = Float32Array.from([...scores, 0.99]);
    expect(selectProposals(withEmpty, best, rule, photo).dims).toEqual([4, 4]);
    expect(selectProposals(withEmpty, best, { ...rule, minSidePixels: 0 }, photo).dims).toEqual([3, 4]);
    const four = { ...rule, minSidePixels: 0, candidates: 4 };
    expect(selectProposals(withEmpty, best, four, photo).dims).toEqual([1, 4]);
  });
});

describe('classifyRegions', () => {
  /** A RoI head of three classes and two attributes that gives the same answer for any boxes. */
  const roiHead: Graph = {
    inputs: [],
    outputs: [],
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
  const detector: DetectorSettings = {
    backbone: [],
    roiHead: '',
    featureMaps: [],
    lineage: null,
    pooling: null,
    roiChunk: null,
    keepRegions: false,
    proposals: { ...rule, count: 2 },
    regions: {
      count: 36,
      nmsIous: [0.4],
      suppression: 'any-class',
      boxes: 'refined',
      attributeMinScore: 0.5,
    },
  };
  const labels = { objects: ['cat', 'dog', 'car'], attributes: ['red', 'large'], answers: [] };
  const proposals = {
    maps: {},
    boxes: selectProposals(boxes, scores, { ...rule, count: 2 }, photo),
    input: photo,
  };

  it('names the regions, and keeps features and boxes in their order', async () => {
    const { regions, features } = await classifyRegions(roiHead, proposals, { detector, labels });
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

  it('shows the proposals where a pack says so', async () => {
    const settings = { ...detector, regions: { ...detector.regions, boxes: 'proposed' as const } };
    const { features } = await classifyRegions(roiHead, proposals, { detector: settings, labels });
    expect([...features.boxes.data]).toEqual([...boxes.subarray(8, 12), ...boxes.subarray(20, 24)]);
  });
});
