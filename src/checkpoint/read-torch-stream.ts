/**
 * PyTorch's stream format, before 1.6: pickles of a magic number, a version, facts on the machine, the state dict and
 * the order of its storages; then each storage, a count of 64 bits before its numbers.
 */
import { VqaError } from '../core/errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import { checkPart, readPart, type ByteSource } from './byte-source.ts';
import { collectTensors } from './collect-tensors.ts';
import { BYTES_OF } from './dtype.ts';
import { PickleDict, PickleList } from './pickle-values.ts';
import { stateDictMeaning, type PickledStorage } from './state-dict-names.ts';
import type { Checkpoint, TensorStorage } from './stored-tensor.ts';
import { unpickle } from './unpickle.ts';

export const STREAM_MAGIC = 0x19_50_a8_6a_20_f9_46_9c_fc_6cn;
const VERSION = 1001;
const COUNT_BYTES = 8;

/** `cursor` stands behind the magic number. */
export async function readTorchStream(source: ByteSource, cursor: ByteCursor): Promise<Checkpoint> {
  const meaning = stateDictMeaning(source);
  const version = await unpickle(cursor, meaning);
  if (version !== VERSION) cursor.fail(`is of another version than ${VERSION}`);
  const machine = await unpickle(cursor, meaning);
  const littleEndian = !(machine instanceof PickleDict) || machine.entries.get('little_endian') !== false;
  const root = await unpickle(cursor, meaning);
  const order = await unpickle(cursor, meaning);
  const keys = order instanceof PickleList ? order.items : cursor.fail('has no list of its storages');
  const places = new Map<PickledStorage, number>();
  let position = cursor.position;
  for (const key of keys) {
    const storage = typeof key === 'string' ? meaning.storages.get(key) : undefined;
    if (storage === undefined || places.has(storage)) {
      cursor.fail('lists a storage twice, or one that no tensor has');
    }
    const bytes = COUNT_BYTES + storage.length * BYTES_OF[storage.dtype];
    checkPart(source, position, bytes, `storage ${storage.key.slice(0, 40)}`);
    places.set(storage, position);
    position += bytes;
  }
  const open = (pickled: PickledStorage): TensorStorage => {
    const place = places.get(pickled) ?? cursor.fail(`does not hold storage ${pickled.key.slice(0, 40)}`);
    return streamStorage(source, place, pickled, littleEndian);
  };
  return { name: source.name, format: 'PyTorch stream', tensors: collectTensors(source, root, open) };
}

function streamStorage(
  source: ByteSource,
  position: number,
  { key, dtype, length }: PickledStorage,
  littleEndian: boolean,
): TensorStorage {
  const name = `storage ${key.slice(0, 40)}`;
  let checked = false;
  const read = async (firstByte: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (!checked) {
      const count = await readPart(source, position, COUNT_BYTES, name);
      const actual = new DataView(count.buffer, count.byteOffset).getBigInt64(0, littleEndian);
      if (actual !== BigInt(length)) {
        throw new VqaError(
          'checkpoint-invalid',
          `${source.name}: ${name} has ${actual} numbers, must have ${length}.`,
        );
      }
      checked = true;
    }
    return await readPart(source, position + COUNT_BYTES + firstByte, byteLength, name);
  };
  return { dtype, length, littleEndian, read };
}
