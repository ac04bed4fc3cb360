/**
 * Packs of a published LXMERT at a small size, for tests: the recipes as they ship over the small checkpoints of
 * models/fixtures, whose config.json tells their sizes, and what transformers says of them (models/published/lxmert_fixtures.py).
 */
import { readFileSync } from 'node:fs';
import { bytesSource } from '../../checkpoint/byte-source.ts';
import type { MeasurePrecision, RecordGolden } from '../../convert/examine-pack.ts';
import { makePack, type GivenFile } from '../../convert/make-pack.ts';
import { createMemoryFolder, type MemoryFolder } from '../../convert/folder/memory-folder.ts';
import { loadRecipe } from '../../convert/recipe/parse-recipe.ts';
import { JsonField } from '../../core/json-field.ts';
import type { MakeProgress, Precision } from '../../core/published.ts';

const ROOT = new URL('../../../', import.meta.url);
const FIXTURES = new URL('models/fixtures/published/lxmert/', ROOT);
const bytesOf = (url: URL): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(url));

export function smallLxmertText(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8');
}

export const goldenLxmert = new JsonField(JSON.parse(smallLxmertText('golden.json')), 'golden');

/** What ships, but with the detector of the same small size. */
async function readShipped(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf(new URL(url.replace('public/published/frcnn-vg/', 'models/fixtures/frcnn/recipe/')));
}

export interface SmallLxmert {
  readonly recipe?: string;
  readonly weights?: string;
  readonly precision?: Precision;
  readonly exactDetector?: boolean;
  readonly configuration?: string;
  readonly answers?: string;
  readonly recordGolden?: RecordGolden;
  readonly measure?: MeasurePrecision;
  readonly onProgress?: (progress: MakeProgress) => void;
}

function given(name: string, url: URL): GivenFile {
  return { kind: 'file', sources: [bytesSource(name, bytesOf(url))], identity: name };
}

export async function makeSmallLxmert({
  recipe = 'lxmert-vqa',
  weights = 'model.safetensors',
  precision = 'fp32',
  exactDetector = false,
  configuration = smallLxmertText('config.json'),
  answers = smallLxmertText('answers.json'),
  recordGolden,
  measure,
  onProgress,
}: SmallLxmert): Promise<MemoryFolder> {
  const folder = createMemoryFolder();
  await makePack(
    {
      recipe: await loadRecipe(new URL(`public/published/${recipe}/recipe.json`, ROOT).href, readShipped),
      precision,
      exactDetector,
      weights: {
        lxmert: given(weights, new URL(weights, FIXTURES)),
        detector: given('checkpoint.bin', new URL('models/fixtures/frcnn/checkpoint.bin', ROOT)),
      },
      texts: { configuration, answers, vocabulary: smallLxmertText('vocab.txt') },
    },
    {
      read: readShipped,
      fetch: () => Promise.reject(new Error('nothing is fetched')),
      hubUrls: ['https://hub.invalid'],
      downloads: createMemoryFolder(),
      folder,
      recordGolden,
      measure,
    },
    { onProgress },
  );
  return folder;
}
