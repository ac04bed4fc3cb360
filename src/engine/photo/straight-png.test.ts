// @vitest-environment node
import sharp, { type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import { Bytes } from './formats/bytes.ts';
import { readPng } from './formats/png.ts';
import { straighten } from './straight-png.ts';

const WIDTH = 23;
const HEIGHT = 17;

/** Numbers without a pattern, so that no filter fits all rows. */
function noise(channels: 2 | 4): Buffer {
  return Buffer.from(
    Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => (at * at * 31 + (at >> 3) * 7) % 256),
  );
}

it.each([
  [4, true],
  [4, false],
  [2, true],
] as const)(
  'gives the pixels of %i channels to the last digit (filters chosen by row: %j)',
  async (channels, adaptiveFiltering) => {
    const stored = noise(channels);
    const file = await sharp(stored, { raw: { width: WIDTH, height: HEIGHT, channels } })
      .toColourspace(channels === 2 ? 'b-w' : 'srgb')
      .png({ adaptiveFiltering })
      .toBuffer();
    const { alphaRows } = readPng(new Bytes(file));
    expect(alphaRows?.channels).toBe(channels);
    const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
    await straighten(alphaRows!, { width: WIDTH, height: HEIGHT, data });
    const wanted = await sharp(file).ensureAlpha().toColourspace('srgb').raw().toBuffer();
    expect(Buffer.from(data.buffer).equals(wanted)).toBe(true);
  },
);

it('leaves what is cut as the canvas gave it', async () => {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT).fill(7);
  await straighten(
    { parts: [Uint8Array.of(0x78, 0x9c)], channels: 4 },
    { width: WIDTH, height: HEIGHT, data },
  );
  expect(data.every((value) => value === 7)).toBe(true);
});

const rowsOf = async (png: Sharp) => readPng(new Bytes(await png.toBuffer())).alphaRows;

it('is for whole files of 8 bits, neither interlaced nor opaque, alone', async () => {
  const picture = sharp(noise(4), { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
  expect(await rowsOf(picture.clone().png({ progressive: true }))).toBeNull();
  expect(await rowsOf(picture.clone().removeAlpha().png())).toBeNull();
  expect(await rowsOf(picture.clone().toColourspace('rgb16').png())).toBeNull();
});
