/** From two checkpoints to a pack: plans every weight, then writes graph after graph, and goes on where it was cut. */
import type { ByteSource } from '../checkpoint/byte-source.ts';
import { openShards } from '../checkpoint/open-shards.ts';
import type { Checkpoint } from '../checkpoint/stored-tensor.ts';
import { VqaError } from '../core/errors.ts';
import type { PackFile } from '../core/pack/pack.ts';
import { parsePackText } from '../core/pack/parse-pack.ts';
import type { Precision, PublishedRole, StoredAs } from '../core/published.ts';
import { assemblePack, TOKENIZER_FILE, type PackContents } from './assemble-pack.ts';
import { borrowWeights } from './graph/borrow-weights.ts';
import { writeFile, type Folder } from './folder/folder.ts';
import { openJournal } from './folder/journal.ts';
import { openGraph } from './graph/open-graph.ts';
import { namedAsInRecipes, roleOfParameters } from './recipe/parameter-names.ts';
import type { ReadShipped } from './recipe/parse-recipe.ts';
import { planWeights, type Mismatches, type PlannedWeight } from './plan-weights.ts';
import {
  graphsIn,
  partsOf,
  precisionOf,
  type Recipe,
  type RecipeGraph,
  type RecipePart,
} from './recipe/recipe.ts';
import { resolveSizes, sizeOf, type Sizes } from './graph/resolve-sizes.ts';
import type { Skeleton } from './graph/skeleton.ts';
import { writeWeights } from './write-weights.ts';
import { described, measure, writeGolden, type MeasurePrecision, type RecordGolden } from './examine-pack.ts';

export interface ConvertParams extends StoredAs {
  readonly recipe: Recipe;
  /** Each one file, or all its shards. */
  readonly checkpoints: Readonly<Record<PublishedRole, readonly ByteSource[]>>;
  /** Says which checkpoints these are, so that a half-made pack is not finished with others. */
  readonly fingerprint: string;
  /** Text of `tokenizer.json`. */
  readonly tokenizer: string;
  readonly labels: PackContents['labels'];
  readonly origins: PackContents['origins'];
  /** Parsed `config.json` of the LXMERT; null where there is none. */
  readonly configuration: unknown;
  readonly read: ReadShipped;
  /** Of the pack; other files in it are left alone. */
  readonly folder: Folder;
  /** Without it the pack has no self-test. */
  readonly recordGolden?: RecordGolden | undefined;
  /** Without it nobody knows what fewer bits changed. */
  readonly measure?: MeasurePrecision | undefined;
}

export interface ConvertOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((writtenBytes: number, totalBytes: number, file: string) => void) | undefined;
  /** When all is written and the self-test begins. */
  readonly onRecord?: (() => void) | undefined;
  /** When what the precision changed is measured. */
  readonly onMeasure?: (() => void) | undefined;
}

export interface PlannedGraph {
  readonly graph: RecipeGraph;
  readonly skeleton: Skeleton;
  readonly weights: readonly PlannedWeight[];
  readonly constants: ReadonlyMap<string, readonly number[]>;
}

/** Shown of a long list of names. */
const SHOWN = 4;

/** @throws VqaError `checkpoint-…`, `storage-full`, `pack-invalid` for a broken recipe, `cancelled` */
export async function convertPack(
  params: ConvertParams,
  { signal, onProgress, onRecord, onMeasure }: ConvertOptions = {},
): Promise<void> {
  const { recipe, precision, exactDetector, folder, read } = params;
  const planned: PlannedGraph[] = [];
  const exact: PlannedGraph[] = [];
  const measures = params.measure !== undefined && precision !== 'fp32';
  let allSizes: Sizes = new Map();
  for (const part of partsOf(recipe)) {
    signal?.throwIfAborted();
    const { tensors, name } = await openShards(params.checkpoints[part.role]);
    checkRole(tensors, part, name);
    const named = namedAsInRecipes(tensors, part.role);
    const configuration = part.role === 'lxmert' ? params.configuration : null;
    const sizes = resolveSizes(part, named, configuration, name);
    checkShared(allSizes, sizes, recipe);
    const checkpoint = { tensors: named, name };
    const stored = precisionOf(part, params);
    planned.push(...(await planPart(part, { precision: stored, read }, checkpoint, sizes)));
    if (measures) exact.push(...(await planPart(part, { precision: 'fp32', read }, checkpoint, sizes)));
    allSizes = new Map([...allSizes, ...sizes]);
  }
  // Wrong names of answers are found before minutes are spent.
  const contents = {
    precision,
    exactDetector,
    sizes: allSizes,
    labels: params.labels,
    origins: params.origins,
  };
  const tokenizer = new TextEncoder().encode(params.tokenizer);
  const tokenizerFile = described(TOKENIZER_FILE, tokenizer);
  assemblePack(recipe, { ...contents, externalData: {}, files: [tokenizerFile, ...namesOnly(planned)] });

  const totalBytes = planned.reduce((sum, { weights }) => sum + bytesOf(weights), 0);
  let writtenBytes = 0;
  const journal = await openJournal(folder, params.fingerprint);
  const files: PackFile[] = [tokenizerFile];
  const externalData: Record<string, readonly string[]> = {};
  for (const { graph, skeleton, weights, constants } of planned) {
    if (graph.borrows.length > 0) {
      // Its weights are written by now, in this attempt or in one before.
      const placements = await borrowWeights(graph.file, skeleton.holes, graph.borrows, folder);
      const content = skeleton.place(placements, constants);
      await writeFile(folder, graph.file, content);
      files.push(described(graph.file, content));
      externalData[graph.file] = [...new Set([...placements.values()].map(({ file }) => file))];
      continue;
    }
    const before = writtenBytes;
    const onBytes = (count: number): void => {
      writtenBytes += count;
      onProgress?.(writtenBytes, totalBytes, graph.file);
    };
    onBytes(0);
    const stem = `${graph.file.replace(/\.onnx$/u, '')}.weights`;
    const known = journal.filesOf(graph.file);
    const made = known ?? (await makeGraph());
    if (known === null) await journal.keep(graph.file, made);
    onBytes(before + bytesOf(weights) - writtenBytes);
    files.push(...made);
    externalData[graph.file] = made.map(({ path }) => path).filter((path) => path.startsWith(stem));

    async function makeGraph(): Promise<readonly PackFile[]> {
      const written = await writeWeights(weights, { folder, stem, signal, onBytes });
      const content = skeleton.place(written.placements, constants);
      await writeFile(folder, graph.file, content);
      return [...written.files, described(graph.file, content)];
    }
  }
  signal?.throwIfAborted();
  await writeFile(folder, TOKENIZER_FILE, tokenizer);
  const untested = assemblePack(recipe, { ...contents, externalData, files });
  if (params.recordGolden !== undefined) onRecord?.();
  const golden = await writeGolden(params, parsePackText(untested), signal);
  if (measures) onMeasure?.();
  const measured = measures ? await measure(params, parsePackText(untested), exact, signal) : null;
  const text = assemblePack(recipe, {
    ...contents,
    ...golden,
    ...(measured && { measured }),
    externalData,
    files: golden ? [...files, golden.listed] : files,
  });
  await writeFile(folder, 'pack.json', new TextEncoder().encode(text));
}

