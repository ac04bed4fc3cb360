import { describe, expect, it } from 'vitest';
import type { ImageSettings } from '../../core/pack/detector-settings.ts';
import { inputSize, preprocessImage, resizeWeights } from './preprocess-image.ts';

/** Colours as they are, stretched to a size. */
function plain(width: number, height: number, changed: Partial<ImageSettings> = {}): ImageSettings {
  return {
    resize: { rule: 'stretch', width, height, resampling: 'triangle' },
    channelOrder: 'RGB',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    ...changed,
  };
}

/** The weight of every source sample for one target sample, straight from the definition. */
function definedWeights(source: number, target: number, position: number): number[] {
  const scale = source / target;
  const support = Math.max(scale, 1);
  const centre = (position + 0.5) * scale;
  const shares = Array.from({ length: source }, (_, i) =>
    Math.max(0, 1 - Math.abs(i + 0.5 - centre) / support),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

describe('resizeWeights', () => {
  it.each([
    [7, 7],
    [7, 3],
    [3, 11],
    [1, 4],
    [640, 416],
    [333, 416],
    [2000, 416],
    [5, 64],
  ])('follows the definition from %i to %i samples', (source, target) => {
    const { taps, first, weights } = resizeWeights(source, target, 'triangle');
    for (let position = 0; position < target; position += 1) {
      const expected = definedWeights(source, target, position);
      const error = expected.map((weight, i) => {
        const tap = i - (first[position] ?? 0);
        return Math.abs(weight - (tap < 0 || tap >= taps ? 0 : (weights[position * taps + tap] ?? 0)));
      });
      expect(Math.max(...error)).toBeLessThan(1e-6);
    }
  });
});

describe('preprocessImage', () => {
  // Two columns, one row: red beside blue.
  const photo = { width: 2, height: 1, data: Uint8ClampedArray.of(200, 100, 0, 255, 0, 50, 100, 255) };

  it('keeps pixels that need no resizing, plane by plane', () => {
    const input = preprocessImage(photo, plain(2, 1));
    expect(input.dims).toEqual([1, 3, 1, 2]);
    expect([...input.data]).toEqual([200, 0, 100, 50, 0, 100]);
  });

  it('normalises in the order of the channels', () => {
    const input = preprocessImage(
      photo,
      plain(2, 1, { channelOrder: 'BGR', mean: [1, 2, 3], std: [2, 4, 8] }),
    );
    expect([...input.data]).toEqual([-0.5, 49.5, 24.5, 12, 24.625, -0.375]);
  });

  it('blends when enlarging and averages when shrinking', () => {
    const wide = preprocessImage(photo, plain(4, 3));
    expect(wide.dims).toEqual([1, 3, 3, 4]);
    expect(Array.from(wide.data.subarray(0, 8))).toEqual([200, 150, 50, 0, 200, 150, 50, 0]);
    const dot = preprocessImage(photo, plain(1, 1));
    expect([...dot.data]).toEqual([100, 75, 50]);
  });

  it('keeps a flat colour flat at any size', () => {
    const data = new Uint8ClampedArray(4 * 37 * 23).fill(117);
    const input = preprocessImage({ width: 37, height: 23, data }, plain(64, 32));
    expect(Math.max(...input.data.map((value) => Math.abs(value - 117)))).toBeLessThan(1e-3);
  });

  it('mixes two samples alone where a pack was trained that way', () => {
    // Shrunk by three: the middle sample of each triple, and nothing of its neighbours.
    const values = [0, 30, 60, 200, 100, 10];
    const data = Uint8ClampedArray.from(values.flatMap((value) => [value, value, value, 255]));
    const resize = { rule: 'stretch', width: 2, height: 1, resampling: 'linear' } as const;
    const input = preprocessImage({ width: 6, height: 1, data }, plain(2, 1, { resize }));
    expect([...input.data.subarray(0, 2)]).toEqual([30, 100]);
    const averaged = preprocessImage({ width: 6, height: 1, data }, plain(2, 1));
    expect(averaged.data[0]).toBeGreaterThan(35);
  });
});

describe('inputSize', () => {
  const resize = { rule: 'short-side', shortSide: 800, longSide: 1333, resampling: 'linear' } as const;

  it.each([
    [640, 480, 1067, 800],
    [480, 640, 800, 1067],
    [500, 500, 800, 800],
    // The long side decides: 1333 / 1024 of 300 is 390.5.
    [1024, 300, 1333, 391],
    [4000, 3000, 1067, 800],
  ])('makes %i x %i pixels %i x %i', (width, height, across, down) => {
    expect(inputSize({ width, height }, resize)).toEqual({ width: across, height: down });
  });

  it('stretches where a pack says so', () => {
    const stretch = { rule: 'stretch', width: 96, height: 64, resampling: 'triangle' } as const;
    expect(inputSize({ width: 7, height: 9 }, stretch)).toEqual({ width: 96, height: 64 });
  });
});
