/** `pack.json` of a made pack: the two parts of its recipe, the sizes of its weights, and where they came from. */
import { VqaError } from '../core/errors.ts';
import type { ModelPack, PackFile } from '../core/pack/pack.ts';
import { parsePackText } from '../core/pack/parse-pack.ts';
import type { StoredAs } from '../core/published.ts';
import { partsOf, type Recipe } from './recipe/recipe.ts';
import type { Sizes } from './graph/resolve-sizes.ts';

/** Sizes that `pack.json` tells. */
const TOLD = [
  ['hidden', 'hiddenSize'],
  ['heads', 'heads'],
  ['languageLayers', 'languageLayers'],
  ['visionLayers', 'visionLayers'],
  ['crossLayers', 'crossLayers'],
  ['featureSize', 'featureSize'],
] as const;

/** How the account of a made pack begins. */
export const MADE_HERE = 'Made on this machine from published weights: ';

/** Licence of what a person gave as a file: only they know it. */
export const OWN_FILE = 'your own file';

export interface PackContents extends StoredAs {
  readonly sizes: Sizes;
  readonly labels: Readonly<Partial<Record<'objects' | 'attributes' | 'answers', readonly string[]>>>;
  /** Per checkpoint, where its weights came from. */
  readonly origins: readonly { readonly name: string; readonly licence: string; readonly role: string }[];
  readonly files: readonly PackFile[];
  /** By graph, the files of its weights. */
  readonly externalData: Readonly<Record<string, readonly string[]>>;
  readonly golden?: ModelPack['golden'];
  readonly measured?: ModelPack['precision'];
}

/** @returns the text of a `pack.json` that `parsePack` takes */
export function assemblePack(recipe: Recipe, contents: PackContents): string {
  const parts = partsOf(recipe).map(({ pack }) => memberRecord(pack.value));
  const merged = mergedRecord(parts);
  const { lxmert } = recipe;
  const lists = (name: string): unknown[] =>
    parts.flatMap((part) => listOf(memberRecord(part['provenance'])[name]));
  const sizes = TOLD.flatMap(([size, name]) => {
    const value = contents.sizes.get(size);
    return value === undefined ? [] : [[name, value] as const];
  });
  const own = contents.origins.filter(({ licence }) => licence === OWN_FILE).map(({ name }) => name);
  const stored = contents.exactDetector ? `${contents.precision}, exact detector` : contents.precision;
  const pack = {
    version: '1',
    ...merged,
    schemaVersion: 1,
    // A pack of somebody's own weights never passes for the published one.
    id: packId(lxmert.id, contents, own.length > 0),
    name: `${lxmert.name}${own.length > 0 ? ` with ${own.join(' and ')}` : ''} (${stored})`,
    description: lxmert.description,
    licence: partsOf(recipe)
      .map(({ name, licence }) => `${name}: ${licence}`)
      .join('; '),
    provenance: {
      summary: `${MADE_HERE}${contents.origins.map(({ name }) => name).join(' and ')}.`,
      trainedOn: lists('trainedOn'),
      startWeights: [...lists('startWeights'), ...contents.origins],
      commands: lists('commands'),
    },
    lxmert: { ...presentGraphs(memberRecord(merged['lxmert']), contents), ...Object.fromEntries(sizes) },
    tokenizer: TOKENIZER_FILE,
    labels: Object.assign(
      {},
      ...parts.map((part) => memberRecord(part['labels'])),
      contents.labels,
    ) as unknown,
    externalData: contents.externalData,
    ...(contents.golden && { golden: contents.golden }),
    ...(contents.measured && { precision: contents.measured }),
    files: contents.files,
  };
  const text = `${JSON.stringify(pack, null, 1)}\n`;
  const { labels } = parsePackText(text);
  checkAnswers(labels.answers.length, contents.sizes);
  return text;
}

/** @param isOwn made from somebody's own weights */
export function packId(id: string, { precision, exactDetector }: StoredAs, isOwn: boolean): string {
  return [id, ...(isOwn ? ['own'] : []), ...(exactDetector ? ['exact'] : []), precision].join('-');
}

export const TOKENIZER_FILE = 'tokenizer.json';

/** The graph of gradients is there in some precisions alone. */
function presentGraphs(
  { explain, ...lxmert }: Readonly<Record<string, unknown>>,
  { files }: Pick<PackContents, 'files'>,
): Readonly<Record<string, unknown>> {
  return files.some(({ path }) => path === explain) ? { ...lxmert, explain } : lxmert;
}

/** One name less, and every answer would be another one's. */
function checkAnswers(names: number, sizes: Sizes): void {
  const answers = sizes.get('answers');
  if (answers === undefined || answers === names) return;
  throw new VqaError(
    'checkpoint-mismatch',
    `The weights choose among ${answers} answers, and ${names} names of answers are known: give the list that they were trained with.`,
  );
}

function memberRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Of a name that several have, the last one's value counts. */
function mergedRecord(records: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(memberRecord(record))));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
