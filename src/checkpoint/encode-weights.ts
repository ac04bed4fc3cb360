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
const HALF_NAN = 0x7e_00;
/** Bits of single precision: the sign is dropped, the rest grows with the number. */
const INFINITY_BITS = 0x7f_80_00_00;
/** 2^-14, the smallest half with all its digits. */
const NORMAL_BITS = 0x38_80_00_00;
/** Half way between the largest half and what would be the next one. */
const OVERFLOW_BITS = 0x47_7f_f0_00;
/** Added to a double below 2^51, it leaves no room for digits behind the point: the sum is rounded, ties to even. */
const ROUNDING = 1.5 * 2 ** 52;

/** Rounds to the nearest half, ties to even. */
export function toHalf(values: Float32Array): HalfWeights {
  const bits = new Uint16Array(values.length);
  const singles = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let overflowed = 0;
  for (let index = 0; index < bits.length; index += 1) {
    const single = singles[index]!;
    const half = halfBits(single & 0x7f_ff_ff_ff, values[index]!);
    if (half === HALF_INFINITY && (single & INFINITY_BITS) !== INFINITY_BITS) overflowed += 1;
    bits[index] = ((single >>> 16) & 0x80_00) | half;
  }
  return { bits, overflowed };
}

/** @param size bits of the number without its sign */
function halfBits(size: number, value: number): number {
  if (size >= OVERFLOW_BITS) return size > INFINITY_BITS ? HALF_NAN : HALF_INFINITY;
  if (size < NORMAL_BITS) return roundEven(Math.abs(value) * 2 ** 24);
  // 13 of 23 digits go; what is rounded up past the last digit carries into the exponent by itself.
  const odd = (size >>> 13) & 1;
  return ((size - NORMAL_BITS + 0x0f_ff + odd) >>> 13) + 0x04_00;
}

function roundEven(value: number): number {
  return value + ROUNDING - ROUNDING;
}

/** Symmetric, one scale per output channel of a weight `[output, …]` in row-major order. */
export function toBytes(weights: Float32Array, outputs: number): ByteWeights {
  const width = weights.length / outputs;
  const values = new Int8Array(weights.length);
  const scales = new Float32Array(outputs);
  let largestError = 0;
  for (let output = 0; output < outputs; output += 1) {
    const start = output * width;
    let largest = 0;
    for (let index = start; index < start + width; index += 1) {
      largest = Math.max(largest, Math.abs(weights[index]!));
    }
    // As it is stored, so that the error is that of the stored weight.
    const scale = Math.fround(largest === 0 ? 1 : largest / LARGEST_BYTE);
    scales[output] = scale;
    for (let index = start; index < start + width; index += 1) {
      const weight = weights[index]!;
      const value = Math.max(-LARGEST_BYTE, Math.min(LARGEST_BYTE, roundEven(weight / scale)));
      values[index] = value;
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

/** What batch norm does to its input: `factor × x + shift`, one of each per channel. */
export function batchNormLine({ weight, bias, mean, variance, epsilon }: BatchNorm): {
  readonly factors: Float64Array;
  readonly shifts: Float32Array;
} {
  const factors = Float64Array.from(weight, (gain, index) => gain / Math.sqrt(variance[index]! + epsilon));
  return { factors, shifts: bias.map((shift, index) => shift - mean[index]! * factors[index]!) };
}

/** Rows of a weight `[output, …]`, each times its factor: a convolution before a batch norm takes the norm in so. */
export function scaleRows(rows: Float32Array, factors: Float64Array): Float32Array {
  const width = rows.length / factors.length;
  const scaled = new Float32Array(rows.length);
  for (let row = 0; row < factors.length; row += 1) {
    const factor = factors[row]!;
    for (let index = row * width; index < (row + 1) * width; index += 1)
      scaled[index] = rows[index]! * factor;
  }
  return scaled;
}
