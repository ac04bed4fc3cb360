/**
 * Weights that lie in several files: `model-00001-of-00003.safetensors` and so on, beside an index in JSON that says
 * which file has which tensor (`weight_map`).
 */
import { VqaError } from '../core/errors.ts';
import { JsonField, JsonFieldError } from '../core/json-field.ts';
import { readPart, type ByteSource } from './byte-source.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import type { Checkpoint, StoredTensor } from './stored-tensor.ts';

const INDEX = /\.index\.json$/iu;
const SHARD = /-0*(?<number>\d+)-of-0*(?<count>\d+)\.\w+$/iu;
const MAX_INDEX_BYTES = 50_000_000;

export function isIndexName(name: string): boolean {
  return INDEX.test(name);
}

/** Names of the files that an index of shards speaks of, sorted. */
export function shardNames(text: string, indexName: string): readonly string[] {
  try {
    const map = new JsonField(JSON.parse(text), indexName).at('weight_map');
    const names = Object.values(map.value ?? {}).filter((name) => typeof name === 'string');
    if (names.length > 0) return [...new Set(names)].toSorted();
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError || thrown instanceof JsonFieldError)) throw thrown;
  }
  throw new VqaError('checkpoint-invalid', `${indexName} is no index of weights: it has no weight_map.`);
}

/**
 * One file of weights, or all the shards of one with or without their index.
 * @throws VqaError `checkpoint-missing` where shards are lacking, and those of `openCheckpoint`
 */
export async function openShards(sources: readonly ByteSource[]): Promise<Checkpoint> {
  const indices = sources.filter(({ name }) => isIndexName(name));
  const shards = sources.filter((source) => !indices.includes(source));
  const wanted = new Set<string>();
  for (const index of indices) {
    const bytes = await readPart(index, 0, Math.min(index.size, MAX_INDEX_BYTES), 'the index');
    for (const name of shardNames(new TextDecoder().decode(bytes), index.name)) wanted.add(name);
  }
  for (const { name } of shards) for (const sibling of siblingsOf(name)) wanted.add(sibling);
  const missing = [...wanted].filter((name) => !shards.some((shard) => shard.name === name));
  if (missing.length > 0) {
    throw new VqaError(
      'checkpoint-missing',
      `These weights lie in ${wanted.size} files, of which ${missing.length} are not here: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}.`,
    );
  }
  const opened: Checkpoint[] = [];
  for (const shard of shards) opened.push(await openCheckpoint(shard));
  const [first] = opened;
  if (first === undefined) throw new VqaError('checkpoint-missing', 'There is no file of weights.');
  if (opened.length === 1) return first;
  const tensors = new Map<string, StoredTensor>();
  for (const { name: file, tensors: part } of opened) {
    for (const [name, tensor] of part) {
      if (tensors.has(name)) {
        throw new VqaError('checkpoint-invalid', `${name.slice(0, 80)} lies in ${file} and in another file.`);
      }
      tensors.set(name, tensor);
    }
  }
  return { name: `${first.name} and ${opened.length - 1} more`, format: first.format, tensors };
}

/** All the names of a numbered file's set: a part alone says how many there are. */
function siblingsOf(name: string): readonly string[] {
  const { number, count } = SHARD.exec(name)?.groups ?? {};
  if (number === undefined || count === undefined || Number(count) > 1_000) return [];
  const width = /-(?<digits>\d+)-of-/u.exec(name)?.groups?.['digits']?.length ?? 5;
  return Array.from({ length: Number(count) }, (_, index) =>
    name.replace(/-\d+-of-/u, `-${String(index + 1).padStart(width, '0')}-of-`),
  );
}
