import { expect, it } from 'vitest';
import { flattenOnWhite } from './flatten-alpha.ts';

it('mixes with white by opacity and leaves opaque pixels alone', () => {
  const rgba = Uint8ClampedArray.of(10, 20, 30, 255, 10, 20, 30, 0, 100, 0, 255, 51);
  expect(flattenOnWhite(rgba)).toBe(true);
  expect([...rgba]).toEqual([10, 20, 30, 255, 255, 255, 255, 255, 224, 204, 255, 255]);
});

it('says that an opaque image has no transparency', () => {
  expect(flattenOnWhite(Uint8ClampedArray.of(1, 2, 3, 255))).toBe(false);
});
