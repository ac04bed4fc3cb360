// @vitest-environment node
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWebPackStore } from '../engine/pack/fetch-pack.ts';
import type { FetchedPack } from '../engine/pack/pack-store.ts';
import { cacheFolder, createFolderCache } from './folder-cache.ts';

const TINY_PACK = new URL('../../models/fixtures/tiny-pack/', import.meta.url);

let folder: string;
let isServed: boolean;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vqa-cache-'));
  isServed = true;
  asked = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const serve: typeof fetch = async (input) => {
  const { pathname } = new URL(new Request(input).url);
  asked.push(pathname);
  if (!isServed) throw new TypeError('fetch failed');
  return new Response(await readFile(new URL(`.${pathname}`, TINY_PACK)));
};

async function start(cache = createFolderCache(folder)): Promise<FetchedPack> {
  return await createWebPackStore({ cache, fetch: serve }).fetch('https://models.example/', {});
}

/** Said by hashes: to compare megabytes number by number takes seconds. */
function hashes({ files }: FetchedPack): [string, string][] {
  return [...files].map(([path, content]) => [path, createHash('sha256').update(content).digest('hex')]);
}

test('a program that starts again fetches pack.json alone', async () => {
  const first = await start();
  expect(first.storage).toBe('stored');
  expect(asked.length).toBeGreaterThan(5);
  asked = [];
  const second = await start();
  expect(asked).toEqual(['/pack.json']);
  expect(hashes(second)).toEqual(hashes(first));
});

test('without its server, and with a damaged piece, it does what can be done', async () => {
  const first = await start();
  const [own = ''] = await readdir(folder);
  const piece = (await readdir(join(folder, own))).find((name) => name !== 'pack.json') ?? '';
  await writeFile(join(folder, own, piece), 'cut');
  asked = [];
  expect(hashes(await start())).toEqual(hashes(first));
  expect(asked.length).toBe(2);
  isServed = false;
  expect(hashes(await start())).toEqual(hashes(first));
});

test('the pieces of an earlier version go', async () => {
  await start();
  const [own = ''] = await readdir(folder);
  const old = `${'ab'.repeat(32)}-0`;
  await writeFile(join(folder, own, old), 'old');
  await start();
  expect(await readdir(join(folder, own))).not.toContain(old);
});

test('a folder that cannot be written leaves the pack in memory', async () => {
  await writeFile(join(folder, 'file'), '');
  expect((await start(createFolderCache(join(folder, 'file')))).storage).toBe('memory');
});

test('lies where programs keep such things', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/caches' })).toBe(join('/caches', 'in-page-vqa'));
  expect(cacheFolder({})).toMatch(/\.cache.in-page-vqa$/u);
});
