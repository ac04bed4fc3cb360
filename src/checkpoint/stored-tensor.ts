/** A tensor of a checkpoint: where its numbers lie, before any of them is read. */
import { VqaError } from '../core/errors.ts';
import type { Dtype } from './dtype.ts';

/** Numbers one after another; several tensors may lie in one. */
export interface TensorStorage {
  readonly dtype: Dtype;
  /** In elements. */
  readonly length: number;
  readonly littleEndian: boolean;
  /** Bytes of the storage; `readTensor` stays within its length. */
  read(firstByte: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A view of a storage; `offset` and `strides` count elements. */
export interface TensorView {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export interface StoredTensor extends TensorView {
  readonly name: string;
  readonly storage: TensorStorage;
}

export type CheckpointFormat = 'PyTorch zip' | 'PyTorch stream' | 'pickled arrays' | 'safetensors';

export interface Checkpoint {
  /** Name of the file, for messages. */
  readonly name: string;
  readonly format: CheckpointFormat;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const MAX_AXES = 16;
const MAX_ELEMENTS = 2 ** 31;
/** Strides of 0 say a number many times; a small file must not become large that way. */
const MAX_REPEATED_ELEMENTS = 2 ** 20;

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Strides of a tensor whose last axis, or with `columnMajor` whose first axis, runs fastest. */
export function denseStrides(shape: readonly number[], columnMajor = false): number[] {
  const strides = shape.map(() => 1);
  const axes = [...shape.keys()];
  let stride = 1;
  for (const axis of columnMajor ? axes : axes.toReversed()) {
    strides[axis] = stride;
    stride *= Math.max(1, shape[axis]!);
  }
  return strides;
}

/** One past the last element of a view, counted in its storage. */
export function viewEnd({ shape, strides, offset }: TensorView): number {
  if (shape.includes(0)) return offset;
  return shape.reduce((end, length, axis) => end + (length - 1) * strides[axis]!, offset) + 1;
}

/** @throws VqaError `checkpoint-invalid` where a view does not fit its storage. */
export function checkView(view: TensorView, storageLength: number, where: string): void {
  const { shape, strides, offset } = view;
  const fail = (complaint: string): never => {
    throw new VqaError('checkpoint-invalid', `${where} ${complaint}.`);
  };
  if (shape.length > MAX_AXES) fail(`has ${shape.length} axes, at most ${MAX_AXES} are read`);
  if (strides.length !== shape.length) fail(`has ${shape.length} axes and ${strides.length} strides`);
  for (const number of [...shape, ...strides, offset]) {
    if (!Number.isSafeInteger(number) || number < 0) {
      fail(`has ${number} among its shape, strides and offset; they must be whole and not negative`);
    }
  }
  const elements = elementCount(shape);
  if (elements > MAX_ELEMENTS) fail(`has ${shape.join('×')} elements, at most ${MAX_ELEMENTS} are read`);
  if (elements > storageLength && elements > MAX_REPEATED_ELEMENTS) {
    fail(`repeats its ${storageLength} stored elements to ${elements}, at most ${MAX_REPEATED_ELEMENTS}`);
  }
  const end = viewEnd(view);
  if (end > storageLength) fail(`reaches to element ${end} of a storage of ${storageLength}`);
}
