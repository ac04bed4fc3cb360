/** A photo file to upright, opaque pixels, in a browser. File, paste, camera and URL all come through here. */
import { VqaError } from '../../core/errors.ts';
import type { Pixels } from '../../core/types.ts';
import { checkSize } from './check-image.ts';
import { decodePhoto, type PhotoDecoder, type PhotoPixels } from './decode-photo.ts';
import { checkCanvas } from './check-canvas.ts';
import type { Orientation } from './formats/image-facts.ts';
import { turnPixels } from './turn-pixels.ts';

export interface ShownPhoto extends PhotoPixels {
  /** The upright photo as a file, where the browser itself would show it lying or mirrored. */
  readonly upright: Blob | null;
}

/** Some browsers draw nothing on a canvas of more than 16 megapixels: the photo is copied in strips. */
const STRIP_PIXELS = 4_000_000;

/** @throws VqaError `image-…`, or `pixels-hidden` where the browser keeps them from the page */
export async function readPixels(image: Blob, signal?: AbortSignal): Promise<ShownPhoto> {
  checkCanvas();
  const file = new Uint8Array(await image.arrayBuffer());
  signal?.throwIfAborted();
  const { pixels, notices, orientation } = await decodePhoto(file, BROWSER, signal);
  const isShown = orientation === 1 || (await isShownUpright(image, pixels, orientation));
  signal?.throwIfAborted();
  return isShown
    ? { pixels, notices, upright: null }
    : { pixels, notices: [...notices, 'turned-upright'], upright: await asFile(pixels) };
}

const BROWSER: PhotoDecoder = {
  name: 'this browser',
  async decode(file, convertsColours) {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(file)]), {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      colorSpaceConversion: convertsColours ? 'default' : 'none',
    });
    try {
      checkSize(bitmap);
      return copyPixels(bitmap);
    } finally {
      bitmap.close();
    }
  },
};

function copyPixels(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(4 * width * height);
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const context = openCanvas(width, rows);
  // Otherwise a transparent strip would show the one before it.
  context.globalCompositeOperation = 'copy';
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
    data.set(context.getImageData(0, 0, width, count).data, 4 * width * top);
  }
  return { width, height, data };
}

function openCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
    colorSpace: 'srgb',
  });
  if (context) return context;
  throw new VqaError('image-unreadable', 'The browser has no memory left for this photo.');
}

const SAMPLES = 64;

/** Whether the browser turns the file by itself, as some do for some formats: it shows one picture or the other. */
async function isShownUpright(image: Blob, upright: Pixels, orientation: Orientation): Promise<boolean> {
  const bitmap = await createImageBitmap(image, { imageOrientation: 'from-image' }).catch(() => null);
  if (!bitmap) return false;
  try {
    const shown = copyPixels(bitmap);
    return difference(shown, upright) <= difference(shown, turnPixels(upright, BACK[orientation]));
  } finally {
    bitmap.close();
  }
}

/** What turns an upright picture back to how it is stored. */
const BACK: Readonly<Record<Orientation, Orientation>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };

/** The sum over a grid of points; infinite for pictures of different shapes. */
function difference(left: Pixels, right: Pixels): number {
  const { width, height } = left;
  if (width !== right.width || height !== right.height) return Infinity;
  let sum = 0;
  for (let row = 0.5; row < SAMPLES; row += 1) {
    for (let column = 0.5; column < SAMPLES; column += 1) {
      const pixel = Math.floor((row * height) / SAMPLES) * width + Math.floor((column * width) / SAMPLES);
      for (let at = 4 * pixel; at < 4 * pixel + 3; at += 1) sum += Math.abs(left.data[at]! - right.data[at]!);
    }
  }
  return sum;
}

async function asFile({ width, height, data }: Pixels): Promise<Blob> {
  const context = openCanvas(width, height);
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return await context.canvas.convertToBlob({ type: 'image/png' });
}
