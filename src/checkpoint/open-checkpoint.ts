/** Opens a file of weights, whichever of the known formats it has; reads names and shapes, and no number yet. */
import { VqaError } from '../core/errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import type { ByteSource } from './byte-source.ts';
import { collectTensors } from './collect-tensors.ts';
import { LENGTH_BYTES, MAX_HEADER_BYTES, readSafetensors } from './read-safetensors.ts';
import { readTorchStream, STREAM_MAGIC } from './read-torch-stream.ts';
import { readTorchZip } from './read-torch-zip.ts';
import { stateDictMeaning } from './state-dict-names.ts';
import type { Checkpoint } from './stored-tensor.ts';
import { unpickle } from './unpickle.ts';
import { LOCAL_HEADER } from './zip-directory.ts';

const PICKLE_START = 0x80;
const BRACE = 0x7b;

export async function openCheckpoint(source: ByteSource): Promise<Checkpoint> {
  if (source.size < LENGTH_BYTES + 1) {
    throw new VqaError('checkpoint-invalid', `${source.name} has ${source.size} bytes: it holds no weights.`);
  }
  const cursor = new ByteCursor(source, 'the beginning');
  await cursor.fill(LENGTH_BYTES + 1);
  const start = cursor.take(LENGTH_BYTES + 1);
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  if (view.getUint32(0, true) === LOCAL_HEADER) return await readTorchZip(source);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (start[LENGTH_BYTES] === BRACE && headerBytes <= MAX_HEADER_BYTES) {
    return await readSafetensors(source, headerBytes);
  }
  if (start[0] === PICKLE_START) return await readPickles(source);
  throw new VqaError(
    'checkpoint-unsupported',
    `${source.name} is neither a PyTorch file nor safetensors: it begins with ${hex(start)}.`,
  );
}

async function readPickles(source: ByteSource): Promise<Checkpoint> {
  const cursor = new ByteCursor(source, 'the pickle');
  const first = await unpickle(cursor, stateDictMeaning(source));
  if (first === STREAM_MAGIC) return await readTorchStream(source, cursor);
  const tensors = collectTensors(source, first, ({ key }) =>
    cursor.fail(`refers to storage ${key.slice(0, 40)}, which such a file cannot hold`),
  );
  return { name: source.name, format: 'pickled arrays', tensors };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