async function planPart(
  part: RecipePart,
  { precision, read }: { readonly precision: Precision; readonly read: ReadShipped },
  { tensors, name }: Pick<Checkpoint, 'tensors' | 'name'>,
  sizes: Sizes,
): Promise<readonly PlannedGraph[]> {
  const problems: Mismatches = { missing: [], misshapen: [] };
  const graphs: PlannedGraph[] = [];
  for (const graph of graphsIn(part, precision)) {
    const { skeleton, weights: rules } = await openGraph(graph, precision, sizes, read);
    const holes = graph.borrows.length > 0 ? [] : skeleton.holes;
    const weights = planWeights({ file: graph.file, weights: rules }, holes, tensors, sizes, problems);
    const constants = new Map(
      graph.constants.map(({ initializer, values }) => [
        initializer,
        values.map((term) => sizeOf(term, sizes)),
      ]),
    );
    graphs.push({ graph, skeleton, weights, constants });
  }
  checkComplete(problems, part, name);
  return graphs;
}

/** Two files given the wrong way round, or one twice, lack every name: what they are says more. */
function checkRole(tensors: Checkpoint['tensors'], part: RecipePart, name: string): void {
  const found = roleOfParameters(tensors.keys());
  if (found === null || found === part.role) return;
  const [is, wanted] =
    part.role === 'lxmert'
      ? ['a detector (Faster R-CNN)', 'an LXMERT']
      : ['an LXMERT', 'a detector (Faster R-CNN)'];
  throw new VqaError(
    'checkpoint-mismatch',
    `${name} holds the weights of ${is}, where those of ${wanted} belong: give the two files the other way round.`,
  );
}

/** A size that both checkpoints have is what one gives and the other takes. */
function checkShared(before: Sizes, sizes: Sizes, { detector, lxmert }: Recipe): void {
  for (const [name, size] of sizes) {
    const given = before.get(name) ?? size;
    if (given !== size) {
      throw new VqaError(
        'checkpoint-mismatch',
        `${detector.name} gives a ${name} of ${given}, and the weights for ${lxmert.name} take ${size}.`,
      );
    }
  }
}

/** Everything that does not fit in one message: a person who has to find another file wants to know at once. */
function checkComplete(
  { missing, misshapen }: Mismatches,
  { name: packName }: RecipePart,
  name: string,
): void {
  const absent = [...new Set(missing)];
  const sentences = [
    ...(absent.length === 0
      ? []
      : [`${name} lacks ${counted(absent, 'parameter')} that ${packName} needs: ${listed(absent)}.`]),
    ...(misshapen.length === 0
      ? []
      : [`${name} has ${counted(misshapen, 'parameter')} of another shape: ${listed(misshapen)}.`]),
  ];
  if (sentences.length > 0) throw new VqaError('checkpoint-mismatch', sentences.join(' '));
}

function counted(names: readonly string[], noun: string): string {
  return `${names.length} ${noun}${names.length === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}

function bytesOf(weights: readonly PlannedWeight[]): number {
  return weights.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Graphs as `pack.json` lists them, for a check of everything else in it. */
function namesOnly(planned: readonly PlannedGraph[]): readonly PackFile[] {
  return planned.map(({ graph: { file } }) => ({ path: file, bytes: 1, sha256: '0'.repeat(64) }));
}
