/** Numbers of one tensor out of a checkpoint; nothing else of the file is read. */
import { VqaError } from '../core/errors.ts';
import { BYTES_OF, decodeNumbers, type Numbers } from './dtype.ts';
import { denseStrides, elementCount, viewEnd, type StoredTensor, type TensorView } from './stored-tensor.ts';

/** The widest stretch of a file that is read for one tensor: LXMERT's word embeddings, in double precision. */
const MAX_SPAN_BYTES = 2 ** 28;

/** @returns the elements in row-major order, in the type they were stored in */
export async function readTensor(tensor: StoredTensor): Promise<Numbers> {
  const { name, offset, storage } = tensor;
  const size = BYTES_OF[storage.dtype];
  const spanBytes = (viewEnd(tensor) - offset) * size;
  if (spanBytes > MAX_SPAN_BYTES) {
    throw new VqaError(
      'checkpoint-unsupported',
      `${name} takes ${spanBytes} bytes of the file, at most ${MAX_SPAN_BYTES} are read for one tensor.`,
    );
  }
  const span = await storage.read(offset * size, spanBytes);
  const dense = isDense(tensor) ? span : gather(span, tensor, size);
  return decodeNumbers(storage.dtype, dense, storage.littleEndian);
}

/** As `readTensor`, in single precision; double precision is rounded. */
export async function readFloats(tensor: StoredTensor): Promise<Float32Array> {
  const numbers = await readTensor(tensor);
  if (numbers instanceof Float32Array) return numbers;
  return numbers instanceof BigInt64Array ? Float32Array.from(numbers, Number) : Float32Array.from(numbers);
}

/** Rows `[from, to)` along the first axis; nothing of the others is read where the tensor is stored row by row. */
export async function readRows(tensor: StoredTensor, from: number, to: number): Promise<Float32Array> {
  const { shape, strides, offset } = tensor;
  const [, ...rest] = shape;
  const first = offset + from * (strides[0] ?? 0);
  return await readFloats({ ...tensor, shape: [to - from, ...rest], offset: first });
}

function isDense({ shape, strides }: TensorView): boolean {
  const dense = denseStrides(shape);
  return shape.includes(0) || shape.every((length, axis) => length === 1 || strides[axis] === dense[axis]);
}

/** Elements of `size` bytes, put in row-major order. */
function gather(span: Uint8Array, { shape, strides }: TensorView, size: number): Uint8Array<ArrayBuffer> {
  const gathered = new Uint8Array(elementCount(shape) * size);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < gathered.length; to += size) {
    for (let byte = 0; byte < size; byte += 1) gathered[to + byte] = span[from * size + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] = index[axis]! + 1;
      from += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return gathered;
}
