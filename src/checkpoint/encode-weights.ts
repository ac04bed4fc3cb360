/** Weights in the number formats of a pack. */

export interface HalfWeights {
  /** IEEE 754 binary16, as bits. */
  readonly bits: Uint16Array;
  /** Finite numbers that half precision does not hold; they became infinite. */
  readonly overflowed: number;
}

export interface ByteWeights {
  readonly values: Int8Array;
  /** One per output channel: a weight is about `values × scale`. */
  readonly scales: Float32Array;
  /** Largest difference between a weight and what is stored for it. */
  readonly largestError: number;
}

const LARGEST_BYTE = 127;
const HALF_INFINITY = 0x7c_00;
const SMALLEST_NORMAL = 2 ** -14;
const SMALLEST_STEP = 2 ** -24;

/** Rounds to the nearest half, ties to even. */
export function toHalf(values: Float32Array): HalfWeights {
  const bits = Uint16Array.from(values, halfBits);
  let overflowed = 0;
  for (const [index, value] of values.entries()) {
    if ((bits[index]! & 0x7f_ff) === HALF_INFINITY && Number.isFinite(value)) overflowed += 1;
  }
  return { bits, overflowed };
}

function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x80_00 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e_00;
  if (size < SMALLEST_NORMAL) return sign | roundEven(size / SMALLEST_STEP);
  const exponent = Math.min(16, Math.floor(Math.log2(size)));
  // What is 1024 after rounding carries into the exponent by itself.
  const fraction = roundEven((size / 2 ** exponent - 1) * 0x4_00);
  return sign | Math.min(HALF_INFINITY, ((exponent + 15) << 10) + fraction);
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) return floor + (floor % 2);
  return rest < 0.5 ? floor : floor + 1;
}

/** Symmetric, one scale per output channel of a weight `[output, …]` in row-major order. */
export function toBytes(weights: Float32Array, outputs: number): ByteWeights {
  const width = weights.length / outputs;
  const values = new Int8Array(weights.length);
  const scales = new Float32Array(outputs);
  let largestError = 0;
  for (let output = 0; output < outputs; output += 1) {
    const row = weights.subarray(output * width, (output + 1) * width);
    const largest = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    // As it is stored, so that the error is that of the stored weight.
    const scale = Math.fround(largest === 0 ? 1 : largest / LARGEST_BYTE);
    scales[output] = scale;
    for (const [index, weight] of row.entries()) {
      const value = Math.max(-LARGEST_BYTE, Math.min(LARGEST_BYTE, roundEven(weight / scale)));
      values[output * width + index] = value;
      largestError = Math.max(largestError, Math.abs(weight - value * scale));
    }
  }
  return { values, scales, largestError };
}

export interface BatchNorm {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

/** A convolution `[output, …]` without bias and the batch norm behind it, as one convolution with a bias. */
export function foldBatchNorm(
  kernel: Float32Array,
  { weight, bias, mean, variance, epsilon }: BatchNorm,
): { readonly kernel: Float32Array; readonly bias: Float32Array } {
  const factors = Float64Array.from(weight, (gain, index) => gain / Math.sqrt(variance[index]! + epsilon));
  const width = kernel.length / factors.length;
  return {
    kernel: kernel.map((value, index) => value * factors[Math.floor(index / width)]!),
    bias: bias.map((shift, index) => shift - mean[index]! * factors[index]!),
  };
}

/** The first `count` rows of a table `[row, column]`. */
export function firstRows(table: Float32Array, columns: number, count: number): Float32Array {
  return table.slice(0, count * columns);
}
