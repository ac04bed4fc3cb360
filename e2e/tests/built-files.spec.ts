/** What a build must be for every browser and every server; no browser is needed to see it. */
import { readdir } from 'node:fs/promises';
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
