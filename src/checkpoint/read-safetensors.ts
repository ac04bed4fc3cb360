/** safetensors: the length of a header, the header as JSON, then the numbers. */
import { VqaError } from '../core/errors.ts';
import { JsonField, JsonFieldError } from '../core/json-field.ts';
import { checkPart, readPart, type ByteSource } from './byte-source.ts';
import { BYTES_OF, isDtype } from './dtype.ts';
import {
  checkView,
  denseStrides,
  elementCount,
  type Checkpoint,
  type StoredTensor,
} from './stored-tensor.ts';

export const LENGTH_BYTES = 8;
/** The limit of the format's own library. */
export const MAX_HEADER_BYTES = 100_000_000;

export async function readSafetensors(source: ByteSource, headerBytes: number): Promise<Checkpoint> {
  const dataStart = LENGTH_BYTES + headerBytes;
  const header = await readPart(source, LENGTH_BYTES, headerBytes, 'the header');
  const tensors = new Map<string, StoredTensor>();
  const taken: { name: string; begin: number; end: number }[] = [];
  for (const [name, value] of Object.entries(parseHeader(source, header))) {
    if (name === '__metadata__') continue;
    const { tensor, begin, end } = readEntry(source, dataStart, name, value);
    tensors.set(name, tensor);
    if (end > begin) taken.push({ name, begin, end });
  }
  taken.sort((left, right) => left.begin - right.begin);
  for (const [index, { name, begin }] of taken.entries()) {
    const before = taken[index - 1];
    if (before !== undefined && before.end > begin) {
      throw invalid(source, `${name.slice(0, 80)} overlaps ${before.name.slice(0, 80)}`);
    }
  }
  return { name: source.name, format: 'safetensors', tensors };
}

function parseHeader(source: ByteSource, header: Uint8Array): object {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch (thrown) {
    throw new VqaError('checkpoint-invalid', `${source.name} has a header that is not JSON.`, {
      cause: thrown,
    });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalid(source, 'has a header that is no object');
  }
  return json;
}

function readEntry(
  source: ByteSource,
  dataStart: number,
  name: string,
  value: unknown,
): { readonly tensor: StoredTensor; readonly begin: number; readonly end: number } {
  const where = `${name.slice(0, 80)} of ${source.name}`;
  try {
    const field = new JsonField(value, where);
    const dtype = field.at('dtype').text();
    if (!isDtype(dtype)) {
      throw new VqaError(
        'checkpoint-unsupported',
        `${where} holds ${dtype.slice(0, 20)} numbers, which are not read.`,
      );
    }
    const shape = field.at('shape').numbers();
    const [begin = 0, end = 0] = field.at('data_offsets').numbers(2);
    checkPart(source, dataStart + begin, end - begin, where);
    const length = elementCount(shape);
    if (begin < 0 || length * BYTES_OF[dtype] !== end - begin) {
      throw invalid(
        source,
        `gives ${name.slice(0, 80)} ${end - begin} bytes, must be ${length * BYTES_OF[dtype]}`,
      );
    }
    const view = { shape, strides: denseStrides(shape), offset: 0 };
    checkView(view, length, where);
    const read = (firstByte: number, byteLength: number) =>
      readPart(source, dataStart + begin + firstByte, byteLength, where);
    return { tensor: { name, ...view, storage: { dtype, length, littleEndian: true, read } }, begin, end };
  } catch (thrown) {
    if (!(thrown instanceof JsonFieldError)) throw thrown;
    throw new VqaError('checkpoint-invalid', `${thrown.message}.`, { cause: thrown });
  }
}

function invalid(source: ByteSource, complaint: string): VqaError {
  return new VqaError('checkpoint-invalid', `${source.name} ${complaint}.`);
}
