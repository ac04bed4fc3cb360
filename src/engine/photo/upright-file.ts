/** A turned photo as pages can show it: not every browser turns every format by itself. */
import type { Pixels } from '../../core/types.ts';
import { copyPixels, openCanvas } from './copy-pixels.ts';
import type { Orientation } from './formats/image-facts.ts';
import { turnPixels } from './turn-pixels.ts';

/** The upright picture as a file; null where the browser shows `image` upright by itself. */
export async function uprightFile(
  image: Blob,
  upright: Pixels,
  orientation: Orientation,
): Promise<Blob | null> {
  return (await isShownUpright(image, upright, orientation)) ? null : await asFile(upright);
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
