/**
 * `npm run bench -- --full --page`: a person's whole way with the published weights at full size, in the built page: convert
 * the files, load the pack, look at a photo, ask; how long each takes, and the memory of the page's process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { BUILD_FOLDER, buildWhenStale, PROJECT_FOLDER } from '../../../src/build/build-when-stale.ts';
import { serveStatic } from '../../../src/cli/serve-static.ts';
import { launchWith } from '../../find-chromium.ts';
import { VqaPage } from '../../pages/vqa-page.ts';
import { DETECTOR, makeRandomWeights, RANDOM_LXMERT, type FullBenchOptions } from './bench-full.ts';
import { watchRenderer } from './renderer-memory.ts';

const PHOTO = join(PROJECT_FOLDER, 'public/samples/coffee.jpg');
const TARGET_MB = 2_200;
const LONGEST_MS = 30 * 60_000;
const WORDS_EVERY_MS = 200;

interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly rendererMb: number | null;
  readonly note?: string;
}

export async function benchMade({
  precision,
  lxmert = RANDOM_LXMERT,
  json,
  say,
}: Omit<FullBenchOptions, 'rounds'>): Promise<void> {
  await makeRandomWeights(say);
  await buildWhenStale();
  const server = await serveStatic({ isolated: true, mounts: [{ path: '/', folder: BUILD_FOLDER }] });
  // What a page keeps lies in memory unless the browser has a folder of its own.
  const profile = await mkdtemp(join(tmpdir(), 'vqa-profile-'));
  const context = await chromium.launchPersistentContext(profile, launchWith());
  try {
    const browser = context.browser();
    if (browser === null) throw new Error('the browser is not there');
    const memory = await watchRenderer(browser);
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_MS);
    const steps: Step[] = [];
    const step = async (name: string, work: () => Promise<string | void>): Promise<void> => {
      say(`${name} …`);
      memory.most();
      const startedMs = performance.now();
      const note = await work();
      const seconds = (performance.now() - startedMs) / 1000;
      steps.push({ name, seconds, rendererMb: memory.most(), ...(note && { note }) });
    };
    const vqa = new VqaPage(page, server.url);
    await vqa.open('?backend=wasm');
    await page.getByRole('link', { name: /^Ready on/u }).waitFor();
    await step('Convert', () => makePack(page, precision, [lxmert, DETECTOR]));
    await step('Load the pack', async () => {
      await page.getByRole('link', { name: 'Use it' }).click();
      await page.waitForURL(/pack=opfs/u);
      await page.getByRole('link', { name: /^Ready on/u }).waitFor();
    });
    await step('Look at a photo', () => lookAtPhoto(page));
    await step('Ask', () => askAbout(page, 'What is on the table?'));
    memory.stop();
    print(steps, precision, json);
  } finally {
    await context.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function makePack(page: Page, precision: string, files: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Get the original LXMERT' }).click();
  const dialog = page.getByRole('dialog', { name: 'Get the original LXMERT' });
  await dialog.getByRole('radio', { name: new RegExp(`^${precision}`, 'u') }).check();
  await dialog.getByLabel('Files of weights').setInputFiles([...files]);
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
  await dialog.getByText(/is ready\./u).waitFor();
}

/** @returns how long the page went without another word at most */
async function lookAtPhoto(page: Page): Promise<string> {
  await page.getByLabel('Photo file').first().setInputFiles(PHOTO);
  const found = page.getByRole('region', { name: 'What it found' });
  let words = '';
  let changedMs = performance.now();
  let longestMs = 0;
  while (!(await found.isVisible())) {
    const present = (await page.locator('.looking').allTextContents()).join(' ');
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - changedMs);
    if (present !== words) changedMs = nowMs;
    words = present;
    await new Promise((resolve) => setTimeout(resolve, WORDS_EVERY_MS));
  }
  return `${(longestMs / 1000).toFixed(1)} s at most without another word of progress`;
}

async function askAbout(page: Page, question: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Your question' });
  await box.fill(question);
  await box.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Answer: ' }).waitFor({ state: 'attached' });
}

function print(steps: readonly Step[], precision: string, asJson: boolean): void {
  if (asJson) {
    console.log(JSON.stringify({ precision, steps }, null, 2));
    return;
  }
  console.log(`The published LXMERT and Faster R-CNN at full size in ${precision}, in the page\n`);
  console.log(`${''.padEnd(18)}${'seconds'.padStart(9)}${'MB of the page'.padStart(17)}`);
  for (const { name, seconds, rendererMb, note = '' } of steps) {
    const memory = rendererMb === null ? 'unknown' : rendererMb.toFixed(0);
    console.log(
      `${name.padEnd(18)}${seconds.toFixed(1).padStart(9)}${memory.padStart(17)}  ${note}`.trimEnd(),
    );
  }
  const most = Math.max(...steps.map(({ rendererMb }) => rendererMb ?? Number.NaN));
  if (Number.isNaN(most)) return;
  console.log(
    `\nTarget: at most ${TARGET_MB} MB in int8. ${most <= TARGET_MB ? 'Reached' : 'Missed'}: ${most.toFixed(0)}.`,
  );
}
