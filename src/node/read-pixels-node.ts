/** A photo file to upright, opaque pixels, in Node: the checks of the page, with another decoder behind them. */
import { VqaError } from '../core/errors.ts';
import type { ImageNotice, Pixels } from '../core/types.ts';
import { checkImage, checkSize, noticesOf, undecodable } from '../engine/photo/check-image.ts';
import { flattenOnWhite } from '../engine/photo/flatten-alpha.ts';

export async function readPixelsNode(
  image: Blob,
): Promise<{ readonly pixels: Pixels; readonly notices: readonly ImageNotice[] }> {
  const file = new Uint8Array(await image.arrayBuffer());
  const facts = checkImage(file);
  const sharp = await openDecoder();
  const { data, info } = await sharp(file, { ignoreIcc: true, limitInputPixels: false })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((thrown: unknown) => {
      throw undecodable(facts, thrown);
    });
  checkSize(info);
  const rgba = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const hadTransparency = facts.mayBeTransparent && flattenOnWhite(rgba);
  return {
    pixels: { width: info.width, height: info.height, data: rgba },
    notices: noticesOf(facts, hadTransparency),
  };
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
