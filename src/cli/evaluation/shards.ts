/** Parts of a long run: which questions are whose, what an interrupted one has left, and reports put together. */
import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shardOf } from '../../core/evaluation/run-evaluation.ts';
import { UsageError } from '../command.ts';

/** With its place in the list of a run that is not in parts. */
export type Numbered<Item> = Item & { readonly index: number };

/** The items of the part that `--shard K/N` names, whole photos each; all of them without one. */
export function partOf<Item extends { readonly photo: string }>(
  items: readonly Item[],
  shard: string | undefined,
): readonly Numbered<Item>[] {
  const numbered = items.map((item, index) => Object.assign({ index }, item));
  if (shard === undefined) return numbered;
  const [, part = '', parts = ''] = /^(\d+)\/(\d+)$/u.exec(shard) ?? [];
  const found = { shard: Number(part), shards: Number(parts) };
  if (found.shard >= 1 && found.shard <= found.shards) return shardOf(numbered, found);
  throw new UsageError(`--shard is ${shard}, must be K/N with K from 1 to N`);
}

/** What a run has found by now, kept beside its report until that is written. */
export interface Journal<Entry> {
  /** Of an interrupted run of the same command with the same pack and questions. */
  readonly kept: readonly Entry[];
  add(entry: Entry): Promise<void>;
  /** To be called when the report is there. */
  close(): Promise<void>;
}

/**
 * @param out path of the report; without one nothing is kept
 * @param settings whatever changes what is found
 * @param inputs paths of files whose content does
 */
export async function openJournal<Entry>(
  out: string | undefined,
  settings: object,
  inputs: readonly string[],
): Promise<Journal<Entry>> {
  if (out === undefined) return { kept: [], add: () => Promise.resolve(), close: () => Promise.resolve() };
  const path = `${out}.partial`;
  const head = JSON.stringify({ ...settings, inputs: await hashOf(inputs) });
  const [found, ...lines] = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const kept: readonly Entry[] =
    found === head ? wholeLines(lines).map((line): Entry => JSON.parse(line)) : [];
  await writeFile(path, `${[head, ...kept.map((entry) => JSON.stringify(entry))].join('\n')}\n`);
  if (kept.length > 0) console.error(`${kept.length} of an interrupted run are there: going on after them`);
  return {
    kept,
    add: (entry) => appendFile(path, `${JSON.stringify(entry)}\n`),
    close: () => rm(path, { force: true }),
  };
}

/** Up to the one that was being written when the run ended. */
function wholeLines(lines: readonly string[]): readonly string[] {
  const broken = lines.findIndex((line) => !isJson(line));
  return broken === -1 ? lines : lines.slice(0, broken);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(
      await readFile(path).catch((thrown: unknown) => {
        throw new UsageError(`${path} cannot be read`, { cause: thrown });
      }),
    );
  }
  return hash.digest('hex');
}

/** Stands for every file of a pack: it lists them with their hashes. */
export function packJsonOf(pack: string): string {
  return join(pack, 'pack.json');
}

/** Of a report that can be put together with others. */
export interface ShardReport<Found> {
  readonly pack: string;
  /** K/N, where it is of a part. */
  readonly shard?: string | undefined;
  readonly found: readonly Numbered<Found>[];
}

/**
 * The reports of all parts as one, in the order of the whole.
 * @param read makes of a file's JSON what `found` is
 * @throws UsageError for files that are no such reports, are of several packs, overlap, or of which one is missing
 */
export async function mergeReports<Report extends ShardReport<unknown>>(
  paths: readonly string[],
  read: (json: Readonly<Record<string, unknown>>) => Report | null,
): Promise<Report> {
  const reports: Report[] = [];
  for (const path of paths) {
    const report = read(await readJson(path));
    if (report === null) throw new UsageError(`${path} is no report that can be merged`);
    reports.push(report);
  }
  const [first] = reports;
  if (!first) throw new UsageError('--merge needs the reports to put together');
  const packs = [...new Set(reports.map(({ pack }) => pack))];
  if (packs.length > 1) throw new UsageError(`the reports are of several packs: ${packs.join(', ')}`);
  const parts = reports.flatMap(({ shard }) => shard ?? []);
  const count = Number(parts[0]?.split('/')[1] ?? 0);
  const missing = Array.from({ length: count }, (_, part) => `${part + 1}/${count}`).filter(
    (part) => !parts.includes(part),
  );
  if (missing.length > 0) throw new UsageError(`the report of shard ${missing.join(', ')} is missing`);
  const found = reports.flatMap((report) => report.found).toSorted((a, b) => a.index - b.index);
  const twice = found.find(({ index }, place) => found[place + 1]?.index === index);
  if (twice) throw new UsageError(`question ${twice.index + 1} is in two of the reports`);
  return { ...first, found };
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'));
    return Object(json);
  } catch (thrown) {
    throw new UsageError(`${path} cannot be read`, { cause: thrown });
  }
}
