/** What a first visit costs before it has its first answer, on the built page. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { BUILD_FOLDER } from '../../src/cli/build-when-stale.ts';
import { openSite } from '../fixtures/site.ts';
import { VqaPage } from '../pages/vqa-page.ts';

/** Chunks that hold ONNX Runtime and a few lines that open it. */
const RUNTIME_CHUNKS = /^open-\w+-runtime-/u;

export interface FirstVisit {
  /** Sent by the server, headers included. */
  readonly transferredBytes: number;
  /** From opening the address to the first answer, with a person who loses no time. */
  readonly answeredMs: number;
}

export async function visitFirst(browser: Browser): Promise<FirstVisit> {
  const site = await openSite({ isolated: true, path: '/' });
  const context = await browser.newContext();
  const vqa = new VqaPage(await context.newPage(), site.url);
  const startedMs = performance.now();
  await vqa.open();
  await vqa.chooseSample(0);
  await vqa.ask('What is in the photo?');
  await vqa.waitForAnswer();
  const answeredMs = performance.now() - startedMs;
  const transferredBytes = site.sentBytes();
  await context.close();
  await site.close();
  return { transferredBytes, answeredMs };
}

/** JavaScript of the page and its worker, gzipped file by file, without ONNX Runtime. */
export async function pageScriptBytes(): Promise<number> {
  const assets = join(BUILD_FOLDER, 'assets');
  const scripts = (await readdir(assets)).filter(
    (name) => name.endsWith('.js') && !RUNTIME_CHUNKS.test(name),
  );
  const sizes = await Promise.all(
    scripts.map(async (name) => gzipSync(await readFile(join(assets, name))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
