/** What a page that embeds makes its visitors fetch, and when. */
import { gzipSync } from 'node:zlib';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { expect, expectAnswer, test } from '../fixtures/embedding.ts';
import type { Site } from '../fixtures/site.ts';

test.describe.configure({ timeout: 180_000 });

/** Gzipped, without the libraries that run the models: ONNX Runtime and the tokenizer's. */
const MAX_BYTES = 60_000;
/** One file alone, or two of a page that plays a recording. */
const MAX_FILE_BYTES = 45_000;
const RUNTIME = /^(?:open-\w+-runtime|ort-wasm|encode-question)/u;

async function gzipped(file: string): Promise<number> {
  return gzipSync(await readFile(join(BUILD_FOLDER, 'embed', file)), { level: 9 }).length;
}

/** Names of the scripts that the page has fetched from our site, each once. */
function scriptsOf({ requests }: Site): string[] {
  const names = requests.flatMap(
    ({ path }) => /\/embed\/(?<name>[^/?]+\.m?js)/u.exec(path)?.groups?.['name'] ?? [],
  );
  return [...new Set(names)];
}

async function chooseMethod(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Explain by' }).selectOption(name);
}

test('element and worker are small up to the first answer; an explanation fetches the rest', async ({
  page,
  site,
  attributes,
  showElement,
}) => {
  await showElement(attributes);
  await expectAnswer(page);
  const first = scriptsOf(site).filter((name) => !RUNTIME.test(name));
  const sizes = await Promise.all(first.map(async (name) => [name, await gzipped(name)] as const));
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(
    `gzipped bytes up to the first answer: ${total} (${sizes.map((size) => size.join(' ')).join(', ')})`,
  );
  expect(first).toContain('in-page-vqa.js');
  expect(first.length).toBeGreaterThan(1);
  expect(total).toBeLessThanOrEqual(MAX_BYTES);

  // The worker was started from a Blob, and fetches more from where its own file lies.
  await chooseMethod(page, 'Leave one out');
  await expect(page.getByText('Why “')).toBeVisible();
  const later = scriptsOf(site).filter((name) => !RUNTIME.test(name) && !first.includes(name));
  expect(later).toEqual([
    expect.stringMatching(/^explain-answer-/u),
    expect.stringMatching(/^run-changes-/u),
  ]);
});

test('an explanation whose program cannot be fetched says so, and is there when it can', async ({
  page,
  site,
  attributes,
  allowedOnConsole,
  showElement,
}) => {
  allowedOnConsole.push(/503/u);
  await showElement(attributes);
  await expectAnswer(page);
  site.interceptWith((request, response) => {
    if (request.url?.includes('explain-answer') !== true) return false;
    response.writeHead(503).end();
    return true;
  });
  await chooseMethod(page, 'Leave one out');
  await expect(page.getByText('could not be fetched')).toContainText('Check your connection');
  site.interceptWith(null);
  await chooseMethod(page, 'Attention');
  await chooseMethod(page, 'Leave one out');
  await expect(page.getByText('Why “')).toBeVisible();
});

test('a page that plays a recording fetches two small files, one that holds a frame one', async () => {
  const reader = (await readdir(join(BUILD_FOLDER, 'embed'))).find((name) =>
    /^read-recording-[^.]+\.js$/u.test(name),
  );
  const [element = 0, frame, host, reading = 0] = await Promise.all(
    ['in-page-vqa.js', 'frame.js', 'frame-host.js', reader ?? ''].map(gzipped),
  );
  console.log(
    `gzipped bytes: element ${element}, its reader ${reading}, frame ${frame}, page around a frame ${host}`,
  );
  expect(element + reading).toBeLessThanOrEqual(MAX_FILE_BYTES);
  expect(frame).toBeLessThanOrEqual(MAX_FILE_BYTES);
  expect(host).toBeLessThanOrEqual(2_000);
  for (const file of ['in-page-vqa.js', 'frame.js', 'frame-host.js']) {
    expect(await readFile(join(BUILD_FOLDER, 'embed', file), 'utf8')).not.toMatch(
      /(?:^|[;}\n])import\s*[{"'*]/u,
    );
  }
});
