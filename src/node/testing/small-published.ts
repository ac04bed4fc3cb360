/**
 * The published packs at a small size, for tests: the recipes that ship, told the sizes of the small checkpoints in
 * models/fixtures, with those checkpoints in place of the hub's.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const SHIPPED = join(ROOT, 'public/published');
const DETECTOR = join(ROOT, 'models/fixtures/frcnn');
export const SMALL_LXMERT = join(ROOT, 'models/fixtures/published/lxmert');

/** By their paths on the hub. */
const HUB_FILES: Readonly<Record<string, string>> = {
  'unc-nlp/lxmert-vqa-uncased/resolve/main/pytorch_model.bin': join(SMALL_LXMERT, 'pytorch_model.stream.bin'),
  'unc-nlp/frcnn-vg-finetuned/resolve/main/pytorch_model.bin': join(DETECTOR, 'checkpoint.bin'),
};

export const LXMERT_ON_HUB = Object.keys(HUB_FILES)[0] ?? '';

/** What a hub gives for a path; null where it has nothing. */
export function smallHubFile(path: string): Buffer<ArrayBuffer> | null {
  const file = HUB_FILES[path];
  return file === undefined ? null : readFileSync(file);
}

/** What lies below `published/`; null where there is nothing. */
export function smallPublishedFile(path: string): Buffer<ArrayBuffer> | null {
  if (path === 'index.json') return Buffer.from('["lxmert-vqa"]');
  if (path === 'lxmert-vqa/recipe.json') return Buffer.from(JSON.stringify(smallRecipe()));
  const small = /^frcnn-vg\/(?<file>.+)$/u.exec(path)?.groups?.['file'];
  const lists: Readonly<Record<string, string>> = {
    'lists/vocab.txt': join(SMALL_LXMERT, 'vocab.txt'),
    'lists/answers.json': join(SMALL_LXMERT, 'answers.json'),
  };
  const file = lists[path] ?? (small === undefined ? join(SHIPPED, path) : join(DETECTOR, 'recipe', small));
  return existsSync(file) ? readFileSync(file) : null;
}

interface RecipeJson {
  readonly sizes: Readonly<Record<string, { value: number; readonly config?: string | readonly string[] }>>;
  readonly [field: string]: unknown;
}

function smallRecipe(): object {
  const recipe: RecipeJson = JSON.parse(readFileSync(join(SHIPPED, 'lxmert-vqa/recipe.json'), 'utf8'));
  const config: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(join(SMALL_LXMERT, 'config.json'), 'utf8'),
  );
  for (const size of Object.values(recipe.sizes)) {
    const key = [size.config ?? []].flat().find((name) => typeof config[name] === 'number');
    if (key !== undefined) size.value = Number(config[key]);
  }
  const weights = smallHubFile(LXMERT_ON_HUB) ?? Buffer.alloc(0);
  return {
    ...recipe,
    sources: [
      {
        role: 'weights',
        url: `{hub}/${LXMERT_ON_HUB}`,
        bytes: weights.length,
        sha256: createHash('sha256').update(weights).digest('hex'),
      },
      { role: 'vocabulary', file: '../lists/vocab.txt' },
      { role: 'answers', file: '../lists/answers.json' },
    ],
  };
}
