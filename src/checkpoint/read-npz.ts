/** Arrays that NumPy's `savez` wrote: a zip archive of `.npy` files, stored as they are. */
import { VqaError } from '../core/errors.ts';
import { readPart, type ByteSource } from './byte-source.ts';
import { BYTES_OF, decodeNumbers, type Dtype, type Numbers } from './dtype.ts';
import { locateContent, readZipDirectory } from './zip-directory.ts';

export interface StoredArray {
  readonly dims: readonly number[];
  /** Row-major. */
  readonly data: Numbers;
}

const DTYPES: Readonly<Record<string, Dtype>> = {
  f8: 'F64',
  f4: 'F32',
  f2: 'F16',
  i8: 'I64',
  i4: 'I32',
  i2: 'I16',
  i1: 'I8',
  u1: 'U8',
  b1: 'BOOL',
};
const MAGIC_BYTES = 8;

/**
 * @returns arrays by name
 * @throws VqaError `checkpoint-invalid` for what is no such archive, or holds what is no array of numbers
 */
export async function readNpz(source: ByteSource): Promise<ReadonlyMap<string, StoredArray>> {
  const arrays = new Map<string, StoredArray>();
  for (const [name, entry] of await readZipDirectory(source)) {
    if (!name.endsWith('.npy')) continue;
    const content = await readPart(source, await locateContent(source, entry), entry.bytes, name);
    arrays.set(name.slice(0, -'.npy'.length), arrayOf(content, `${source.name}: ${name}`));
  }
  return arrays;
}

function arrayOf(content: Uint8Array<ArrayBuffer>, name: string): StoredArray {
  const isFirst = content[MAGIC_BYTES - 2] === 1;
  const start = MAGIC_BYTES + (isFirst ? 2 : 4);
  if (content.length < start || String.fromCharCode(...content.subarray(1, 6)) !== 'NUMPY') fail(name);
  const view = new DataView(content.buffer, content.byteOffset);
  const end = start + (isFirst ? view.getUint16(MAGIC_BYTES, true) : view.getUint32(MAGIC_BYTES, true));
  const header = new TextDecoder('latin1').decode(content.subarray(start, end));
  const { order = '<', type = '' } = /'descr': '(?<order>[<>|=])(?<type>\w+)'/u.exec(header)?.groups ?? {};
  const dtype = DTYPES[type];
  const shape = /'shape': \((?<dims>[\d, ]*)\)/u.exec(header)?.groups?.['dims'];
  if (dtype === undefined || shape === undefined || !header.includes("'fortran_order': False")) fail(name);
  const dims = shape.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number(text)]));
  const bytes = content.slice(end);
  if (bytes.length !== BYTES_OF[dtype] * dims.reduce((product, length) => product * length, 1)) fail(name);
  return { dims, data: decodeNumbers(dtype, bytes, order !== '>') };
}

function fail(name: string): never {
  throw new VqaError('checkpoint-invalid', `${name} is no row-major array of numbers.`);
}
