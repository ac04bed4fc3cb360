/**
 * NumPy's array file, version 1.0: a magic number, a header that is a Python literal, the values
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */

/** Row-major values and the length of each axis; texts become fixed-width Unicode, so that no pickle is needed. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | readonly string[];
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** Magic number and the length of the header. */
const PREFIX_BYTES = MAGIC.length + 2;
/** The values begin at a multiple of this, for readers that map the file into memory. */
const ALIGNMENT = 64;
const BYTES_PER_LETTER = 4;

/** @throws RangeError when `shape` does not hold as many values as there are. */
export function npyBytes({ shape, values }: NpyArray): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length) {
    throw new RangeError(`array of ${shape.join('×')} needs ${size} values, got ${values.length}`);
  }
  const { type, content } = encoded(values);
  const header = headerBytes(type, shape);
  const bytes = new Uint8Array(header.length + content.length);
  bytes.set(header);
  bytes.set(content, header.length);
  return bytes;
}

function encoded(values: NpyArray['values']): { readonly type: string; readonly content: Uint8Array } {
  if (values instanceof Float32Array) return { type: '<f4', content: littleEndian(values, 'setFloat32') };
  if (values instanceof Int32Array) return { type: '<i4', content: littleEndian(values, 'setInt32') };
  const letters = values.map((text) => Array.from(text));
  // NumPy knows no text of width 0.
  const width = letters.reduce((widest, { length }) => Math.max(widest, length), 1);
  const view = new DataView(new ArrayBuffer(values.length * width * BYTES_PER_LETTER));
  for (const [row, text] of letters.entries()) {
    for (const [column, letter] of text.entries()) {
      view.setUint32((row * width + column) * BYTES_PER_LETTER, letter.codePointAt(0) ?? 0, true);
    }
  }
  return { type: `<U${width}`, content: new Uint8Array(view.buffer) };
}

function littleEndian(values: Float32Array | Int32Array, set: 'setFloat32' | 'setInt32'): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  for (const [index, value] of values.entries()) view[set](index * values.BYTES_PER_ELEMENT, value, true);
  return new Uint8Array(view.buffer);
}

function headerBytes(type: string, shape: readonly number[]): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const literal = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const total = Math.ceil((PREFIX_BYTES + literal.length + 1) / ALIGNMENT) * ALIGNMENT;
  const padded = `${literal.padEnd(total - PREFIX_BYTES - 1)}\n`;
  const length = [padded.length & 0xff, padded.length >> 8];
  return Uint8Array.from([...MAGIC, ...length, ...new TextEncoder().encode(padded)]);
}
