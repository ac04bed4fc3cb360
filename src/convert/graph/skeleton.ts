/** A graph whose weights lie in other files: which it needs, and the graph again with the places where they lie. */
import { VqaError } from '../../core/errors.ts';
import {
  bytesField,
  integersOf,
  readFields,
  textField,
  textOf,
  varintField,
  writeFields,
  type ProtoField,
} from './protobuf.ts';

/** Numbers of fields, from onnx.proto. */
const MODEL = { graph: 7 } as const;
const GRAPH = { initializer: 5, valueInfo: 13 } as const;
const TENSOR = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  int64Data: 7,
  name: 8,
  rawData: 9,
  external: 13,
  location: 14,
} as const;
const ENTRY = { key: 1, value: 2 } as const;
const EXTERNAL = 1;

/** ONNX's numbers for types of numbers. */
const DATA_TYPES = { FLOAT: 1, INT8: 3, INT32: 6, INT64: 7, FLOAT16: 10 } as const;

export type WeightType = 'FLOAT' | 'FLOAT16' | 'INT8';

export const WEIGHT_BYTES: Readonly<Record<WeightType, number>> = { FLOAT: 4, FLOAT16: 2, INT8: 1 };

/** An initializer without numbers. */
export interface Hole {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: WeightType;
}

/** Where the numbers of a hole are. */
export interface Placement {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  readonly dims: readonly number[];
}

export interface Skeleton {
  readonly holes: readonly Hole[];
  /** @param constants new numbers of initializers that lie in the graph itself */
  place(
    placements: ReadonlyMap<string, Placement>,
    constants: ReadonlyMap<string, readonly number[]>,
  ): Uint8Array<ArrayBuffer>;
}

/** @throws VqaError `pack-invalid` */
export function readSkeleton(content: Uint8Array, file: string): Skeleton {
  const model = readFields(content);
  const graphs = model.filter(({ number }) => number === MODEL.graph);
  const [graphField] = graphs;
  if (graphField === undefined || graphs.length > 1) throw invalid(file, 'is no ONNX graph');
  const graph = readFields(graphField.bytes);
  const tensors = new Map(
    graph
      .filter(({ number }) => number === GRAPH.initializer)
      .map((field) => [field, readFields(field.bytes)] as const),
  );
  const holes = [...tensors.values()].filter(isExternal).map((tensor) => holeOf(tensor, file));
  return {
    holes,
    place(placements, constants) {
      const rewrite = (field: ProtoField): ProtoField => {
        const tensor = tensors.get(field);
        if (tensor === undefined) return field;
        const name = textOf(tensor, TENSOR.name);
        const values = constants.get(name);
        if (isExternal(tensor)) {
          const placement = placements.get(name);
          if (placement === undefined) throw invalid(file, `needs ${name}, which has no place`);
          return bytesField(field.number, writeFields(placed(tensor, placement)));
        }
        if (values === undefined) return field;
        return bytesField(field.number, writeFields(withValues(tensor, values, `${name} of ${file}`)));
      };
      // Shapes in between would be those of the published sizes; the runtime finds its own.
      const kept = graph.filter(({ number }) => number !== GRAPH.valueInfo);
      const filled = writeFields(kept.map(rewrite));
      return writeFields(
        model.map((field) => (field === graphField ? bytesField(field.number, filled) : field)),
      );
    },
  };
}

/** Where the weights of a written graph lie, by their names. */
export function placementsIn(
  content: Uint8Array,
  file: string,
): ReadonlyMap<string, Placement & Pick<Hole, 'type'>> {
  const graphs = readFields(content).filter(({ number }) => number === MODEL.graph);
  const tensors = graphs
    .flatMap(({ bytes }) => readFields(bytes))
    .filter(({ number }) => number === GRAPH.initializer)
    .map(({ bytes }) => readFields(bytes))
    .filter(isExternal);
  return new Map(
    tensors.map((tensor) => {
      const { name, dims, type } = holeOf(tensor, file);
      const entries = new Map(
        tensor
          .filter(({ number }) => number === TENSOR.external)
          .map(({ bytes }) => readFields(bytes))
          .map((fields) => [textOf(fields, ENTRY.key), textOf(fields, ENTRY.value)]),
      );
      const location = entries.get('location') ?? '';
      const [offset, length] = [Number(entries.get('offset')), Number(entries.get('length'))];
      return [name, { file: location, offset, length, dims, type }];
    }),
  );
}

function isExternal(tensor: readonly ProtoField[]): boolean {
  return integersOf(tensor, TENSOR.location).at(-1) === EXTERNAL;
}

function holeOf(tensor: readonly ProtoField[], file: string): Hole {
  const name = textOf(tensor, TENSOR.name);
  const stored = integersOf(tensor, TENSOR.dataType).at(-1);
  const types: readonly WeightType[] = ['FLOAT', 'FLOAT16', 'INT8'];
  const type = types.find((candidate) => DATA_TYPES[candidate] === stored);
  if (type === undefined) throw invalid(file, `stores ${name} as type ${stored}, must be 1, 3 or 10`);
  return { name, type, dims: integersOf(tensor, TENSOR.dims) };
}

function placed(
  tensor: readonly ProtoField[],
  { file, offset, length, dims }: Placement,
): readonly ProtoField[] {
  const kept = tensor.filter(({ number }) => number !== TENSOR.dims && number !== TENSOR.external);
  return [
    ...dims.map((dim) => varintField(TENSOR.dims, dim)),
    ...kept,
    entry('location', file),
    entry('offset', String(offset)),
    entry('length', String(length)),
  ];
}

function entry(key: string, value: string): ProtoField {
  return bytesField(TENSOR.external, writeFields([textField(ENTRY.key, key), textField(ENTRY.value, value)]));
}

function withValues(
  tensor: readonly ProtoField[],
  values: readonly number[],
  where: string,
): readonly ProtoField[] {
  const count = integersOf(tensor, TENSOR.dims).reduce((product, dim) => product * dim, 1);
  if (values.length !== count) {
    throw new VqaError('pack-invalid', `${where} holds ${count} numbers, the recipe gives ${values.length}.`);
  }
  const dataType = integersOf(tensor, TENSOR.dataType).at(-1);
  const dropped = new Set<number>([TENSOR.floatData, TENSOR.int32Data, TENSOR.int64Data, TENSOR.rawData]);
  const kept = tensor.filter(({ number }) => !dropped.has(number));
  const raw = rawOf(values, dataType);
  if (raw === null) throw new VqaError('pack-invalid', `${where} has type ${dataType}, must be 1, 6 or 7.`);
  return [...kept, bytesField(TENSOR.rawData, raw)];
}

function rawOf(values: readonly number[], dataType: number | undefined): Uint8Array | null {
  if (dataType === DATA_TYPES.FLOAT) return new Uint8Array(Float32Array.from(values).buffer);
  if (dataType === DATA_TYPES.INT32) return new Uint8Array(Int32Array.from(values).buffer);
  if (dataType === DATA_TYPES.INT64) return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return null;
}

function invalid(file: string, complaint: string): VqaError {
  return new VqaError('pack-invalid', `${file} ${complaint}.`);
}
