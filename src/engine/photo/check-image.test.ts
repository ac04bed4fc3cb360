import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { checkImage, checkSize, noticesOf } from './check-image.ts';

import { plainFacts, type ImageKind } from './formats/image-facts.ts';
import { undecodable } from './refuse-photo.ts';

function complaint(check: () => unknown): string {
  try {
    check();
  } catch (thrown) {
    if (thrown instanceof VqaError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'no complaint';
}

const refusal = (kind: ImageKind): string =>
  complaint(() => {
    throw undecodable(plainFacts(kind, null), 3, 'this browser', null);
  });

const blank = sharp({ create: { width: 40, height: 30, channels: 3, background: '#468' } });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const complaintOf = (file: Uint8Array): Promise<string> =>
  checkImage(file).then(
    () => 'no complaint',
    (thrown: unknown) =>
      complaint(() => {
        throw thrown;
      }),
  );

describe('checkImage', () => {
  it.each(['png', 'jpeg'] as const)('lets a %s photo pass with its facts', async (format) => {
    expect((await checkImage(await blank.clone().toFormat(format).toBuffer())).size).toEqual({
      width: 40,
      height: 30,
    });
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'image-empty: The file has 0 bytes.'],
    ['a web page', bytesOf('<!doctype html>'), 'image-unreadable: The file is a web page, not an image.'],
    ['a drawing', bytesOf('<svg>'), 'image-unsupported: The file is an SVG drawing: shapes without pixels'],
  ])('refuses %s', async (_, file, expected) => {
    expect(await complaintOf(file)).toContain(expected);
  });

  it('leaves what it does not know, and what ends early, to the decoder', async () => {
    expect(await complaintOf(Uint8Array.of(1, 255, 3))).toBe('no complaint');
    const png = await blank.clone().png().toBuffer();
    expect(await checkImage(png.subarray(0, 60))).toMatchObject({ kind: 'png', truncated: true });
  });

  it('refuses a photo of which not even the size is there', async () => {
    const png = await blank.clone().png().toBuffer();
    expect(await complaintOf(png.subarray(0, 20))).toBe(
      'image-truncated: The file is a PNG image that breaks off after 20 bytes.',
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
    expect(refusal('heic')).toBe(
      'image-unsupported: The file is a HEIC photo, which this browser does not read.',
    );
    expect(refusal('jpeg')).toBe('image-unreadable: The file starts like a JPEG photo but is damaged.');
    expect(refusal('camera-raw')).toContain('a camera raw photo, which this browser does not read');
    expect(refusal('unknown')).toBe(
      'image-unreadable: The file is no image: its 3 bytes match no known format.',
    );
  });

  it('tells what was done to the photo', () => {
    expect(noticesOf({ ...plainFacts('gif', null), animated: true, truncated: true }, true)).toEqual([
      'ends-early',
      'first-frame-of-animation',
      'transparency-on-white',
    ]);
    expect(noticesOf({ ...plainFacts('jpeg', null), cmyk: true }, false)).toEqual(['converted-from-cmyk']);
  });
});
