/** The tensors of a state dict, which may lie one level deep: `{"model": {name: tensor}, "epoch": 3}`. */
import { VqaError } from '../core/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { PickledArray } from './numpy-names.ts';
import { PickleDict, PickleOpaque, type PickleValue } from './pickle-values.ts';
import { PickledTensor, type PickledStorage } from './state-dict-names.ts';
import { checkView, type StoredTensor, type TensorStorage } from './stored-tensor.ts';

const MAX_TENSORS = 100_000;
/** Where training programs put the state dict among other things. */
const WRAPPERS = ['state_dict', 'model_state_dict', 'model', 'module'];

export function collectTensors(
  source: ByteSource,
  root: PickleValue,
  open: (storage: PickledStorage) => TensorStorage,
): ReadonlyMap<string, StoredTensor> {
  const found = stateDictOf(source, root);
  if (found.length > MAX_TENSORS) {
    throw new VqaError(
      'checkpoint-invalid',
      `${source.name} has ${found.length} tensors, at most ${MAX_TENSORS}.`,
    );
  }
  const opened = new Map<PickledStorage, TensorStorage>();
  const storageOf = (pickled: PickledStorage): TensorStorage => {
    const storage = opened.get(pickled) ?? open(pickled);
    opened.set(pickled, storage);
    return storage;
  };
  return new Map(found.map(([name, value]) => [name, storedTensor(source, name, value, storageOf)]));
}

type Named = readonly [string, PickledTensor | PickledArray];

function stateDictOf(source: ByteSource, root: PickleValue): readonly Named[] {
  const entries = root instanceof PickleDict ? root.entries : new Map<string, PickleValue>();
  const candidates = [root, ...WRAPPERS.map((name) => entries.get(name) ?? null)];
  const found = candidates.map(tensorsIn).find((tensors) => tensors.length > 0);
  if (found !== undefined) return found;
  if (root instanceof PickleOpaque) {
    throw new VqaError(
      'checkpoint-unsupported',
      `${source.name} holds a whole object of a program, not its weights: save model.state_dict() instead.`,
    );
  }
  const names = [...entries.keys()].slice(0, 5).map((key) => JSON.stringify(String(key).slice(0, 40)));
  const holds = names.length === 0 ? 'no dict' : names.join(', ');
  throw new VqaError('checkpoint-unsupported', `${source.name} has no tensors by name; it holds ${holds}.`);
}

function tensorsIn(value: PickleValue): Named[] {
  const named: Named[] = [];
  if (!(value instanceof PickleDict)) return named;
  for (const [key, item] of value.entries) {
    const isTensor = item instanceof PickledTensor || (item instanceof PickledArray && item.hasNumbers);
    if (typeof key === 'string' && isTensor) named.push([key, item]);
  }
  return named;
}

function storedTensor(
  source: ByteSource,
  name: string,
  value: PickledTensor | PickledArray,
  storageOf: (pickled: PickledStorage) => TensorStorage,
): StoredTensor {
  if (value instanceof PickledTensor) {
    checkView(value.view, value.storage.length, `${name} of ${source.name}`);
    return { name, ...value.view, storage: storageOf(value.storage) };
  }
  const { storage, shape, strides } = value;
  if (storage === null) {
    throw new VqaError('checkpoint-invalid', `${name} of ${source.name} is an array without numbers.`);
  }
  checkView({ shape, strides, offset: 0 }, storage.length, `${name} of ${source.name}`);
  return { name, shape, strides, offset: 0, storage };
}
