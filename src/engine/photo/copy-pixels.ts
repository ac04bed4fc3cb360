/** The pixels of a decoded picture, by way of a canvas. */
import { VqaError } from '../../core/errors.ts';
import type { Pixels } from '../../core/types.ts';

/** Some browsers draw nothing on a canvas of more than 16 megapixels: the photo is copied in strips. */
const STRIP_PIXELS = 4_000_000;

export function copyPixels(bitmap: ImageBitmap): Pixels {
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

export function openCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
    colorSpace: 'srgb',
  });
  if (context) return context;
  throw new VqaError('image-unreadable', 'The browser has no memory left for this photo.');
}
