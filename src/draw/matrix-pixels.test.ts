import { expect, it } from 'vitest';
import { attentionColor } from './color-map.ts';
import { matrixPixels } from './matrix-pixels.ts';

const colorOf = (share: number) => Object.values(attentionColor(share));

it('gives each weight its pixel, row by row', () => {
  const pixels = matrixPixels(Float32Array.of(0, 0.2, 0.4, 0.1, 0.4, 0), 0.4);
  expect(pixels.length).toBe(6 * 4);
  const pixelAt = (index: number) => [...pixels.subarray(4 * index, 4 * index + 4)];
  expect(pixelAt(0)).toEqual([...colorOf(0), 255]);
  expect(pixelAt(1)).toEqual([...colorOf(0.5), 255]);
  expect(pixelAt(2)).toEqual([...colorOf(1), 255]);
  expect(pixelAt(3)).toEqual([...colorOf(0.25), 255]);
});
