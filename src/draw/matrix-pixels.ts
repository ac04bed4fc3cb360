/** A matrix as a picture with one pixel for each weight: cheap enough for hundreds of thumbnails. */
import { attentionColor } from './color-map.ts';
import { shareOf } from './heatmap.ts';

/** RGBA, row-major, opaque; `highest` is the weight that gets the lightest colour. */
export function matrixPixels(weights: Float32Array, highest: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * weights.length);
  for (let index = 0; index < weights.length; index += 1) {
    const { red, green, blue } = attentionColor(shareOf(weights[index]!, highest));
    pixels[4 * index] = red;
    pixels[4 * index + 1] = green;
    pixels[4 * index + 2] = blue;
    pixels[4 * index + 3] = 255;
  }
  return pixels;
}
