/** Engines in a real browser, one page for each number of threads. */
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { build } from 'vite';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import { serveStatic, type StaticServer } from '../../src/cli/serve-static.ts';
import type { Samples } from './measure.ts';
import type { Costs } from './page.ts';

const BENCH_FOLDER = join(PROJECT_FOLDER, '.cache/bench');
export const PHOTOS_FOLDER = join(PROJECT_FOLDER, '.cache/bench-photos');

export interface BrowserEngine {
  readonly threads: number;
  /** From an empty cache, over the network of this machine. */
  readonly firstLoadMs: number;
  /** From the browser's cache. */
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
export async function openBrowserEngine(
  browser: Browser,
  packFolder: string,
  isolated: boolean,
): Promise<BrowserEngine> {
  const server = await servePack(packFolder, isolated);
  const context = await browser.newContext();
  const page = await context.newPage();
  const first = await loadPack(page, server.url);
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
      await server.close();
    },
  };
}
