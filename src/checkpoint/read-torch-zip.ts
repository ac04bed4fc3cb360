/** PyTorch's zip format, since 1.6: `data.pkl` refers to storages that lie in `data/0`, `data/1`, … beside it. */
import { VqaError } from '../core/errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import { readPart, type ByteSource } from './byte-source.ts';
import { collectTensors } from './collect-tensors.ts';
import { crc32 } from '../bytes/crc32.ts';
import { BYTES_OF } from './dtype.ts';
import { stateDictMeaning, type PickledStorage } from './state-dict-names.ts';
import type { Checkpoint, TensorStorage } from './stored-tensor.ts';
import { unpickle } from './unpickle.ts';
import { locateContent, readZipDirectory, type ZipEntry } from './zip-directory.ts';

const PICKLE = 'data.pkl';
/** Read at once while an entry is checked. */
const CHECKED_BYTES = 1 << 23;

export async function readTorchZip(source: ByteSource): Promise<Checkpoint> {
  const entries = await readZipDirectory(source);
  const pickles = [...entries.values()].filter(({ name }) => name.split('/').at(-1) === PICKLE);
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    throw new VqaError(
      'checkpoint-unsupported',
      `${source.name} is a zip archive with ${pickles.length} entries ${PICKLE}; PyTorch's have one.`,
    );
  }
  const folder = pickle.name.slice(0, -PICKLE.length);
  const littleEndian = await isLittleEndian(source, entries.get(`${folder}byteorder`));
  const start = await locateContent(source, pickle);
  const meaning = stateDictMeaning(source);
  const cursor = new ByteCursor(source, PICKLE, start, start + pickle.bytes);
  const root = await unpickle(cursor, meaning);
  const open = (pickled: PickledStorage): TensorStorage =>
    entryStorage(source, entries.get(`${folder}data/${pickled.key}`), pickled, littleEndian);
  return { name: source.name, format: 'PyTorch zip', tensors: collectTensors(source, root, open) };
}

/** Files from before 2022 do not say, and are little-endian. */
async function isLittleEndian(source: ByteSource, entry: ZipEntry | undefined): Promise<boolean> {
  if (entry === undefined) return true;
  const longest = 'little'.length;
  const start = await locateContent(source, entry);
  const bytes = await readPart(source, start, Math.min(entry.bytes, longest), 'its byte order');
  const order = String.fromCharCode(...bytes);
  if (order !== 'little' && order !== 'big') {
    throw new VqaError(
      'checkpoint-invalid',
      `${source.name} has byte order ${JSON.stringify(order)}, must be "little" or "big".`,
    );
  }
  return order === 'little';
}

function entryStorage(
  source: ByteSource,
  entry: ZipEntry | undefined,
  { key, dtype, length }: PickledStorage,
  littleEndian: boolean,
): TensorStorage {
  const name = `storage ${key.slice(0, 40)}`;
  if (entry?.bytes !== length * BYTES_OF[dtype]) {
    const actual = entry === undefined ? 'missing' : `of ${entry.bytes} bytes`;
    throw new VqaError(
      'checkpoint-invalid',
      `${source.name}: ${name} is ${actual}, must be of ${length * BYTES_OF[dtype]} bytes.`,
    );
  }
  let checked: Promise<number> | null = null;
  const read = async (firstByte: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>> => {
    checked ??= checkedContent(source, entry, name);
    return await readPart(source, (await checked) + firstByte, byteLength, name);
  };
  return { dtype, length, littleEndian, read };
}

/**
 * Reads an entry once through before any of it counts.
 * @returns where its content begins
 * @throws VqaError `checkpoint-invalid` where its checksum is another one
 */
async function checkedContent(source: ByteSource, entry: ZipEntry, name: string): Promise<number> {
  const start = await locateContent(source, entry);
  let sum = 0;
  for (let done = 0; done < entry.bytes; done += CHECKED_BYTES) {
    const length = Math.min(CHECKED_BYTES, entry.bytes - done);
    sum = crc32(await readPart(source, start + done, length, name), sum);
  }
  if (sum !== entry.crc32) {
    throw new VqaError(
      'checkpoint-invalid',
      `${source.name}: ${name} is damaged: its checksum is ${sum.toString(16)}, must be ${entry.crc32.toString(16)}.`,
    );
  }
  return start;
}
