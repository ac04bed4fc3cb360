/** Which numbers of a checkpoint go into which initializer, before any of them is read. */
import { readFloats, readRows } from '../checkpoint/read-tensor.ts';
import { elementCount, type StoredTensor } from '../checkpoint/stored-tensor.ts';
import { batchNormLine, scaleRows, type BatchNorm } from '../checkpoint/encode-weights.ts';
import { VqaError } from '../core/errors.ts';
import { plainWeight } from './recipe/parse-weight-rule.ts';
import type { RecipeGraph, WeightRule } from './recipe/recipe.ts';
import { sizeOf, type Sizes } from './graph/resolve-sizes.ts';
import { WEIGHT_BYTES, type Hole } from './graph/skeleton.ts';

/** One weight as a matrix, `rows × width`, in the order of the checkpoint. */
export interface PlannedWeight {
  readonly values: Hole;
  /** Where the scales of bytes go; null for other types. */
  readonly scales: Hole | null;
  readonly rows: number;
  readonly width: number;
  readonly isTransposed: boolean;
  /** Of the values and their scales, as they are written. */
  readonly byteLength: number;
  read(fromRow: number, toRow: number): Promise<Float32Array>;
}

/** What a checkpoint does not have, or has in another shape; all of it is told at once. */
export interface Mismatches {
  readonly missing: string[];
  readonly misshapen: string[];
}

type Tensors = ReadonlyMap<string, StoredTensor>;

/** @param problems gets what does not fit; the weights concerned are left out */
export function planWeights(
  graph: Pick<RecipeGraph, 'file' | 'weights'>,
  holes: readonly Hole[],
  tensors: Tensors,
  sizes: Sizes,
  problems: Mismatches,
): PlannedWeight[] {
  return groupHoles(holes, graph.file).flatMap(({ base, values, scales }) => {
    const rule = graph.weights.get(base) ?? plainWeight(base);
    const planned = planWeight(base, values, scales, { rule, tensors, sizes, problems });
    return planned === null ? [] : [planned];
  });
}

interface HoleGroup {
  readonly base: string;
  readonly values: Hole;
  readonly scales: Hole | null;
}

/** `name:q` and `name:scale` are one weight. */
function groupHoles(holes: readonly Hole[], file: string): HoleGroup[] {
  const scales = new Map(
    holes
      .filter(({ name }) => name.endsWith(':scale'))
      .map((hole) => [hole.name.slice(0, -':scale'.length), hole]),
  );
  const groups = holes
    .filter(({ name }) => !name.endsWith(':scale'))
    .map((values) => {
      const base = values.name.replace(/:q$/u, '');
      return { base, values, scales: scales.get(base) ?? null };
    });
  for (const { base, values, scales: own } of groups) {
    if ((values.type === 'INT8') !== (own !== null)) {
      throw new VqaError('pack-invalid', `${file} must give ${base} scales if, and only if, it is of bytes.`);
    }
  }
  return groups;
}

interface PlanContext {
  readonly rule: WeightRule;
  readonly tensors: Tensors;
  readonly sizes: Sizes;
  readonly problems: Mismatches;
}

function planWeight(
  base: string,
  hole: Hole,
  scales: Hole | null,
  { rule, tensors, sizes, problems }: PlanContext,
): PlannedWeight | null {
  const found = rule.parameters.map((name) => tensors.get(name) ?? null);
  const norm = rule.batchNorm === null ? null : normTensors(rule.batchNorm.prefix, tensors);
  const absent = [...rule.parameters.filter((_, index) => found[index] === null), ...(norm?.absent ?? [])];
  const dims = rule.dims?.map((term) => sizeOf(term, sizes)) ?? hole.dims;
  const values = { ...hole, dims };
  if (absent.length > 0) {
    if (rule.fallback === null) problems.missing.push(...absent);
    return rule.fallback === null ? null : fromNumbers(values, rule.fallback);
  }
  const stored = found.filter((tensor) => tensor !== null);
  const [first] = stored;
  if (first === undefined) return null;
  const isBias = rule.batchNorm?.part === 'bias';
  const rest = isBias ? [] : first.shape.slice(1);
  const heights = stored.map(({ shape }) => shape[0] ?? 1);
  const total = heights.reduce((sum, height) => sum + height, 0);
  const from = rule.rows === null ? 0 : sizeOf(rule.rows.from, sizes);
  const to = rule.rows === null ? total : sizeOf(rule.rows.to, sizes);
  const rows = to - from;
  const shape = first.shape.length === 0 ? [] : [rows, ...rest];
  const oriented = rule.isTransposed ? shape.toReversed() : shape;
  const fits = rule.isReshaped ? elementCount(oriented) === elementCount(dims) : sameNumbers(oriented, dims);
  const sameRest = stored.every((tensor) => sameNumbers(tensor.shape.slice(1), first.shape.slice(1)));
  if (!fits || to > total || !sameRest || (rule.isTransposed && shape.length !== 2)) {
    const actual = stored.map((tensor) => tensor.shape.join('×')).join(' + ');
    const wanted = (rule.isTransposed ? [...dims].toReversed() : dims).join('×');
    problems.misshapen.push(`${base} is ${actual}, must be ${wanted === '' ? 'one number' : wanted}`);
    return null;
  }
  const width = elementCount(rest);
  const scaled = scales === null ? null : { ...scales, dims: scaleDims(scales, rows) };
  return {
    values,
    scales: scaled,
    rows,
    width,
    isTransposed: rule.isTransposed,
    byteLength: rows * width * WEIGHT_BYTES[hole.type] + (scaled === null ? 0 : rows * WEIGHT_BYTES.FLOAT),
    read: reader(stored, heights, from, norm && { ...norm, rule: rule.batchNorm }),
  };
}

