// @vitest-environment node
/** House rules that neither the linter nor the type checker sees. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
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
  expect(folders).toEqual(new Set(['.ci', '.github', 'docs', 'e2e', 'models', 'public', 'src']));
});

test('links between the documents lead somewhere', () => {
  const documents = files.filter((file) => file.endsWith('.md') && !file.startsWith('models/work'));
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?<target>[^)#:\s]+)(?:#[^)]*)?\)/gu)]
      .map(({ groups }) => join(dirname(file), groups?.['target'] ?? ''))
      .filter((target) => !existsSync(join(PROJECT_FOLDER, target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('the README stays short enough to read', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

test('the lockfile leaves the registry to whoever installs', () => {
  const { packages }: { packages: Record<string, { resolved?: string }> } = JSON.parse(
    read('package-lock.json'),
  );
  expect(Object.values(packages).flatMap(({ resolved }) => resolved ?? [])).toEqual([]);
});

const layerOf = (file: string) => /^src\/(?<layer>[^/]+)\//u.exec(file)?.groups?.['layer'];

const LAYERS: Record<string, string[]> = JSON.parse(read('src/layers.json'));

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

  test('follow src/layers.json, but for tests and for the entries of workers', () => {
    const upwards = sources
      .filter((file) => !/\.test\.tsx?$|\/testing\/|^src\/worker\/(?:start-.*|.*\.worker)\.ts$/u.test(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith('.'))
          .map((name) => ({ file, from: layerOf(file), to: layerOf(join(dirname(file), name)) })),
      )
      .filter(({ from, to }) => from && to && from !== to && !LAYERS[from]?.includes(to));
    expect(upwards).toEqual([]);
  });

  test('are the same for the type checker: one project for each folder, which refers to what it may import', () => {
    const referred = Object.keys(LAYERS).map((folder) => {
      const { references }: { references: { path: string }[] } = JSON.parse(
        read(`src/${folder}/tsconfig.json`),
      );
      return [folder, references.map(({ path }) => path.replace('../', ''))];
    });
    expect(Object.fromEntries(referred)).toEqual(LAYERS);
  });

  test('stand in the docs as in src/layers.json', () => {
    const rows = [
      ...read('docs/architecture.md').matchAll(/^\| `(?<folder>\w+)` +\| (?<imports>.*?) *\|$/gmu),
    ].map(({ groups }) => [groups?.['folder'], groups?.['imports']?.match(/\w+(?=`)/gu) ?? []]);
    expect(Object.fromEntries(rows)).toEqual(LAYERS);
  });

  test('of every folder are listed', () => {
    expect(new Set(sources.flatMap((file) => layerOf(file) ?? []))).toEqual(new Set(Object.keys(LAYERS)));
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
    const staged = sources.filter((file) => file.startsWith('src/engine/') && isStage(file));
    expect(staged).toHaveLength(stages.size);
    const sideways = staged.filter((file) =>
      importsOf(file).some((name) => name.startsWith('.') && isStage(name)),
    );
    expect(sideways).toEqual([]);
  });

  test('of the view stand in the composition root alone', () => {
    const upwards = sources.filter(
      (file) =>
        !/^src\/view\/|^src\/main\.tsx$/u.test(file) &&
        importsOf(file).some((name) => layerOf(join(dirname(file), name)) === 'view'),
    );
    expect(upwards).toEqual([]);
  });
});

test('a folder holds what one looks over: some twenty files beside their tests', () => {
  const counts = new Map<string, number>();
  for (const file of files.filter((name) => /^src\/.*\.(?:tsx?|css)$/u.test(name) && !/\.test\./u.test(name)))
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 22)).toEqual([]);
});
