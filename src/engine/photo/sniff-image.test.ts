import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ImageFacts } from './formats/image-facts.ts';
import { sniffImage } from './sniff-image.ts';

const WIDTH = 31;
const HEIGHT = 17;

/** A gradient with every pixel different from its neighbours; the last channel is opacity. */
function gradient(opacity = 255): Sharp {
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, i) =>
    i % 4 === 3 ? opacity : (i * 7) % 256,
  );
  const image = sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
  return opacity === 255 ? image.removeAlpha() : image;
}

async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all([0, 90, 180].map((hue) => gradient().modulate({ hue }).png().toBuffer()));
  return await sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

function factsOf(file: Uint8Array): ImageFacts {
  const sniffed = sniffImage(file);
  if (sniffed.is !== 'image') throw new Error(`taken for ${sniffed.is}`);
  return sniffed.facts;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const still = { animated: false, cmyk: false, truncated: false };
const opaque = { ...still, mayBeTransparent: false };
const size = { width: WIDTH, height: HEIGHT };

describe('sniffImage', () => {
  it.each<[string, () => Promise<Buffer>, Partial<ImageFacts>]>([
    ['JPEG', () => gradient().jpeg().toBuffer(), { kind: 'jpeg' }],
    ['progressive JPEG', () => gradient().jpeg({ progressive: true }).toBuffer(), { kind: 'jpeg' }],
    ['CMYK JPEG', () => gradient().toColourspace('cmyk').jpeg().toBuffer(), { kind: 'jpeg', cmyk: true }],
    ['PNG', () => gradient().png().toBuffer(), { kind: 'png' }],
    ['PNG with alpha', () => gradient(99).png().toBuffer(), { kind: 'png', mayBeTransparent: true }],
    ['lossy WebP', () => gradient().webp().toBuffer(), { kind: 'webp' }],
    ['lossless WebP', () => gradient().webp({ lossless: true }).toBuffer(), { kind: 'webp' }],
    ['WebP with alpha', () => gradient(99).webp().toBuffer(), { kind: 'webp', mayBeTransparent: true }],
    [
      'animated WebP',
      () => animation('webp'),
      { kind: 'webp', animated: true, mayBeTransparent: expect.any(Boolean) },
    ],
    ['GIF', () => gradient(0).gif().toBuffer(), { kind: 'gif', mayBeTransparent: true }],
    [
      'animated GIF',
      () => animation('gif'),
      { kind: 'gif', animated: true, mayBeTransparent: expect.any(Boolean) },
    ],
    ['AVIF', () => gradient().avif().toBuffer(), { kind: 'avif', mayBeTransparent: true }],
  ])('reads the facts of a %s', async (_, file, expected) => {
    expect(factsOf(await file())).toMatchObject({ ...opaque, size, ...expected });
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG', () => gradient().jpeg().toBuffer()],
    ['progressive JPEG', () => gradient().jpeg({ progressive: true }).toBuffer()],
    ['PNG', () => gradient().png().toBuffer()],
    ['WebP', () => gradient().webp().toBuffer()],
    ['GIF', () => gradient().gif().toBuffer()],
    ['AVIF', () => gradient().avif().toBuffer()],
  ])('sees that a %s is cut anywhere after its header', async (_, file) => {
    const whole = await file();
    for (const kept of [0.6, 0.9, 1 - 1 / whole.length]) {
      const cut = whole.subarray(0, Math.floor(whole.length * kept));
      expect(factsOf(cut).truncated, `${cut.length} of ${whole.length} bytes`).toBe(true);
    }
  });

  it('sees that a PNG is animated', async () => {
    const png = await gradient().png().toBuffer();
    const control = Buffer.alloc(20);
    control.writeUInt32BE(8);
    control.write('acTL', 4);
    control.writeUInt32BE(3, 8);
    const afterHeader = 33;
    const animated = Buffer.concat([png.subarray(0, afterHeader), control, png.subarray(afterHeader)]);
    expect(factsOf(animated)).toMatchObject({ kind: 'png', size, ...opaque, animated: true });
  });

  it('takes a JPEG with a film behind it for whole', async () => {
    const photo = await gradient().jpeg().toBuffer();
    expect(factsOf(Buffer.concat([photo, Buffer.from('....ftypmp42 and so on')])).truncated).toBe(false);
  });

  it('is not fooled by the thumbnail inside a JPEG', async () => {
    const thumbnail = await gradient().resize(8, 8).jpeg().toBuffer();
    const photo = await gradient().jpeg().toBuffer();
    const segment = Buffer.concat([Buffer.from([0xff, 0xe5, 0, 0]), thumbnail]);
    segment.writeUInt16BE(thumbnail.length + 2, 2);
    const whole = Buffer.concat([photo.subarray(0, 2), segment, photo.subarray(2)]);
    expect(factsOf(whole)).toMatchObject({ kind: 'jpeg', size, ...opaque });
    expect(factsOf(whole.subarray(0, -20)).truncated).toBe(true);
  });

  it('reads a BMP by hand', () => {
    const file = new DataView(new ArrayBuffer(54 + 4 * 2 * 3));
    file.setUint16(0, 0x42_4d);
    file.setUint32(2, file.byteLength, true);
    file.setUint32(14, 40, true);
    file.setInt32(18, 2, true);
    file.setInt32(22, -3, true);
    file.setUint16(28, 24, true);
    expect(factsOf(new Uint8Array(file.buffer))).toMatchObject({
      kind: 'bmp',
      size: { width: 2, height: 3 },
      ...opaque,
    });
  });

  it('knows TIFF, HEIC and SVG', async () => {
    expect(factsOf(await gradient().tiff().toBuffer()).kind).toBe('tiff');
    expect(factsOf(bytesOf('\0\0\0\u0018ftypheic\0\0\0\0mif1heic')).kind).toBe('heic');
    expect(factsOf(bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>')).kind).toBe('svg');
    expect(factsOf(bytesOf('<?xml version="1.0"?>\n<!-- a comment -->\n<svg width="2">')).kind).toBe('svg');
  });

  it.each<[string, string]>([
    ['<!DOCTYPE html><html><body><svg></svg>', 'web page'],
    ['%PDF-1.7 …', 'PDF document'],
    ['PK\u0003\u0004 …', 'ZIP archive'],
    ['\0\0\0\u0018ftypmp42\0\0\0\0isommp42', 'video'],
    ['<?xml version="1.0"?><feed/>', 'XML document'],
    ['name,answer\nphoto,dog\n', 'text file'],
  ])('says what %j is instead', (text, kind) => {
    expect(sniffImage(bytesOf(text))).toEqual({ is: 'other', kind });
  });

  it.each<[string, string]>([
    ['\u00ff\u000a…', 'jpeg-xl'],
    ['\0\0\0\u000cJXL \r\n\u0087\n', 'jpeg-xl'],
    ['\0\0\0\u000cjP  \r\n\u0087\n', 'jpeg-2000'],
    ['\u00ff\u004f\u00ff\u0051…', 'jpeg-2000'],
    ['8BPS\0\u0001', 'photoshop'],
    ['\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom', 'camera-raw'],
    ['FUJIFILMCCD-RAW 0201', 'camera-raw'],
    ['IIU\0\u0018\0\0\0', 'camera-raw'],
    ['II*\0\u0010\0\0\0CR\u0002\0', 'camera-raw'],
    ['MM\0*\0\0\0\u0008\0\u0001\u00c6\u0012\0\u0001\0\0\0\u0004\u0001\u0004\0\0', 'camera-raw'],
    ['II*\0\u0008\0\0\0\u0001\0\0\u0001\u0003\0', 'tiff'],
  ])('names %j', (text, kind) => {
    expect(factsOf(Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)).kind).toBe(kind);
  });

  it('admits that it does not know', () => {
    expect(factsOf(Uint8Array.of(1, 2, 3, 4, 200, 201)).kind).toBe('unknown');
  });
});
