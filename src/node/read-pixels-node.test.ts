/** One picture, stored in every way in which files say how it is meant: the pixels that come out are the same. */
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../bytes/crc32.ts';
import { readPixelsNode } from './read-pixels-node.ts';

const [WIDTH, HEIGHT] = [64, 48];
/** Of the four quarters, row by row. */
const COLOURS = [
  [200, 40, 30],
  [40, 160, 60],
  [30, 60, 190],
  [180, 150, 120],
] as const;
/** What a lossy decoder may be off by, in steps of 255: rounding, and the coarser colours of JPEG and its kin. */
const LOSSY = 3;

function picture(opacity?: readonly number[]): Sharp {
  const channels = opacity ? 4 : 3;
  const data = Buffer.alloc(WIDTH * HEIGHT * channels);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    const quarter = 2 * Number(pixel >= (WIDTH * HEIGHT) / 2) + Number(pixel % WIDTH >= WIDTH / 2);
    data.set([...(COLOURS[quarter] ?? []), ...(opacity ? [opacity[quarter] ?? 0] : [])], pixel * channels);
  }
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

async function read(file: Uint8Array) {
  const { pixels, notices } = await readPixelsNode(new Blob([new Uint8Array(file)]));
  const { width, height, data } = pixels;
  const quarters = [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
      return Array.from(data.subarray(at, at + 3));
    }),
  );
  return { width, height, quarters, notices };
}

function expectNear(
  quarters: readonly number[][],
  wanted: readonly (readonly number[])[],
  tolerance: number,
) {
  const off = quarters.flat().map((value, index) => Math.abs(value - (wanted.flat()[index] ?? 0)));
  expect(Math.max(...off), JSON.stringify(quarters)).toBeLessThanOrEqual(tolerance);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

async function pngWith(...chunks: readonly Buffer[]): Promise<Buffer> {
  const png = await picture().png().toBuffer();
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, 4 * index);
  return bytes;
};

const xyz = (values: readonly number[]) =>
  Buffer.concat([Buffer.from('XYZ \0\0\0\0'), numbers(...values.map((value) => Math.round(value * 65_536)))]);

/** A profile of a curve and a matrix. @param columns XYZ of red, green and blue */
function profile(columns: readonly (readonly number[])[], gamma: number): Buffer {
  const curve = Buffer.concat([Buffer.from('curv\0\0\0\0\0\0\0\u0001'), Buffer.alloc(4)]);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const tags: [string, Buffer][] = [
    ...columns.map((column, index): [string, Buffer] => [`${'rgb'[index]}XYZ`, xyz(column)]),
    ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, Buffer] => [name, curve]),
  ];
  const header = Buffer.alloc(132);
  header.write('mntrRGB XYZ ', 12);
  header.write('acsp', 36);
  header.writeUInt32BE(tags.length, 128);
  let offset = header.length + 12 * tags.length;
  const entries = tags.map(([name, data]) => {
    const entry = Buffer.concat([Buffer.from(name), numbers(offset, data.length)]);
    offset += data.length;
    return entry;
  });
  const whole = Buffer.concat([header, ...entries, ...tags.map(([, data]) => data)]);
  whole.writeUInt32BE(whole.length);
  return whole;
}

const asChunk = (icc: Buffer): Buffer =>
  chunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), deflateSync(icc)]));
/** XYZ of sRGB's red, green and blue, for white D50. */
const RED = [0.43607, 0.22249, 0.01392];
const GREEN = [0.38515, 0.71688, 0.09708];
const BLUE = [0.14307, 0.06061, 0.7141];
const P3_SHOWN = [
  [218, 0, 5],
  [0, 163, 40],
  [18, 61, 197],
  [186, 149, 116],
];

