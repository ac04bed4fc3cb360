import { describe, expect, it } from 'vitest';
import { gridOf, weightMap, type WeightMap } from './weight-map.ts';

const PHOTO = { width: 640, height: 480 };
const box = (xmin: number, ymin: number, xmax: number, ymax: number) => ({ xmin, ymin, xmax, ymax });
const REGIONS = [
  { label: 'room', box: box(0, 0, 1, 1) },
  { label: 'cup', box: box(0.6, 0.6, 0.8, 0.8) },
  { label: 'cup', box: box(0.61, 0.6, 0.81, 0.8) },
];

const at = ({ values, width, height }: WeightMap, x: number, y: number) =>
  values[Math.floor(y * height) * width + Math.floor(x * width)] ?? Number.NaN;

describe('weightMap', () => {
  it('has the photo’s shape', () => {
    expect(gridOf(PHOTO)).toEqual({ width: 128, height: 96 });
    expect(gridOf({ width: 1, height: 5000 })).toEqual({ width: 1, height: 128 });
    expect(weightMap(REGIONS, [1, 1, 1], PHOTO, 'spotlight').values).toHaveLength(128 * 96);
  });

  it('is brightest in the middle of what has the weight, and softer at its edge', () => {
    const map = weightMap(REGIONS, [0, 1, 0], PHOTO, 'spotlight');
    expect(at(map, 0.7, 0.7)).toBeCloseTo(1);
    expect(at(map, 0.62, 0.7)).toBeGreaterThan(0);
    expect(at(map, 0.62, 0.7)).toBeLessThan(0.5);
    expect(at(map, 0.5, 0.5)).toBe(0);
  });

  it('is not won by a box around everything, and adds the boxes of one thing up', () => {
    const map = weightMap(REGIONS, [0.34, 0.33, 0.33], PHOTO, 'spotlight');
    expect(at(map, 0.7, 0.7)).toBeGreaterThan(5 * at(map, 0.3, 0.3));
  });

  it('says how strong evidence is, and nothing where it is in nothing in particular', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      label: `thing ${index}`,
      box: box(index / 30, 0, (index + 1) / 30, 1),
    }));
    const even = Float32Array.from(many, () => 1 / 30);
    expect(weightMap(many, even, PHOTO, 'spotlight').values.every((value) => value === 0)).toBe(true);
    const one = even.map((value, index) => (index === 0 ? value * 5 : value));
    const strongest = Math.max(...weightMap(many, one, PHOTO, 'spotlight').values);
    expect(strongest).toBeGreaterThan(0.3);
    expect(strongest).toBeLessThan(0.9);
  });

  it('keeps evidence against apart', () => {
    const map = weightMap(REGIONS.slice(1), [-1, 0], PHOTO, 'signed');
    expect(at(map, 0.7, 0.7)).toBeCloseTo(-1);
  });

  it('is as bright as what speaks for the answer, where it shows nothing else', () => {
    const apart = [
      { label: 'cat', box: box(0, 0, 0.3, 0.3) },
      { label: 'cup', box: box(0.6, 0.6, 0.8, 0.8) },
    ];
    const brightest = (mode: 'spotlight' | 'signed', weights: readonly number[]) =>
      Math.max(...weightMap(apart, weights, PHOTO, mode).values);
    expect(brightest('signed', [0.35, -0.65])).toBeLessThan(0.5);
    expect(brightest('spotlight', [0.35, -0.65])).toBeCloseTo(1);
    expect(brightest('spotlight', [0.15, -0.85])).toBeCloseTo(0.5);
    expect(brightest('spotlight', [0, -1])).toBe(0);
  });

  it('shows a thing that is smaller than a cell', () => {
    const map = weightMap([{ label: 'fly', box: box(0.5, 0.5, 0.501, 0.501) }], [1], PHOTO, 'spotlight');
    expect(Math.max(...map.values)).toBeCloseTo(1);
  });

  it('is empty without regions or weights', () => {
    expect(weightMap([], [], PHOTO, 'spotlight').values.some((value) => value !== 0)).toBe(false);
    expect(weightMap(REGIONS, [0, 0, 0], PHOTO, 'spotlight').values.some((value) => value !== 0)).toBe(false);
  });
});
