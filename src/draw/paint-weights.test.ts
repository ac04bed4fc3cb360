import { describe, expect, it } from 'vitest';
import { PICTURE_MODES } from '../core/picture.ts';
import { paintWeights, weightRuns } from './paint-weights.ts';

const map = (...values: number[]) => ({ width: values.length, height: 1, values: Float32Array.from(values) });
const pixel = (pixels: Uint8ClampedArray, cell: number) => [...pixels.subarray(4 * cell, 4 * cell + 4)];

describe('paintWeights', () => {
  it('darkens by spotlight what did not matter, and leaves what did', () => {
    const pixels = paintWeights(map(1, 0.5, 0, -1), 'spotlight');
    expect(pixel(pixels, 0)).toEqual([0, 0, 0, 0]);
    expect(pixel(pixels, 1)).toEqual([0, 0, 0, 105]);
    expect(pixel(pixels, 2)).toEqual([0, 0, 0, 209]);
    expect(pixel(pixels, 3)).toEqual([0, 0, 0, 209]);
  });

  it('leaves the plain photo by heat where nothing mattered, and colours what did in one hue', () => {
    const pixels = paintWeights(map(1, 0.5, 0, -1), 'heat');
    const [red = 0, green = 0, blue = 0, alpha] = pixel(pixels, 0);
    expect([red > green, green > blue, alpha]).toEqual([true, true, 217]);
    expect(pixel(pixels, 1)[3]).toBe(108);
    expect([pixel(pixels, 2)[3], pixel(pixels, 3)[3]]).toEqual([0, 0]);
  });

  it('shows evidence against in blue where signs are asked for', () => {
    const pixels = paintWeights(map(1, -1), 'signed');
    const [against, support] = [pixel(pixels, 1), pixel(pixels, 0)];
    expect(against[2]).toBeGreaterThan(against[0]!);
    expect(support[0]).toBeGreaterThan(support[2]!);
    expect(against[3]).toBe(support[3]);
  });

  it('paints nothing for outlines, and nothing where nothing in particular mattered', () => {
    expect(paintWeights(map(1, 0.5), 'outlines').some((byte) => byte > 0)).toBe(false);
    for (const mode of PICTURE_MODES) {
      expect(paintWeights(map(0, 0), mode).some((byte) => byte > 0)).toBe(false);
    }
  });
});

describe('weightRuns', () => {
  it('joins cells of a row that look alike, and leaves out what is clear', () => {
    const twoRows = { width: 3, height: 2, values: Float32Array.of(1, 0, 0, 0, 1, 1) };
    expect(weightRuns(twoRows, 'spotlight').map(({ x, y, length }) => [x, y, length])).toEqual([
      [1, 0, 2],
      [0, 1, 1],
    ]);
    expect(weightRuns(twoRows, 'heat').map(({ x, y, length }) => [x, y, length])).toEqual([
      [0, 0, 1],
      [1, 1, 2],
    ]);
  });
});
