/** What a first visit costs before it has its first answer, on the built page. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { openSite } from '../fixtures/site.ts';
import { VqaPage } from '../pages/vqa-page.ts';

/** Chunks that hold ONNX Runtime and a few lines that open it. */
const RUNTIME_CHUNKS = /^open-\w+-runtime-/u;

/** Built files of the page; the worker with what it loads lies beside the files that other sites embed. */
const PAGE_SCRIPTS = /^(?:assets|embed)[\\/].*\.js$/u;
const EMBEDDED_BY_OTHERS = /^(?:in-page-vqa|whole-element|frame|frame-host|worker|read-recording-.*)\.js$/u;

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
  const files = await readdir(BUILD_FOLDER, { recursive: true });
  const scripts = files.filter((file) => {
    const name = basename(file);
    return PAGE_SCRIPTS.test(file) && !RUNTIME_CHUNKS.test(name) && !EMBEDDED_BY_OTHERS.test(name);
  });
  const sizes = await Promise.all(
    scripts.map(async (file) => gzipSync(await readFile(join(BUILD_FOLDER, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
