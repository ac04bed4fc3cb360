/** What a build must be for every browser and every server; no browser is needed to see it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { findWorkerEntries } from '../fixtures/worker-entries.ts';
import { expect, test } from '@playwright/test';

test('no script of page and element imports the entry of a worker', async () => {
  const { entries, imported } = await findWorkerEntries(BUILD_FOLDER);
  // The engine's under both of its names, and the maker's.
  expect(entries.length).toBeGreaterThanOrEqual(3);
  expect(imported).toEqual([]);
});

test('every built file has an ending that servers know', async () => {
  const names = await readdir(BUILD_FOLDER, { recursive: true });
  expect(names.filter((name) => /\.mjs(?:\.|$)/u.test(name))).toEqual([]);
});

/** Gzipped. The aim is 90,000, of which React takes 64,000; what stands on the page before any tool took it to 112,440. */
const MAX_PAGE_BYTES = 113_000;

test('the script that the page begins with is small', async () => {
  const html = await readFile(join(BUILD_FOLDER, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.\/(?<file>assets\/[^"]+\.js)"/gu)].flatMap(
    ({ groups }) => groups?.['file'] ?? [],
  );
  const scripts = await Promise.all(files.map((file) => readFile(join(BUILD_FOLDER, file))));
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  console.log(`gzipped bytes that the page begins with: ${bytes} in ${files.length} files`);
  expect(files.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(MAX_PAGE_BYTES);
});
