/**
 * Max-pooling of regions with rounded borders (RoIPool). It is no node of a graph: no backend but WASM has a kernel for it,
 * and against the layers behind it it costs next to nothing.
 */
import { BOX_STRIDE } from '../../core/boxes.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import type { ImageSize } from '../../core/types.ts';
import type { GraphInput } from '../runtime/runtime.ts';

export interface Pooling {
  readonly bins: number;
  /** Pixels of the network's input from one cell of the map to the next. */
  readonly stride: number;
}

export type PooledRegions = Tensor<readonly ['box', 'channel', 'row', 'column']>;

/** First and one past the last cell of each bin; a bin outside the map is empty, neighbours may share a cell. */
interface Bins {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * @param map [1, channel, row, column]
 * @param boxes [box, 4] as fractions of the image
 * @param input of the network, in pixels
 */
export function poolRegions(
  map: GraphInput,
  boxes: Tensor<readonly ['box', 'corner']>,
  input: ImageSize,
  { bins, stride }: Pooling,
): PooledRegions {
  const [, channels = 0, rows = 0, columns = 0] = map.dims;
  const [count] = boxes.dims;
  const pooled = new Float32Array(count * channels * bins * bins);
  const cellsAcross = input.width / stride;
  const cellsDown = input.height / stride;
  for (let box = 0; box < count; box += 1) {
    const [xmin = 0, ymin = 0, xmax = 0, ymax = 0] = boxes.data.subarray(
      box * BOX_STRIDE,
      (box + 1) * BOX_STRIDE,
    );
    const across = binsOf(xmin * cellsAcross, xmax * cellsAcross, columns, bins);
    const down = binsOf(ymin * cellsDown, ymax * cellsDown, rows, bins);
    for (let channel = 0; channel < channels; channel += 1) {
      const plane = map.data.subarray(channel * rows * columns, (channel + 1) * rows * columns);
      const out = pooled.subarray((box * channels + channel) * bins * bins);
      poolPlane(plane, columns, { across, down }, out);
    }
  }
  return tensor<readonly ['box', 'channel', 'row', 'column']>([count, channels, bins, bins], pooled);
}

/** @param low first end of the box along one axis, in cells of the map, not yet rounded */
export function binsOf(low: number, high: number, cells: number, bins: number): Bins {
  const first = Math.floor(low + 0.5);
  const length = Math.max(1, Math.floor(high + 0.5) - first + 1);
  // In single precision, as the original rounds: a bin's end may come to lie just past a cell's.
  const width = Math.fround(length / bins);
  const inside = (cell: number): number => Math.min(cells, Math.max(0, cell + first));
  return {
    starts: Int32Array.from({ length: bins }, (_, bin) => inside(Math.floor(Math.fround(bin * width)))),
    ends: Int32Array.from({ length: bins }, (_, bin) => inside(Math.ceil(Math.fround((bin + 1) * width)))),
  };
}

/** `plane` is not negative: it comes from behind a ReLU. */
function poolPlane(
  plane: GraphInput['data'],
  columns: number,
  { across, down }: { readonly across: Bins; readonly down: Bins },
  out: Float32Array,
): void {
  const bins = across.starts.length;
  for (let i = 0; i < bins; i += 1) {
    const lastRow = down.ends[i]!;
    for (let j = 0; j < bins; j += 1) {
      const [left, right] = [across.starts[j]!, across.ends[j]!];
      let highest = 0;
      for (let row = down.starts[i]!; row < lastRow; row += 1) {
        const end = row * columns + right;
        for (let cell = row * columns + left; cell < end; cell += 1) {
          const value = plane[cell]!;
          if (value > highest) highest = value;
        }
      }
      out[i * bins + j] = highest;
    }
  }
}
