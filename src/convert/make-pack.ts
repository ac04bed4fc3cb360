/** A published pack from beginning to end: its weights from the web or from files, then the pack in its folder. */
import type { ByteSource } from '../checkpoint/byte-source.ts';
import { VqaError } from '../core/errors.ts';
import { hex } from '../bytes/hex.ts';
import { sha256 } from '../bytes/sha256.ts';
import {
  PUBLISHED_ROLES,
  type MakeProgress,
  type StoredAs,
  type PublishedAddresses,
  type PublishedRole,
} from '../core/published.ts';
import { OWN_FILE } from './assemble-pack.ts';
import { convertPack, type ConvertParams } from './convert-pack.ts';
import type { MeasurePrecision, RecordGolden } from './examine-pack.ts';
import { countProgress, type ProgressCount } from './download/count-progress.ts';
import { download } from './download/download.ts';
import { asFirstDownloaded, keepFirstDownload } from './download/first-downloads.ts';
import type { Folder } from './folder/folder.ts';
import { JOURNAL_FILE } from './folder/journal.ts';
import type { ReadShipped } from './recipe/parse-recipe.ts';
import { packSize, partSize } from './pack-size.ts';
import { labelsOfConfiguration, readLabels } from './recipe/read-labels.ts';
import { partsOf, type Recipe, type RecipeSource, type SourceRole } from './recipe/recipe.ts';
import { addressesOf, webAddress } from './download/source-addresses.ts';
import { tokenizerJson } from './write-tokenizer.ts';

/** Files that are here; `identity` tells it from others of the same name. */
export interface GivenFile {
  readonly kind: 'file';
  /** One file, or all its shards. */
  readonly sources: readonly ByteSource[];
  readonly identity: string;
}

/** Weights at addresses of the person's own, of which no record tells anything; the next is tried where one fails. */
export interface GivenUrls {
  readonly kind: 'urls';
  readonly urls: readonly string[];
}

export interface MakePackParams extends StoredAs {
  readonly recipe: Recipe;
  /** In place of those that the recipe names. */
  readonly weights: Readonly<Partial<Record<PublishedRole, GivenFile | GivenUrls>>>;
  /** Where else the published weights lie: tried before the recipe's own addresses. */
  readonly addresses?: PublishedAddresses;
  /** Text of small files, in place of those that the recipe names. */
  readonly texts: Readonly<Partial<Record<Exclude<SourceRole, 'weights'>, string>>>;
}

export interface MakePackEnvironment {
  readonly read: ReadShipped;
  readonly fetch: typeof fetch;
  /** Take the place of `{hub}` in addresses, each in turn. */
  readonly hubUrls: readonly string[];
  readonly downloads: Folder;
  /** Where it is kept what was downloaded first; nothing is compared without it. */
  readonly records?: Folder | undefined;
  /** Of the pack. */
  readonly folder: Folder;
  readonly recordGolden?: RecordGolden | undefined;
  readonly measure?: MeasurePrecision | undefined;
}

export interface MakePackOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MakeProgress) => void) | undefined;
}

export async function makePack(
  params: MakePackParams,
  environment: MakePackEnvironment,
  { signal, onProgress }: MakePackOptions = {},
): Promise<void> {
  const { recipe, precision, exactDetector = false } = params;
  const { read, folder, recordGolden, measure } = environment;
  const downloads: Partial<Record<PublishedRole, number>> = {};
  for (const role of PUBLISHED_ROLES) {
    if (params.weights[role]?.kind === 'file') continue;
    downloads[role] = weightsOf(recipe, role).bytes ?? (await partSize(recipe[role], 'fp32', read));
  }
  const progress = countProgress(downloads, await packSize(recipe, params, read), onProgress);
  const configuration = parseConfiguration(params.texts.configuration);
  const texts = await readTexts(params, configuration, environment);
  const gathered = new Map<PublishedRole, Gathered>();
  for (const role of PUBLISHED_ROLES) {
    signal?.throwIfAborted();
    gathered.set(role, await gather(role, params, environment, { signal, progress }));
  }
  const lxmert = gathered.get('lxmert')!;
  const detector = gathered.get('detector')!;
  const convertParams: ConvertParams = {
    recipe,
    precision,
    exactDetector,
    checkpoints: { lxmert: lxmert.sources, detector: detector.sources },
    fingerprint: JSON.stringify([
      lxmert.identity,
      detector.identity,
      params.texts.configuration ?? null,
      precision,
      exactDetector,
    ]),
    ...texts,
    configuration,
    origins: [lxmert, detector].map(({ origin }) => origin),
    read,
    folder,
    recordGolden,
    measure,
  };
  await convertPack(convertParams, {
    signal,
    onProgress: (written, total, file) => progress.converting(written, total, file),
    onRecord: () => progress.recording(),
    onMeasure: () => progress.measuring(),
  });
  await folder.remove(JOURNAL_FILE);
  progress.finished();
}

interface Gathered {
  readonly sources: readonly ByteSource[];
  readonly identity: string;
  readonly origin: ConvertParams['origins'][number];
}

