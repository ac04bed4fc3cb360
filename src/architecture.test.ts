// @vitest-environment node
/** House rules that neither the linter nor the type checker sees. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const PROJECT_FOLDER = resolve(import.meta.dirname, '..');

/** Not ours, or not kept in the repository. */
const SKIPPED = new Set(['.cache', '.git', '.pytest_cache', '.ruff_cache', '.venv', '__pycache__']);
const SKIPPED_PATHS = new Set(['dist', 'models/work', 'node_modules', 'playwright-report', 'test-results']);

const MAX_LINES = 300;
const CODE = new Set(['.css', '.html', '.mjs', '.py', '.ts', '.tsx']);
const TEXT = new Set([...CODE, '.json', '.md', '.txt', '.yml', '.yaml', '.toml', '']);
const EMPTY_NAMES = new Set(['common', 'helper', 'helpers', 'misc', 'util', 'utils']);

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (SKIPPED.has(entry.name) || SKIPPED_PATHS.has(relative(PROJECT_FOLDER, path))) return [];
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

const files = listFiles(PROJECT_FOLDER).map((path) => relative(PROJECT_FOLDER, path).replaceAll('\\', '/'));
const read = (file: string) => readFileSync(join(PROJECT_FOLDER, file), 'utf8');

/** What a TypeScript file imports, as written. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/(?:\bfrom\s|\bimport\s*\(?)\s*'(?<specifier>[^']+)'/gu);
  return [...found].flatMap(({ groups }) => groups?.['specifier'] ?? []);
}

describe('files', () => {
  test(`have ${MAX_LINES} lines at most`, () => {
    const tooLong = files
      .filter((file) => CODE.has(extname(file)))
      .map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(tooLong).toEqual([]);
  });

  test('and folders are named after what they hold', () => {
    const empty = files.filter((file) =>
      file.split('/').some((part) => EMPTY_NAMES.has(basename(part, extname(part)).toLowerCase())),
    );
    expect(empty).toEqual([]);
  });

  test('name no folder of a particular machine', () => {
    const homes = /(?<![\w.~}-])\/(?:home|root|Users|work|mnt|tmp)\/\w/u;
    const local = files.filter((file) => TEXT.has(extname(file)) && homes.test(read(file)));
    expect(local).toEqual([]);
  });
});

test('the top level holds what the layout says', () => {
  const folders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
  expect(folders).toEqual(new Set(['.ci', 'e2e', 'models', 'public', 'src']));
});

test('the lockfile leaves the registry to whoever installs', () => {
  const { packages }: { packages: Record<string, { resolved?: string }> } = JSON.parse(
    read('package-lock.json'),
  );
  expect(Object.values(packages).flatMap(({ resolved }) => resolved ?? [])).toEqual([]);
});

describe('imports', () => {
  const sources = files.filter((file) => /^src\/.*\.tsx?$/u.test(file));

  test.each([
    ['onnxruntime-web', 'src/engine/'],
    ['@huggingface/tokenizers', 'src/engine/'],
    ['zustand', 'src/session/'],
  ])('%s is named in %s alone', (runtime, folder) => {
    const elsewhere = sources.filter(
      (file) =>
        !file.startsWith(folder) &&
        importsOf(file).some((name) => name === runtime || name.startsWith(`${runtime}/`)),
    );
    expect(elsewhere).toEqual([]);
  });

  test('stages of the engine do not import each other', () => {
    const stages = new Set([
      'read-pixels',
      'preprocess-image',
      'detect-regions',
      'encode-scene',
      'encode-question',
      'encode-language',
      'predict-answer',
      'explain-answer',
    ]);
    const isStage = (file: string) => stages.has(basename(file, '.ts'));
    const sideways = sources
      .filter((file) => file.startsWith('src/engine/') && isStage(file))
      .filter((file) => importsOf(file).some((name) => name.startsWith('.') && isStage(name)));
    expect(sideways).toEqual([]);
  });

  test.each([
    ['the reader of checkpoints', 'src/checkpoint/', ['./', '../core/']],
    ['the converter', 'src/convert/', ['./', '../core/', '../checkpoint/']],
  ])('%s imports what lies below it alone', (_name, folder, allowed) => {
    const upwards = sources
      .filter((file) => file.startsWith(folder) && !file.endsWith('.test.ts'))
      .flatMap(importsOf)
      .filter((name) => !allowed.some((start) => name.startsWith(start)));
    expect(upwards).toEqual([]);
  });

  test('nothing but the composition root imports the view', () => {
    const upwards = sources.filter(
      (file) =>
        !/^src\/view\/|^src\/main\.tsx$/u.test(file) &&
        importsOf(file).some((name) => /(?:^|\/)view\//u.test(name)),
    );
    expect(upwards).toEqual([]);
  });
});
