/** A photo file to upright, opaque pixels, in Node: what the page does, with another decoder behind it. */
import { VqaError } from '../core/errors.ts';
import type { Pixels } from '../core/types.ts';
import { checkSize } from '../engine/photo/check-image.ts';
import { decodePhoto, type PhotoPixels } from '../engine/photo/decode-photo.ts';

export async function readPixelsNode(image: Blob, signal?: AbortSignal): Promise<PhotoPixels> {
  const file = new Uint8Array(await image.arrayBuffer());
  const sharp = await openDecoder();
  const decode = async (plain: Uint8Array, convertsColours: boolean): Promise<Pixels> => {
    // A file that ends early gives what there is of it, as in a browser.
    const options = { ignoreIcc: !convertsColours, limitInputPixels: false, failOn: 'none' } as const;
    const { space } = await sharp(plain, options).metadata();
    if (space === 'cmyk' && !convertsColours) {
      const inks = sharp(plain, options)
        .pipelineColourspace('cmyk')
        .toColourspace('cmyk')
        .raw({ depth: 'uchar' });
      const { data, info } = await inks.toBuffer({ resolveWithObject: true });
      checkSize(info);
      return { width: info.width, height: info.height, data: lightOf(data) };
    }
    const { data, info } = await sharp(plain, options)
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    checkSize(info);
    const { width, height } = info;
    return { width, height, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) };
  };
  const { pixels, notices } = await decodePhoto(file, { name: 'sharp', decode }, signal);
  return { pixels, notices };
}

/** Inks without a profile, as browsers show them: each takes its share of the light. */
function lightOf(inks: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(inks.length).fill(255);
  for (let at = 0; at < inks.length; at += 4) {
    const left = 255 - inks[at + 3]!;
    for (let channel = at; channel < at + 3; channel += 1)
      rgba[channel] = Math.floor(((255 - inks[channel]!) * left) / 255);
  }
  return rgba;
}

/** Only who decodes photos needs the package: a program on a page installs this SDK without it. */
async function openDecoder(): Promise<(typeof import('sharp'))['default']> {
  try {
    return (await import('sharp')).default;
  } catch (thrown) {
    throw new VqaError('image-unsupported', 'In Node, photos need the package sharp: npm install sharp.', {
      cause: thrown,
    });
  }
}
