/** Engines in a real browser, one page for each number of threads. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import { serveStatic, type StaticServer } from '../../src/cli/serve-static.ts';
import { launchWith } from '../find-chromium.ts';
import type { Samples } from './measure.ts';
import type { Costs } from './page.ts';

const OPTIMISED_AFTER_MS = 5000;
const BENCH_FOLDER = join(PROJECT_FOLDER, '.cache/bench');
export const PHOTOS_FOLDER = join(PROJECT_FOLDER, '.cache/bench-photos');

export interface BrowserEngine {
  readonly threads: number;
  /** From an empty cache, over the network of this machine. */
  readonly firstLoadMs: number;
  /** On the next visit: models, and code that is optimised, from the browser's own storage. */
  readonly cachedLoadMs: number;
  measure(photoFile: string, questions: readonly string[]): Promise<Samples>;
  costs(photoFile: string, regions: readonly number[], tokens: readonly number[]): Promise<Costs>;
  close(): Promise<void>;
}

/** Bundles the worker as the page does. */
export async function buildBenchPage(): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: BENCH_FOLDER, emptyOutDir: true, target: 'es2023' },
  });
}

function servePack(packFolder: string, isolated: boolean): Promise<StaticServer> {
  return serveStatic({
    isolated,
    mounts: [
      { path: '/', folder: BENCH_FOLDER },
      { path: '/photos/', folder: PHOTOS_FOLDER },
      { path: '/pack/', folder: packFolder },
    ],
  });
}

async function loadPack(page: Page, url: string): Promise<{ readonly ms: number; readonly threads: number }> {
  await page.goto(url);
  return page.evaluate((packUrl) => globalThis.bench.load(packUrl), `${url}pack/`);
}

/** A page that is not cross-origin isolated runs WASM on one thread; an isolated one on as many as it may. */
export async function openBrowserEngine(packFolder: string, isolated: boolean): Promise<BrowserEngine> {
  const server = await servePack(packFolder, isolated);
  // What a browser has optimised it keeps in a folder alone, and only some seconds after it has run.
  const profile = await mkdtemp(join(tmpdir(), 'vqa-profile-'));
  const context = await chromium.launchPersistentContext(profile, launchWith());
  const page = await context.newPage();
  const first = await loadPack(page, server.url);
  await page.waitForTimeout(OPTIMISED_AFTER_MS);
  const cached = await loadPack(page, server.url);
  return {
    threads: cached.threads,
    firstLoadMs: first.ms,
    cachedLoadMs: cached.ms,
    measure: (photoFile, questions) =>
      page.evaluate(([url, asked]) => globalThis.bench.measure(url, asked), [
        `${server.url}photos/${photoFile}`,
        questions,
      ] as const),
    costs: (photoFile, regions, tokens) =>
      page.evaluate(([url, byRegions, byTokens]) => globalThis.bench.costs(url, byRegions, byTokens), [
        `${server.url}photos/${photoFile}`,
        regions,
        tokens,
      ] as const),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
      await server.close();
    },
  };
}
