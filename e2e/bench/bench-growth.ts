/**
 * `npm run bench -- --growth`: what grows with use. The built page is given photo after photo, each asked about three times,
 * and the memory of its process is read; then the cost of a question by its regions and by its tokens.
 */
import { resolve } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { buildWhenStale } from '../../src/build/build-when-stale.ts';
import { openSite } from '../fixtures/site.ts';
import { launchWith } from '../find-chromium.ts';
import { VqaPage } from '../pages/vqa-page.ts';
import { prepareBenchPhotos, type PhotoFile } from './bench-photos.ts';
import { buildBenchPage, openBrowserEngine, PHOTOS_FOLDER } from './browser-engine.ts';
import { watchRenderer } from './full/renderer-memory.ts';

const PHOTO_COUNTS = [1, 10, 25, 50, 100];
const REGION_COUNTS = [10, 20, 36, 50, 75, 100];
const TOKEN_COUNTS = [5, 10, 15, 20];
const QUESTIONS = ['What is in the photo?', 'How many things are there?', 'Is it indoors?'];

/** Of the photos after the tenth: a page that held every photo's pixels would take one to two. */
const MOST_MB_A_PHOTO = 1;

interface MemoryRow {
  readonly photos: number;
  readonly megabytes: number | null;
  /** Of the page without its worker: JavaScript's objects and buffers, after collecting what nobody holds. */
  readonly pageMegabytes: number;
}

export async function benchGrowth({
  pack,
  say,
}: {
  readonly pack: string;
  readonly say: (text: string) => void;
}): Promise<void> {
  await buildWhenStale();
  await buildBenchPage();
  const photos = await prepareBenchPhotos(PHOTOS_FOLDER);
  const browser = await chromium.launch(launchWith());
  printMemory(await memoryByPhotos(browser, photos, say));
  say('Regions and tokens …');
  const engine = await openBrowserEngine(resolve(pack), true);
  const costs = await engine.costs(photos[0]!.file, REGION_COUNTS, TOKEN_COUNTS);
  await engine.close();
  await browser.close();
  printCosts('regions', REGION_COUNTS, costs.regions);
  printCosts('tokens', TOKEN_COUNTS, costs.tokens);
}

async function memoryByPhotos(
  browser: Browser,
  photos: readonly PhotoFile[],
  say: (text: string) => void,
): Promise<readonly MemoryRow[]> {
  const site = await openSite({ isolated: true, path: '/' });
  const context = await browser.newContext();
  const memory = await watchRenderer(browser);
  const vqa = new VqaPage(await context.newPage(), site.url);
  await vqa.open('?backend=wasm');
  await vqa.waitForModels();
  const rows: MemoryRow[] = [];
  for (let count = 1; count <= Math.max(...PHOTO_COUNTS); count += 1) {
    const { bytes } = photos[count % photos.length]!;
    const name = `photo-${count}.jpg`;
    await vqa.chooseFile({ name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) });
    for (const question of QUESTIONS) {
      await vqa.ask(question);
      await vqa.waitForAnswer();
    }
    if (!PHOTO_COUNTS.includes(count)) continue;
    say(`${count} photos …`);
    // What nobody holds is collected before either is read.
    const pageMegabytes = await heldByPage(vqa.page);
    memory.most();
    await vqa.page.waitForTimeout(1000);
    rows.push({ photos: count, megabytes: memory.most(), pageMegabytes });
  }
  memory.stop();
  await context.close();
  await site.close();
  return rows;
}

async function heldByPage(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return (usedSize + backingStorageSize) / 1e6;
}

function printMemory(rows: readonly MemoryRow[]): void {
  console.log('Memory of the page\u2019s process, each photo asked about three times:');
  for (const { photos, megabytes, pageMegabytes } of rows) {
    const whole = (megabytes?.toFixed(0) ?? 'unknown').padStart(10);
    const own = pageMegabytes.toFixed(1).padStart(7);
    console.log(`${String(photos).padStart(8)} photos${whole} MB, of which the page holds${own} MB`);
  }
  const [early, late] = [rows.find(({ photos }) => photos === 10), rows.at(-1)];
  if (!early?.megabytes || !late?.megabytes) return;
  const each = (late.megabytes - early.megabytes) / (late.photos - early.photos);
  console.log(`${each.toFixed(2)} MB for each photo after the tenth; limit ${MOST_MB_A_PHOTO}.`);
}

function printCosts(what: string, counts: readonly number[], milliseconds: readonly number[]): void {
  console.log(`\nA further question by its ${what}, two threads at most:`);
  for (const [row, count] of counts.entries()) {
    const ms = milliseconds[row] ?? Number.NaN;
    const times = ms / (milliseconds[0] ?? Number.NaN);
    console.log(
      `${String(count).padStart(8)} ${what}${ms.toFixed(1).padStart(10)} ms${times.toFixed(2).padStart(8)} ×`,
    );
  }
}
