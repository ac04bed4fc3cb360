/** NumPy's arrays inside a pickle: `{"model": {name: array}}`, as the Visual Genome detector was first published. */
import { VqaError } from '../core/errors.ts';
import { readPart, type ByteSource } from './byte-source.ts';
import { BYTES_OF, type Dtype } from './dtype.ts';
import {
  PickleArguments,
  PickleBytes,
  PickleEncodedBytes,
  PickleObject,
  PickleOpaque,
  PickleText,
  PickleTuple,
  type PickleValue,
} from './pickle-values.ts';
import { denseStrides, elementCount, type TensorStorage } from './stored-tensor.ts';

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

class PickledDtype extends PickleObject {
  /** Null for what are no numbers, such as texts and dates. */
  readonly dtype: Dtype | null;
  littleEndian = true;

  constructor(dtype: Dtype | null) {
    super();
    this.dtype = dtype;
  }

  /** `(version, byte order, …)`; what follows describes records, which are not read. */
  override build(state: PickleValue): void {
    const args = new PickleArguments('a number type', state instanceof PickleTuple ? state.items : []);
    this.littleEndian = args.text(1) !== '>';
  }
}

export class PickledArray extends PickleObject {
  shape: readonly number[] = [0];
  strides: readonly number[] = [1];
  storage: TensorStorage | null = null;
  hasNumbers = true;
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  /** `(version, shape, type, column-major, bytes)`. */
  override build(state: PickleValue): void {
    const args = new PickleArguments('an array', state instanceof PickleTuple ? state.items : []);
    const dtype = args.instance(2, PickledDtype, 'a number type');
    this.fill(args.counts(1), dtype, args.at(3) === true, args.at(4));
  }

  /** An array of what are no numbers keeps none, and is no tensor. */
  fill(
    shape: readonly number[],
    { dtype, littleEndian }: PickledDtype,
    columnMajor: boolean,
    bytes: PickleValue,
  ): void {
    this.shape = shape;
    this.strides = denseStrides(shape, columnMajor);
    this.hasNumbers = dtype !== null;
    if (dtype === null) return;
    const length = elementCount(shape);
    const read = readerOf(this.source, bytes, length * BYTES_OF[dtype]);
    this.storage = { dtype, length, littleEndian, read };
  }
}

type Read = TensorStorage['read'];

/** Reads the bytes of an array, wherever a pickle has put them. */
function readerOf(source: ByteSource, bytes: PickleValue, byteLength: number): Read {
  const check = (length: number): void => {
    if (length === byteLength) return;
    throw new VqaError(
      'checkpoint-invalid',
      `An array of ${source.name} has ${length} bytes, must have ${byteLength}.`,
    );
  };
  if (bytes instanceof PickleBytes) {
    check(bytes.length);
    return (firstByte, count) => readPart(source, bytes.offset + firstByte, count, 'an array');
  }
  if (!(bytes instanceof PickleEncodedBytes)) {
    throw new VqaError('checkpoint-invalid', `An array of ${source.name} has no bytes.`);
  }
  const { source: text } = bytes;
  return async (firstByte, count) => {
    const decoded = typeof text === 'string' ? latin1Of(text) : await decode(source, text);
    check(decoded.length);
    return decoded.slice(firstByte, firstByte + count);
  };
}

/** The text that was read last: an array is read in parts, and its letters can be counted from the beginning alone. */
let latest: { readonly text: PickleText; readonly decoded: Promise<Uint8Array<ArrayBuffer>> } | null = null;

function decode(source: ByteSource, text: PickleText): Promise<Uint8Array<ArrayBuffer>> {
  if (latest?.text !== text) {
    const decoded = readPart(source, text.offset, text.length, 'an array').then((utf8) =>
      latin1Of(new TextDecoder().decode(utf8)),
    );
    latest = { text, decoded };
  }
  return latest.decoded;
}

/** A letter of Latin-1 is its byte; any other letter is none of an array. */
function latin1Of(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0xff) throw new VqaError('checkpoint-invalid', 'An array has letters that are no bytes.');
    bytes[index] = code;
  }
  return bytes;
}

type Maker = (args: PickleArguments) => PickleValue;

/** A single number of NumPy's, such as a step count or a loss, is no tensor. */
const scalar: Maker = () => new PickleOpaque();

export function arrayGlobals(source: ByteSource): Readonly<Record<string, Maker>> {
  const reconstruct: Maker = () => new PickledArray(source);
  const fromBuffer: Maker = (args) => {
    const array = new PickledArray(source);
    const dtype = args.instance(1, PickledDtype, 'a number type');
    array.fill(args.counts(2), dtype, args.at(3) === 'F', args.at(0));
    return array;
  };
  return {
    '_codecs.encode': encodedBytes,
    '__builtin__.bytes': () => new PickleEncodedBytes(''),
    'builtins.bytes': () => new PickleEncodedBytes(''),
    'numpy.core.multiarray.scalar': scalar,
    'numpy._core.multiarray.scalar': scalar,
    'numpy.ndarray': notCalled,
    'numpy.dtype': dtypeOf,
    'numpy.core.multiarray._reconstruct': reconstruct,
    'numpy._core.multiarray._reconstruct': reconstruct,
    'numpy.core.numeric._frombuffer': fromBuffer,
    'numpy._core.numeric._frombuffer': fromBuffer,
  };
}

/** The class itself is an argument alone. */
function notCalled(args: PickleArguments): never {
  return args.fail(0, 'for a state dict: arrays are made by their own function');
}

function dtypeOf(args: PickleArguments): PickledDtype {
  const name = args.text(0);
  return new PickledDtype(Object.hasOwn(DTYPES, name) ? DTYPES[name]! : null);
}

/** `(text, 'latin1')`: the only way in which protocol 2 writes bytes. */
function encodedBytes(args: PickleArguments): PickleEncodedBytes {
  if (args.text(1) !== 'latin1') return args.fail(1, "'latin1'");
  const text = args.at(0);
  return new PickleEncodedBytes(text instanceof PickleText ? text : args.text(0));
}