async function gather(
  role: PublishedRole,
  { recipe, weights, addresses }: MakePackParams,
  { downloads, records, fetch, hubUrls }: MakePackEnvironment,
  { signal, progress }: { readonly signal: AbortSignal | undefined; readonly progress: ProgressCount },
): Promise<Gathered> {
  const part = recipe[role];
  const given = weights[role];
  if (given?.kind === 'file') {
    const { sources, identity } = given;
    const name = sources.map((source) => source.name).join(', ');
    return { sources, identity, origin: { name, licence: OWN_FILE, role } };
  }
  const published = weightsOf(recipe, role);
  const isOwn = given !== undefined;
  const entered = addresses?.[role];
  const urls = isOwn
    ? given.urls
    : [...(entered === undefined ? [] : [webAddress(entered)]), ...addressesOf(published, hubUrls)];
  // An address that a person enters is that person's word.
  const recorded = !isOwn && entered === undefined ? records : undefined;
  const known = isOwn ? { bytes: null, sha256: null } : published;
  const {
    source,
    sha256: hash,
    url,
  } = await download(urls, {
    folder: downloads,
    path: downloadPath(given?.urls[0] ?? published.url),
    fetch,
    expected: recorded ? await asFirstDownloaded(recorded, published.url, known) : known,
    signal,
    onProgress: (stage, bytes, total, from) =>
      progress.downloading(role, stage, bytes, total, new URL(from).host),
  });
  if (recorded) await keepFirstDownload(recorded, published.url, { bytes: source.size, sha256: hash });
  return {
    sources: [source],
    identity: hash,
    origin: { name: `${url}, SHA-256 ${hash}`, licence: isOwn ? 'as the address says' : part.licence, role },
  };
}

export function weightsOf(recipe: Recipe, role: PublishedRole): RecipeSource {
  return recipe[role].sources.find((source) => source.role === 'weights')!;
}

/** Of a download among others, whichever hub it comes from: its name, and a hash of its whole address. */
function downloadPath(url: string): string {
  const name =
    url
      .replace(/[?#].*$/u, '')
      .split('/')
      .at(-1) ?? '';
  const hash = hex(sha256(new TextEncoder().encode(url)).subarray(0, 6));
  return `${hash}-${name.replaceAll(/[^\w.-]/gu, '_')}`;
}

type LabelRole = keyof ConvertParams['labels'];

/** The small files that a pack is made of, each from the person, the recipe, or `config.json`. */
async function readTexts(
  { recipe, texts }: MakePackParams,
  configuration: unknown,
  { read, hubUrls }: MakePackEnvironment,
): Promise<Pick<ConvertParams, 'tokenizer' | 'labels'>> {
  const sources = partsOf(recipe).flatMap((part) => part.sources);
  const textOf = async (role: Exclude<SourceRole, 'weights'>): Promise<Named | null> => {
    const given = texts[role];
    if (given !== undefined) return { name: `your ${role}`, text: given };
    const source = sources.find((candidate) => candidate.role === role);
    if (source === undefined) return null;
    const { url, content } = await readFirst(addressesOf(source, hubUrls), read);
    const hash = hex(sha256(content));
    if (source.sha256 !== null && hash !== source.sha256) {
      throw new VqaError(
        'checkpoint-invalid',
        `${url} has SHA-256 ${hash.slice(0, 12)}…, the public record says ${source.sha256.slice(0, 12)}….`,
      );
    }
    return { name: url, text: new TextDecoder().decode(content) };
  };
  const labels: Partial<Record<LabelRole, readonly string[]>> = {};
  for (const role of ['objects', 'attributes', 'answers'] as const) {
    const ownNames =
      role === 'answers' && texts.answers === undefined ? labelsOfConfiguration(configuration) : null;
    const found = ownNames === null ? await textOf(role) : null;
    if (ownNames !== null) labels[role] = ownNames;
    else if (found !== null) labels[role] = readLabels(found.text, found.name);
  }
  // Words of one's own go before a tokenizer that was made for others.
  const finished = texts.vocabulary === undefined ? await textOf('tokenizer') : null;
  if (finished !== null) return { labels, tokenizer: finished.text };
  const vocabulary = await textOf('vocabulary');
  if (vocabulary === null) throw new VqaError('pack-invalid', 'The recipe names no vocabulary.');
  return { labels, tokenizer: tokenizerJson(vocabulary.text, vocabulary.name) };
}

/** A small file from the first address that has it. */
async function readFirst(
  urls: readonly string[],
  read: ReadShipped,
): Promise<{ readonly url: string; readonly content: Uint8Array<ArrayBuffer> }> {
  const [url = '', ...rest] = urls;
  try {
    return { url, content: await read(url) };
  } catch (thrown) {
    if (rest.length === 0) throw thrown;
    return await readFirst(rest, read);
  }
}

interface Named {
  readonly name: string;
  readonly text: string;
}

function parseConfiguration(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (thrown) {
    throw new VqaError('checkpoint-mismatch', 'config.json is not JSON.', { cause: thrown });
  }
}
