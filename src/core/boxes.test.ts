import { describe, expect, it } from 'vitest';
import {
  boxArea,
  boxAt,
  clipBox,
  intersectionOverUnion,
  orderByScore,
  overlapOfSmaller,
  suppressOverlaps,
} from './boxes.ts';

const left = { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.25 };
const middle = { xmin: 0.25, ymin: 0, xmax: 0.75, ymax: 0.25 };

describe('boxes', () => {
  it('reads a box of a row-major list', () => {
    expect(boxAt([9, 9, 9, 9, 0.1, 0.2, 0.3, 0.4], 1)).toEqual({
      xmin: 0.1,
      ymin: 0.2,
      xmax: 0.3,
      ymax: 0.4,
    });
  });

  it('clips to the image', () => {
    expect(clipBox({ xmin: -0.1, ymin: 0.2, xmax: 1.5, ymax: 0.9 })).toEqual({
      xmin: 0,
      ymin: 0.2,
      xmax: 1,
      ymax: 0.9,
    });
  });

  it('gives an inverted box no area', () => {
    expect(boxArea({ xmin: 0.6, ymin: 0.6, xmax: 0.4, ymax: 0.4 })).toBe(0);
  });

  it('sees one box inside the other', () => {
    const inner = { xmin: 0.1, ymin: 0.1, xmax: 0.2, ymax: 0.2 };
    expect(overlapOfSmaller(left, inner)).toBeCloseTo(1, 9);
    expect(overlapOfSmaller(left, middle)).toBeCloseTo(0.5, 9);
    expect(overlapOfSmaller(inner, { ...inner, xmin: 0.2, xmax: 0.3 })).toBe(0);
  });

  it('measures overlap', () => {
    expect(intersectionOverUnion(left, middle)).toBeCloseTo(1 / 3, 12);
    expect(intersectionOverUnion(left, left)).toBe(1);
    expect(intersectionOverUnion(left, { xmin: 0.6, ymin: 0.5, xmax: 0.7, ymax: 0.6 })).toBe(0);
    const empty = { xmin: 0.2, ymin: 0.2, xmax: 0.2, ymax: 0.2 };
    expect(intersectionOverUnion(empty, empty)).toBe(0);
  });

  it('orders by falling score, equal scores by index', () => {
    expect(orderByScore([0.2, 0.9, 0.2, 0.5])).toEqual([1, 3, 0, 2]);
  });
});

describe('suppressOverlaps', () => {
  const boxes = [0, 0, 0.5, 0.25, 0.01, 0, 0.5, 0.25, 0.6, 0.5, 0.9, 0.7, 0.6, 0.5, 0.9, 0.71];

  it('keeps the best of each pile', () => {
    expect(suppressOverlaps(boxes, [1, 0, 2, 3], { maxIou: 0.5, count: 10 })).toEqual({
      kept: [1, 2],
      suppressed: [0, 3],
    });
  });

  it('stops at the limit without looking further', () => {
    expect(suppressOverlaps(boxes, [0, 1, 2, 3], { maxIou: 0.5, count: 2 })).toEqual({
      kept: [0, 2],
      suppressed: [1],
    });
  });

  it('suppresses nothing when every overlap is allowed', () => {
    expect(suppressOverlaps(boxes, [0, 1, 2, 3], { maxIou: 1, count: 4 }).kept).toEqual([0, 1, 2, 3]);
  });
});
