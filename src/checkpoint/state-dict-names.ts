/** The names of Python, PyTorch and NumPy that a pickled state dict is made with, and what each makes. */
import { VqaError } from '../core/errors.ts';
import { arrayGlobals } from './numpy-names.ts';
import type { ByteSource } from './byte-source.ts';
import type { Dtype } from './dtype.ts';
import type { PickleMeaning } from './pickle-machine.ts';
import {
  PickleArguments,
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  PickleOpaque,
  PickleTuple,
  type PickleValue,
} from './pickle-values.ts';
import { denseStrides, type TensorView } from './stored-tensor.ts';

/** Numbers that a pickle refers to and that lie elsewhere in the file. */
export class PickledStorage extends PickleObject {
  readonly key: string;
  readonly dtype: Dtype;
  /** In elements, as the pickle says. */
  readonly length: number;

  constructor(key: string, dtype: Dtype, length: number) {
    super();
    this.key = key;
    this.dtype = dtype;
    this.length = length;
  }
}

export class PickledTensor extends PickleObject {
  readonly storage: PickledStorage;
  readonly view: TensorView;

  constructor(storage: PickledStorage, view: TensorView) {
    super();
    this.storage = storage;
    this.view = view;
  }
}

const STORAGE_DTYPES: Readonly<Record<string, Dtype>> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

/** Modules and functions of Python that reach beyond the file. */
const RUNS_PROGRAMS =
  /^(?:(?:os|posix|nt|subprocess|sys|shutil|socket|ctypes|runpy|importlib|pty|commands|code|codeop|webbrowser|urllib|requests|multiprocessing|threading|asyncio|signal|marshal|types|operator|functools|inspect|timeit|pdb|bdb|cProfile|profile|pickle|_pickle|cloudpickle|dill|torch\.hub|torch\.serialization|torch\.jit|numpy\.f2py|pip|setuptools|distutils)(?:\.|$)|(?:__builtin__|builtins)\.(?!bytes$|set$|frozenset$|object$|complex$|slice$|range$|bytearray$))/u;

type Maker = (args: PickleArguments) => PickleValue;

const TENSOR_MAKERS: Readonly<Record<string, Maker>> = {
  'collections.OrderedDict': orderedDict,
  'torch._utils._rebuild_tensor': (args) => tensorOf(args),
  'torch._utils._rebuild_tensor_v2': (args) => tensorOf(args),
  'torch._utils._rebuild_parameter': (args) => args.instance(0, PickledTensor, 'a tensor'),
};

export interface StateDictMeaning extends PickleMeaning {
  /** Every storage that the pickle refers to, by its key. */
  readonly storages: ReadonlyMap<string, PickledStorage>;
}

export function stateDictMeaning(source: ByteSource): StateDictMeaning {
  const storages = new Map<string, PickledStorage>();
  const makers: Readonly<Record<string, Maker>> = { ...TENSOR_MAKERS, ...arrayGlobals(source) };
  return {
    storages,
    global(module, name) {
      const full = `${module}.${name}`;
      const maker = Object.hasOwn(makers, full) ? makers[full] : undefined;
      if (maker !== undefined)
        return new PickleGlobal(full, (args) => maker(new PickleArguments(full, args)));
      if (Object.hasOwn(STORAGE_DTYPES, full)) return new PickleGlobal(full, () => refuse(source, full));
      // Settings of a training run lie beside its weights. A name is never looked up; what runs programs is refused
      // all the same, for whoever made such a file meant harm.
      return RUNS_PROGRAMS.test(full) ? refuse(source, full) : new PickleOpaque();
    },
    persistent: (id) => storageOf(source, storages, id),
  };
}

function refuse(source: ByteSource, name: string): never {
  throw new VqaError(
    'checkpoint-unsupported',
    `${source.name} wants ${shortened(name)} called, which no state dict needs; nothing of it was run.`,
  );
}

function shortened(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

/** `('storage', type, key, location, length)`, in the stream format followed by a view, which is always None. */
function storageOf(
  source: ByteSource,
  storages: Map<string, PickledStorage>,
  id: PickleValue,
): PickledStorage {
  const parts = id instanceof PickleTuple ? id.items : [];
  const args = new PickleArguments(`a storage of ${source.name}`, parts);
  if (args.at(0) !== 'storage') args.fail(0, '"storage"');
  const type = args.instance(1, PickleGlobal, 'a type of storage').name;
  const dtype = STORAGE_DTYPES[type];
  if (dtype === undefined) return args.fail(1, 'a type of storage');
  const key = args.text(2);
  const length = args.count(4);
  if (args.at(5) !== null) args.fail(5, 'None: a storage inside another is not read');
  const known = storages.get(key);
  if (known !== undefined) {
    if (known.dtype === dtype && known.length === length) return known;
    throw new VqaError('checkpoint-invalid', `${source.name} describes storage ${key} in two ways.`);
  }
  const storage = new PickledStorage(key, dtype, length);
  storages.set(key, storage);
  return storage;
}

/** `(storage, offset, shape, strides, …)`; what follows concerns gradients. */
function tensorOf(args: PickleArguments): PickledTensor {
  const storage = args.instance(0, PickledStorage, 'a storage');
  const shape = args.counts(2);
  const strides = args.at(3) === null ? denseStrides(shape) : args.counts(3);
  return new PickledTensor(storage, { offset: args.count(1), shape, strides });
}

/** Empty, or made from a list of pairs. */
function orderedDict(args: PickleArguments): PickleDict {
  const dict = new PickleDict();
  const pairs = args.at(0);
  for (const pair of pairs instanceof PickleList ? pairs.items : []) {
    const items = pair instanceof PickleList || pair instanceof PickleTuple ? pair.items : [];
    const [key, value] = items;
    if (typeof key !== 'string' || value === undefined) return args.fail(0, 'a list of names with values');
    dict.entries.set(key, value);
  }
  return dict;
}
