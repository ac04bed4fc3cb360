/** NumPy's arrays inside a pickle: `{"model": {name: array}}`, as the Visual Genome detector was first published. */
import { VqaError } from '../core/errors.ts';
import { readPart, type ByteSource } from './byte-source.ts';
import { BYTES_OF, type Dtype } from './dtype.ts';
import {
  PickleArguments,
  PickleBytes,
  PickleObject,
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
  readonly dtype: Dtype;
  littleEndian = true;

  constructor(dtype: Dtype) {
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
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  /** `(version, shape, type, column-major, bytes)`. */
  override build(state: PickleValue): void {
    const args = new PickleArguments('an array', state instanceof PickleTuple ? state.items : []);
    const dtype = args.instance(2, PickledDtype, 'a number type');
    this.fill(args.counts(1), dtype, args.at(3) === true, args.instance(4, PickleBytes, 'bytes'));
  }

  fill(shape: readonly number[], dtype: PickledDtype, columnMajor: boolean, bytes: PickleBytes): void {
    this.shape = shape;
    this.strides = denseStrides(shape, columnMajor);
    this.storage = arrayStorage(this.source, dtype, elementCount(shape), bytes);
  }
}

function arrayStorage(
  source: ByteSource,
  { dtype, littleEndian }: PickledDtype,
  length: number,
  bytes: PickleBytes,
): TensorStorage {
  const byteLength = length * BYTES_OF[dtype];
  if (bytes.length !== byteLength) {
    throw new VqaError(
      'checkpoint-invalid',
      `An array of ${source.name} has ${bytes.length} bytes, must have ${byteLength}.`,
    );
  }
  return {
    dtype,
    length,
    littleEndian,
    read: (firstByte, count) => readPart(source, bytes.offset + firstByte, count, 'an array'),
  };
}

type Maker = (args: PickleArguments) => PickleValue;

export function arrayGlobals(source: ByteSource): Readonly<Record<string, Maker>> {
  const reconstruct: Maker = () => new PickledArray(source);
  const fromBuffer: Maker = (args) => {
    const array = new PickledArray(source);
    const bytes = args.instance(0, PickleBytes, 'bytes');
    const dtype = args.instance(1, PickledDtype, 'a number type');
    array.fill(args.counts(2), dtype, args.at(3) === 'F', bytes);
    return array;
  };
  return {
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
  const dtype = Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
  if (dtype === undefined) {
    throw new VqaError('checkpoint-unsupported', `Arrays of ${JSON.stringify(name)} are not read.`);
  }
  return new PickledDtype(dtype);
}
