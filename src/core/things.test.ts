import { describe, expect, it } from 'vitest';
import { thingsOf, weighThings } from './things.ts';

const box = (xmin: number, ymin: number, xmax: number, ymax: number) => ({ xmin, ymin, xmax, ymax });
const REGIONS = [
  { label: 'cup', box: box(0, 0, 0.4, 0.4) },
  { label: 'cup', box: box(0, 0, 0.36, 0.4) },
  { label: 'mug', box: box(0, 0, 0.4, 0.4) },
  { label: 'cup', box: box(0.6, 0.6, 1, 1) },
];

describe('things', () => {
  it('are regions of one name that lie over each other', () => {
    expect(thingsOf(REGIONS)).toEqual([[0, 1], [2], [3]]);
    expect(thingsOf([])).toEqual([]);
  });

  it('do not grow along a row of boxes', () => {
    const row = [0, 0.09, 0.18].map((x) => ({ label: 'book', box: box(x, 0, x + 0.3, 1) }));
    expect(thingsOf(row)).toEqual([[0, 1], [2]]);
  });

  it('add the evidence of their boxes up, against it too', () => {
    const [cup, other, ...rest] = weighThings(REGIONS, [0.2, 0.3, 0, -0.25]);
    expect(cup).toMatchObject({ index: 1, regions: [1, 0], weight: 0.5 });
    expect(cup?.share).toBeCloseTo(2 / 3);
    expect(other?.share).toBeCloseTo(-1 / 3);
    expect(rest.map(({ share }) => share)).toEqual([0]);
    expect(weighThings(REGIONS, [0, 0, 0, 0]).map(({ share }) => share)).toEqual([0, 0, 0]);
  });
});
