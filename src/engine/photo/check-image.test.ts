import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { checkImage, checkSize, noticesOf, undecodable } from './check-image.ts';
import { plainFacts } from './formats/image-facts.ts';

function complaint(check: () => unknown): string {
  try {
    check();
  } catch (thrown) {
    if (thrown instanceof VqaError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'no complaint';
}

const blank = sharp({ create: { width: 40, height: 30, channels: 3, background: '#468' } });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('checkImage', () => {
  it('lets a photo pass with its facts', async () => {
    expect(checkImage(await blank.clone().png().toBuffer()).size).toEqual({ width: 40, height: 30 });
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'image-empty: The file has 0 bytes.'],
    ['a web page', bytesOf('<!doctype html>'), 'image-unreadable: The file is a web page, not an image.'],
    ['noise', Uint8Array.of(1, 255, 3), 'image-unreadable: The file is no image: its 3 bytes match no known'],
    ['a drawing', bytesOf('<svg>'), 'image-unsupported: The file is an SVG drawing: shapes without pixels'],
  ])('refuses %s', (_, file, expected) => {
    expect(complaint(() => checkImage(file))).toContain(expected);
  });

  it('refuses a TIFF and half a PNG', async () => {
    expect(complaint(() => 0)).toBe('no complaint');
    const tiff = await blank.clone().tiff().toBuffer();
    expect(complaint(() => checkImage(tiff))).toContain('image-unsupported: The file is a TIFF image');
    const png = await blank.clone().png().toBuffer();
    expect(complaint(() => checkImage(png.subarray(0, 60)))).toBe(
      'image-truncated: The file is a PNG image that breaks off after 60 bytes.',
    );
  });
});

describe('checkSize', () => {
  it('lets the largest phone photos pass', () => {
    expect(complaint(() => checkSize({ width: 8064, height: 6048 }))).toBe('no complaint');
    expect(complaint(() => checkSize({ width: 8160, height: 6144 }))).toBe('no complaint');
  });

  it('refuses 60 megapixels and none', () => {
    expect(complaint(() => checkSize({ width: 10_000, height: 6000 }))).toBe(
      'image-too-large: The photo has 60.0 megapixels (10000 × 6000); the limit is 50.',
    );
    expect(complaint(() => checkSize({ width: 0, height: 5 }))).toContain('image-unreadable');
  });
});

describe('what follows decoding', () => {
  it('blames the browser for HEIC and the file for JPEG', () => {
    expect(undecodable(plainFacts('heic', null), null).code).toBe('image-unsupported');
    expect(undecodable(plainFacts('jpeg', null), null).code).toBe('image-unreadable');
  });

  it('tells what was done to the photo', () => {
    expect(noticesOf({ ...plainFacts('gif', null), animated: true }, true)).toEqual([
      'first-frame-of-animation',
      'transparency-on-white',
    ]);
    expect(noticesOf({ ...plainFacts('jpeg', null), cmyk: true }, false)).toEqual(['converted-from-cmyk']);
  });
});
