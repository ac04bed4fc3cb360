/**
 * Upright pixels to the detector's input: a triangle filter with half-pixel centres in float throughout, whose support
 * widens when shrinking (`triangle`, models/detector/preprocess.py) or not (`linear`, models/published/frcnn_detect.py).
 */
import type { ImageSettings, Resampling, Resize } from '../../core/pack/detector-settings.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import type { ImageSize, Pixels } from '../../core/types.ts';

const CHANNELS = 3;

/** `taps` weights for each target sample, starting at source sample `first`. */
interface ResizeWeights {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

type Axes = readonly ['batch', 'channel', 'row', 'column'];
export type NetworkInput = Tensor<Axes>;

export function preprocessImage(photo: Pixels, image: ImageSettings): NetworkInput {
  const size = inputSize(photo, image.resize);
  const { resampling } = image.resize;
  const across = resizeRows(photo, resizeWeights(photo.width, size.width, resampling), size.width);
  const down = resizeWeights(photo.height, size.height, resampling);
  return normalise(resizeColumns(across, down, size), size, image);
}

/** Of the network's input. */
export function inputSize(photo: ImageSize, resize: Resize): ImageSize {
  if (resize.rule === 'stretch') return { width: resize.width, height: resize.height };
  const { width, height } = photo;
  const byShort = resize.shortSide / Math.min(width, height);
  const scale = Math.min(byShort, resize.longSide / Math.max(width, height));
  const side = (length: number): number => Math.max(1, Math.floor(length * scale + 0.5));
  return { width: side(width), height: side(height) };
}

/** Each target sample as a weighted mean of source samples; weights outside the source are dropped. */
export function resizeWeights(source: number, target: number, resampling: Resampling): ResizeWeights {
  const scale = source / target;
  const support = resampling === 'triangle' ? Math.max(scale, 1) : 1;
  const taps = Math.min(source, Math.ceil(2 * support));
  const first = new Int32Array(target);
  const weights = new Float32Array(target * taps);
  for (let position = 0; position < target; position += 1) {
    const centre = (position + 0.5) * scale;
    const start = Math.min(source - taps, Math.max(0, Math.floor(centre - support + 0.5)));
    const shares = Array.from({ length: taps }, (_, tap) =>
      Math.max(0, 1 - Math.abs(start + tap + 0.5 - centre) / support),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    first[position] = start;
    for (const [tap, share] of shares.entries()) weights[position * taps + tap] = share / total;
  }
  return { taps, first, weights };
}

/** RGBA [rows, columns, 4] -> RGB [rows, width, 3] as floats 0..255. */
function resizeRows(
  { width: columns, height: rows, data }: Pixels,
  { taps, first, weights }: ResizeWeights,
  width: number,
): Float32Array {
  const across = new Float32Array(rows * width * CHANNELS);
  let out = 0;
  for (let row = 0; row < rows; row += 1) {
    const rowStart = row * columns;
    for (let column = 0; column < width; column += 1) {
      let pixel = 4 * (rowStart + first[column]!);
      let red = 0;
      let green = 0;
      let blue = 0;
      const last = (column + 1) * taps;
      for (let tap = column * taps; tap < last; tap += 1) {
        const weight = weights[tap]!;
        red += weight * data[pixel]!;
        green += weight * data[pixel + 1]!;
        blue += weight * data[pixel + 2]!;
        pixel += 4;
      }
      across[out] = red;
      across[out + 1] = green;
      across[out + 2] = blue;
      out += CHANNELS;
    }
  }
  return across;
}

/** RGB [rows, width, 3] -> RGB [height, width, 3]. */
function resizeColumns(
  across: Float32Array,
  { taps, first, weights }: ResizeWeights,
  { width, height }: ImageSize,
): Float32Array {
  const rowLength = width * CHANNELS;
  const resized = new Float32Array(height * rowLength);
  for (let row = 0; row < height; row += 1) {
    const outStart = row * rowLength;
    for (let tap = 0; tap < taps; tap += 1) {
      const weight = weights[row * taps + tap]!;
      if (weight === 0) continue;
      const inStart = (first[row]! + tap) * rowLength;
      for (let i = 0; i < rowLength; i += 1) {
        resized[outStart + i] = resized[outStart + i]! + weight * across[inStart + i]!;
      }
    }
  }
  return resized;
}

/** RGB [height, width, 3], 0..255 -> [1, 3, height, width] in the pack's channel order, normalised. */
function normalise(
  rgb: Float32Array,
  { width, height }: ImageSize,
  { channelOrder, mean, std }: Omit<ImageSettings, 'resize'>,
): NetworkInput {
  const plane = width * height;
  const data = new Float32Array(CHANNELS * plane);
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    const source = channelOrder === 'RGB' ? channel : CHANNELS - 1 - channel;
    const shift = mean[channel]!;
    const factor = 1 / std[channel]!;
    for (let i = 0; i < plane; i += 1) {
      data[channel * plane + i] = (rgb[i * CHANNELS + source]! - shift) * factor;
    }
  }
  return tensor<Axes>([1, CHANNELS, height, width], data);
}