interface NormSource {
  readonly tensors: readonly StoredTensor[];
  readonly rule: WeightRule['batchNorm'];
}

/** Rows of several tensors as if they were one; a batch norm is taken in on the way. */
function reader(
  tensors: readonly StoredTensor[],
  heights: readonly number[],
  firstRow: number,
  norm: NormSource | null,
): PlannedWeight['read'] {
  let line: Promise<ReturnType<typeof batchNormLine>> | null = null;
  return async (fromRow, toRow) => {
    const from = firstRow + fromRow;
    const to = firstRow + toRow;
    if (norm?.rule) {
      line ??= readNorm(norm.tensors, norm.rule.epsilon);
      const { factors, shifts } = await line;
      if (norm.rule.part === 'bias') return shifts.slice(from, to);
      return scaleRows(await readSpan(tensors, heights, from, to), factors.slice(from, to));
    }
    return await readSpan(tensors, heights, from, to);
  };
}

async function readSpan(
  tensors: readonly StoredTensor[],
  heights: readonly number[],
  from: number,
  to: number,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  let start = 0;
  for (const [index, tensor] of tensors.entries()) {
    const end = start + heights[index]!;
    const first = Math.max(from, start);
    const last = Math.min(to, end);
    if (tensor.shape.length === 0) parts.push(await readFloats(tensor));
    else if (first < last) parts.push(await readRows(tensor, first - start, last - start));
    start = end;
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const NORM_PARTS = ['weight', 'bias', 'running_mean', 'running_var'] as const;

function normTensors(
  prefix: string,
  tensors: Tensors,
): { readonly tensors: readonly StoredTensor[]; readonly absent: readonly string[] } {
  const names = NORM_PARTS.map((part) => `${prefix}.${part}`);
  const found = names.map((name) => tensors.get(name) ?? null);
  return {
    tensors: found.filter((tensor) => tensor !== null),
    absent: names.filter((_, index) => found[index] === null),
  };
}

async function readNorm(
  parts: readonly StoredTensor[],
  epsilon: number,
): Promise<ReturnType<typeof batchNormLine>> {
  const [weight, bias, mean, variance] = await Promise.all(parts.map(readFloats));
  const empty = new Float32Array(0);
  const norm: BatchNorm = {
    weight: weight ?? empty,
    bias: bias ?? empty,
    mean: mean ?? empty,
    variance: variance ?? empty,
    epsilon,
  };
  return batchNormLine(norm);
}

function fromNumbers(values: Hole, numbers: readonly number[]): PlannedWeight {
  const count = elementCount(values.dims);
  if (count !== numbers.length || values.type === 'INT8') {
    throw new VqaError(
      'pack-invalid',
      `The recipe gives ${values.name} ${numbers.length} numbers, must be ${count}.`,
    );
  }
  return {
    values,
    scales: null,
    rows: 1,
    width: count,
    isTransposed: false,
    byteLength: count * WEIGHT_BYTES[values.type],
    read: () => Promise.resolve(Float32Array.from(numbers)),
  };
}

/** As many scales as rows, on the one axis that has more than one number. */
function scaleDims({ dims }: Hole, rows: number): readonly number[] {
  const axis = Math.max(
    0,
    dims.findIndex((dim) => dim > 1),
  );
  return dims.map((dim, index) => (index === axis ? rows : dim));
}

function sameNumbers(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((number, index) => number === right[index]);
}
