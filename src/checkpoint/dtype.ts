/** How numbers are stored in a checkpoint, and how they are read. */

/** In the names that safetensors gives them. */
export type Dtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

export type Numbers =
  Float64Array | Float32Array | BigInt64Array | Int32Array | Int16Array | Int8Array | Uint8Array;

export const BYTES_OF: Readonly<Record<Dtype, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

export function isDtype(name: string): name is Dtype {
  return Object.hasOwn(BYTES_OF, name);
}

/** Numbers as they were stored; both half formats become single precision, which holds each of their values. */
export function decodeNumbers(dtype: Dtype, bytes: Uint8Array<ArrayBuffer>, littleEndian: boolean): Numbers {
  const size = BYTES_OF[dtype];
  const ordered = littleEndian ? bytes : reversedWords(bytes, size);
  // A typed array starts at a whole number of its elements.
  const { buffer } = ordered.byteOffset % size === 0 ? ordered : ordered.slice();
  const offset = ordered.byteOffset % size === 0 ? ordered.byteOffset : 0;
  const length = ordered.length / size;
  return DECODERS[dtype](buffer, offset, length);
}

type Decoder = (buffer: ArrayBuffer, offset: number, length: number) => Numbers;

const DECODERS: Readonly<Record<Dtype, Decoder>> = {
  F64: (...part) => new Float64Array(...part),
  F32: (...part) => new Float32Array(...part),
  F16: (...part) => Float32Array.from(new Uint16Array(...part), halfValue),
  BF16: (...part) => bfloat16Values(new Uint16Array(...part)),
  I64: (...part) => new BigInt64Array(...part),
  I32: (...part) => new Int32Array(...part),
  I16: (...part) => new Int16Array(...part),
  I8: (...part) => new Int8Array(...part),
  U8: (...part) => new Uint8Array(...part),
  BOOL: (...part) => new Uint8Array(...part),
};

/** IEEE 754 binary16. */
export function halfValue(bits: number): number {
  const sign = (bits & 0x80_00) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3_ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 0x4_00) * 2 ** (exponent - 15);
}

/** The upper half of single precision. */
function bfloat16Values(stored: Uint16Array): Float32Array {
  const words = Uint32Array.from(stored, (bits) => bits << 16);
  return new Float32Array(words.buffer);
}

function reversedWords(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const reversed = new Uint8Array(bytes.length);
  for (let word = 0; word < bytes.length; word += size) {
    for (let byte = 0; byte < size; byte += 1) reversed[word + byte] = bytes[word + size - 1 - byte]!;
  }
  return reversed;
}
