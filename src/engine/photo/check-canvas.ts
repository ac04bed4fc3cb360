/** Whether this browser lets a page read what it draws: some give noise instead, so that a page cannot be recognised. */
import { VqaError } from '../../core/errors.ts';

const SIDE = 16;
let isTrue: boolean | null = null;

/** Looks once. @throws VqaError `pixels-hidden` */
export function checkCanvas(): void {
  isTrue ??= readsWhatItDraws();
  if (isTrue) return;
  throw new VqaError(
    'pixels-hidden',
    'This browser hides the pixels of photos from pages and gives noise in their place (“resist fingerprinting”).',
  );
}

function readsWhatItDraws(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (!context) return true; // that has a sentence of its own
  const drawn = new ImageData(SIDE, SIDE);
  drawn.data.forEach((_, index) => {
    drawn.data[index] = index % 4 === 3 ? 255 : (index * 37) % 251;
  });
  context.putImageData(drawn, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.every((value, index) => value === drawn.data[index]);
}
