import { describe, expect, it } from 'vitest';
import { fakeScene } from '../core/testing/engine-fake-results.ts';
import { rankRegions } from './rank-regions.ts';

const region = (label: string, left: number) => ({
  label,
  box: { xmin: left, ymin: 0, xmax: left + 0.1, ymax: 0.5 },
  score: 0.9 - left,
  attributes: [],
});

const scene = {
  ...fakeScene('a'),
  regions: [
    region('dog', 0),
    region('cup', 0.2),
    region('tree', 0.4),
    region('car', 0.6),
    region('sky', 0.8),
  ],
};

const ranked = (weights: readonly number[] | null, filter = '') =>
  rankRegions(
    scene,
    weights && { weights: Float32Array.from(weights), highest: 1, isSigned: true },
    filter,
  ).map(({ text }) => text);

describe('the regions that are outlined', () => {
  it('are at most three, the strongest first whichever their sign', () => {
    expect(ranked([0.2, -0.4, 0.2, 0.1, 0.1])).toEqual(['cup −40 %', 'dog 20 %', 'tree 20 %']);
  });

  it('are only those with a share that is worth a line', () => {
    expect(ranked([0.93, 0.07, 0, 0, 0])).toEqual(['dog 93 %']);
    expect(ranked([0, 0, 0, 0, 0])).toEqual([]);
  });

  it('are all, by their scores, where nothing weighs them', () => {
    expect(ranked(null)).toEqual(['dog 90 %', 'cup 70 %', 'tree 50 %', 'car 30 %', 'sky 10 %']);
    expect(ranked(null, 'tre')).toEqual(['tree 50 %']);
  });
});