describe('colours', () => {
  it.each([
    ['jpeg', { quality: 98, chromaSubsampling: '4:4:4' }],
    ['webp', { lossless: true }],
    ['avif', { quality: 95, chromaSubsampling: '4:4:4' }],
    ['png', {}],
  ] as const)('of Display P3 in %s are those that are seen', async (format, options) => {
    const file = await picture().png().toBuffer();
    const wide = await sharp(file).withIccProfile('p3').toFormat(format, options).toBuffer();
    const { quarters } = await read(wide);
    expectNear(quarters, COLOURS, LOSSY);
  });

  it('that a profile exchanges are exchanged', async () => {
    const { quarters } = await read(await pngWith(asChunk(profile([BLUE, GREEN, RED], 2.2))));
    expect(quarters[0]?.[2]).toBeGreaterThan(190);
    expect(quarters[2]?.[0]).toBeGreaterThan(180);
  });

  it('of a profile that is sRGB in other words stay to the last step', async () => {
    const { quarters } = await read(
      await pngWith(chunk('sRGB', Buffer.of(0)), chunk('gAMA', numbers(45_455))),
    );
    expect(quarters).toEqual(COLOURS);
  });

  it.each<[string, Buffer[]]>([
    ['cICP', [chunk('cICP', Buffer.of(12, 13, 0, 1))]],
    [
      'cHRM and gAMA',
      [
        chunk('gAMA', numbers(45_455)),
        chunk('cHRM', numbers(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6000)),
      ],
    ],
  ])('that a PNG names by %s are converted', async (_, chunks) => {
    const { quarters } = await read(await pngWith(...chunks));
    expectNear(quarters, P3_SHOWN, 12); // a plain exponent is not sRGB's curve
    expect(quarters[0]?.[1]).toBe(0);
  });

  it('of sixteen bits lose no more than their last eight', async () => {
    const deep = await picture().toColourspace('rgb16').png().toBuffer();
    expectNear((await read(deep)).quarters, COLOURS, 1);
  });

  it('under half-transparent paint lie on white', async () => {
    const file = await picture([255, 128, 26, 200]).png().toBuffer();
    const { quarters, notices } = await read(file);
    expect(notices).toEqual(['transparency-on-white']);
    expect(quarters).toEqual([
      [200, 40, 30],
      [147, 207, 157],
      [232, 235, 248],
      [196, 173, 149],
    ]);
  });
});

describe('the way up', () => {
  const formats = ['jpeg', 'png', 'webp', 'avif'] as const;
  it.each(
    formats.flatMap((format) => [2, 3, 4, 5, 6, 7, 8].map((orientation) => [format, orientation] as const)),
  )('of a %s with orientation %i is the one that EXIF means', async (format, orientation) => {
    const upright = await picture().png().toBuffer();
    const options = format === 'webp' ? { lossless: true } : { quality: 98, chromaSubsampling: '4:4:4' };
    const file = await sharp(upright).withMetadata({ orientation }).toFormat(format, options).toBuffer();
    const wanted = await sharp(await sharp(upright).withMetadata({ orientation }).png().toBuffer())
      .autoOrient()
      .png()
      .toBuffer();
    const { width, height, quarters } = await read(file);
    expect([width, height]).toEqual(orientation >= 5 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]);
    expectNear(quarters, (await read(wanted)).quarters, LOSSY);
  });
});

describe('a file that ends early', () => {
  const kinds: [string, () => Promise<Buffer>][] = [
    ['JPEG', () => picture().jpeg().toBuffer()],
    ['PNG', () => picture().png().toBuffer()],
    ['GIF', () => picture().gif().toBuffer()],
  ];
  it.each(kinds)('by its last bytes is read whole, with a notice: %s', async (_, make) => {
    const file = await make();
    const whole = await read(file);
    for (const bytes of [1, 2]) {
      const { notices, ...rest } = await read(file.subarray(0, -bytes));
      expect(notices).toEqual(['ends-early']);
      expect(rest).toEqual({ width: whole.width, height: whole.height, quarters: whole.quarters });
    }
  });

  it('by a picture behind its picture is read whole', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const trailer = Buffer.from('\0\0\u0001\u000aImage_UTC_Data1700000000000SEFHe\0\0\0SEFT');
    const { quarters, notices } = await read(Buffer.concat([jpeg.subarray(0, -2), trailer]));
    expect(notices).toEqual(['ends-early']);
    expectNear(quarters, COLOURS, LOSSY);
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG', () => noise().jpeg({ quality: 95 }).toBuffer()],
    ['PNG', () => noise().png().toBuffer()],
  ])('by half is refused, by a tenth is looked at: %s', async (_, make) => {
    const file = await make();
    const cut = (share: number) => file.subarray(0, Math.floor(file.length * share));
    await expect(read(cut(0.4))).rejects.toMatchObject({ code: 'image-truncated' });
    expect((await read(cut(0.9))).notices).toEqual(['ends-early']);
  });

  it('of a kind that sharp does not read is named', async () => {
    const raw = Buffer.from('\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom');
    await expect(read(raw)).rejects.toMatchObject({
      code: 'image-unsupported',
      message: 'The file is a camera raw photo, which sharp does not read.',
    });
  });
});

function noise(): Sharp {
  const data = Buffer.from(Array.from({ length: 160 * 120 * 3 }, (_, index) => (index * index * 31) % 251));
  return sharp(data, { raw: { width: 160, height: 120, channels: 3 } });
}
