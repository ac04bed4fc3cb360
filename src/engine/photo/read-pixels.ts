/** A photo file to upright, opaque pixels, in a browser. File, paste, camera and URL all come through here. */
import { VqaError } from '../../core/errors.ts';
import type { ImageNotice, Pixels } from '../../core/types.ts';
import { checkImage, checkSize, noticesOf, undecodable } from './check-image.ts';
import { flattenOnWhite } from './flatten-alpha.ts';
import type { ImageFacts } from './formats/image-facts.ts';

export interface PhotoPixels {
  readonly pixels: Pixels;
  readonly notices: readonly ImageNotice[];
}

/** Some browsers draw nothing on a canvas of more than 16 megapixels: the photo is copied in strips. */
const STRIP_PIXELS = 4_000_000;

/** Stored colours are taken as they are: a conversion would differ from screen to screen. */
const DECODING: ImageBitmapOptions = { imageOrientation: 'from-image', colorSpaceConversion: 'none' };

export async function readPixels(image: Blob, signal?: AbortSignal): Promise<PhotoPixels> {
  const facts = checkImage(new Uint8Array(await image.arrayBuffer()));
  signal?.throwIfAborted();
  const bitmap = await decode(image, facts);
  try {
    signal?.throwIfAborted();
    checkSize(bitmap);
    const pixels = copyPixels(bitmap);
    const hadTransparency = facts.mayBeTransparent && flattenOnWhite(pixels.data);
    return { pixels, notices: noticesOf(facts, hadTransparency) };
  } finally {
    bitmap.close();
  }
}

async function decode(image: Blob, facts: ImageFacts): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(image, DECODING);
  } catch (thrown) {
    throw undecodable(facts, thrown);
  }
}

function copyPixels(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(4 * width * height);
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const context = new OffscreenCanvas(width, rows).getContext('2d', { willReadFrequently: true });
  if (context === null)
    throw new VqaError('image-unreadable', 'The browser has no memory left for this photo.');
  // Otherwise a transparent strip would show the one before it.
  context.globalCompositeOperation = 'copy';
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
    data.set(context.getImageData(0, 0, width, count).data, 4 * width * top);
  }
  return { width, height, data };
}
