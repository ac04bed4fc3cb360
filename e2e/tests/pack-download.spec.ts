/** The download of a pack: one honest count, once per browser, resumed after a cut, and never a damaged file. */
import type { ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_FOLDER, PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import type { ModelPack } from '../../src/core/pack/pack.ts';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { TINY_PACK, type Intercept } from '../fixtures/site.ts';
import { expect, test } from '../fixtures/test.ts';

const QUESTION = 'is the cup red?';
const TINY_FOLDER = join(PROJECT_FOLDER, 'models', TINY_PACK);
const EVERYDAY_FOLDER = join(BUILD_FOLDER, 'packs/everyday');

function readPack(folder: string): ModelPack {
  return JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8'));
}

/** What loading a pack fetches: heads come when a sentence is judged, the graph of gradients when it is asked why. */
function filesOfLoading({ files, lxmert }: ModelPack): ModelPack['files'] {
  const later = new Set([...Object.values(lxmert.taskHeads), lxmert.explain]);
  return files.filter(({ path }) => !later.has(path));
}

/** Of what travels. */
function largestFile({ files }: ModelPack): ModelPack['files'][number] {
  return files
    .map((file) => file.deflated ?? file)
    .reduce((largest, file) => (file.bytes > largest.bytes ? file : largest));
}

/** Answers for one file of the tiny pack; everything else goes its way. */
function onTinyFile(path: string, answer: (response: ServerResponse, content: Buffer) => void): Intercept {
  return (request, response) => {
    if (!request.url?.endsWith(`${TINY_PACK}${path}`)) return false;
    answer(response, readFileSync(join(TINY_FOLDER, path)));
    return true;
  };
}

test('progress never falls and ends at the total', async ({ vqa, page }) => {
  await page.addInitScript(() => {
    const seen: { value: number; max: number }[] = [];
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      const bar = document.querySelector('progress');
      if (bar?.hasAttribute('value') && bar.max > 1) seen.push({ value: bar.value, max: bar.max });
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await vqa.openTiny();
  await vqa.waitForModels();
  const seen = await page.evaluate(
    (): { value: number; max: number }[] => Reflect.get(globalThis, 'seen') ?? [],
  );
  const total = filesOfLoading(readPack(TINY_FOLDER)).reduce((sum, { bytes }) => sum + bytes, 0);
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(seen.map(({ max }) => max))).toEqual(new Set([total]));
  expect(seen.map(({ value }) => value)).toEqual(seen.map(({ value }) => value).toSorted((a, b) => a - b));
  expect(seen.at(-1)?.value).toBe(total);
});

test('a second visit takes every file from the cache, and says so', async ({ vqa, site, page }) => {
  await vqa.openTiny();
  await vqa.waitForModels();
  const firstVisit = site.requests.filter(({ path }) => path.startsWith(`/${TINY_PACK}`));
  const loaded = filesOfLoading(readPack(TINY_FOLDER));
  const files = loaded.map(({ path }) => path);
  const megabytes = (loaded.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
  expect(firstVisit.length).toBe(files.length + 1);
  expect(new Set(firstVisit.map(({ path }) => path.split('/').at(-1)))).toEqual(
    new Set([...files, 'pack.json']),
  );

  site.requests.length = 0;
  await vqa.openTiny();
  await vqa.waitForModels();
  const secondVisit = site.requests.filter(({ path }) => path.startsWith(`/${TINY_PACK}`));
  expect(secondVisit.map(({ path }) => path.split('/').at(-1))).toEqual(['pack.json']);

  const storage = page.getByRole('region', { name: 'Stored on this device' });
  await expect(storage).toContainText(`${megabytes} MB in ${files.length} files: tiny-pack`);
  await storage.getByRole('button', { name: 'Delete stored models' }).click();
  await expect(storage).toContainText('Nothing');
  site.requests.length = 0;
  await vqa.openTiny();
  await vqa.waitForModels();
  expect(site.requests.filter(({ path }) => path.endsWith('.onnx')).length).toBe(5);
});

test('a deleted cache leaves the models that are loaded at work', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.waitForModels();
  await page.getByRole('button', { name: 'Delete stored models' }).click();
  await expect(page.getByRole('button', { name: 'Delete stored models' })).toBeDisabled();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(QUESTION);
  await vqa.waitForAnswer();
});

test('a download that is cut goes on where it stopped', async ({ vqa, site, page, allowedOnConsole }) => {
  allowedOnConsole.push(/net::ERR_/u);
  const { path, bytes } = largestFile(readPack(EVERYDAY_FOLDER));
  const content = readFileSync(join(EVERYDAY_FOLDER, path));
  const sentBytes = Math.floor(bytes * 0.7);
  site.interceptWith((request, response) => {
    if (!request.url?.endsWith(path)) return false;
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes });
    response.write(content.subarray(0, sentBytes), () => setTimeout(() => response.destroy(), 300));
    return true;
  });
  await vqa.open('?backend=wasm');
  await vqa.question.fill(QUESTION);
  await vqa.chooseFile(await jpegPhoto());
  await expect(vqa.alert).toContainText(`${path} broke off after`);
  await expect(vqa.alert).toContainText('try again: what has arrived is kept');
  await vqa.expectKept({ question: QUESTION, photo: true });

  site.interceptWith(null);
  site.requests.length = 0;
  await page.getByRole('button', { name: 'Load the models again' }).click();
  await vqa.waitForModels();
  await vqa.waitForRegions();
  const resumed = site.requests.filter((request) => request.path.endsWith(path));
  expect(resumed.length).toBe(1);
  const from = Number(/^bytes=(?<from>\d+)-$/u.exec(resumed[0]?.range ?? '')?.groups?.['from']);
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThanOrEqual(sentBytes);
  await vqa.expectKept({ question: QUESTION, photo: true });
});

const DAMAGED = 'lxmert-vision.onnx';

test('a damaged file is told apart, and fetched anew on the next try', async ({ vqa, site, page }) => {
  site.interceptWith(
    onTinyFile(DAMAGED, (response, content) => {
      const damaged = Buffer.from(content);
      damaged[1000] = (damaged[1000] ?? 0) ^ 1;
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(damaged);
    }),
  );
  await vqa.openTiny();
  await vqa.question.fill(QUESTION);
  await vqa.chooseFile(await jpegPhoto());
  await expect(vqa.alert).toContainText(`${DAMAGED} has SHA-256`);
  await expect(vqa.alert).toContainText('Try again: a damaged file is downloaded again.');
  await vqa.expectKept({ question: QUESTION, photo: true });

  site.interceptWith(null);
  await page.getByRole('button', { name: 'Load the models again' }).click();
  await vqa.waitForRegions();
  await vqa.expectKept({ question: QUESTION, photo: true });
});

test('a file that is shorter than the pack says is not taken', async ({ vqa, site }) => {
  site.interceptWith(
    onTinyFile(DAMAGED, (response, content) => {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(content.subarray(0, 5000));
    }),
  );
  await vqa.openTiny();
  await expect(vqa.alert).toContainText(`${DAMAGED} broke off after`);
});

test('a pack that is not there is named, and the page stays usable', async ({
  vqa,
  allowedOnConsole,
  site,
}) => {
  allowedOnConsole.push(/404/u);
  await vqa.open('?pack=packs/no-such-pack/');
  await vqa.question.fill(QUESTION);
  await vqa.chooseFile(await jpegPhoto());
  await expect(vqa.alert).toContainText(`${site.url}packs/no-such-pack/pack.json is not there`);
  await expect(vqa.alert).toContainText('Check the address of the model pack, then try again.');
  await vqa.expectKept({ question: QUESTION, photo: true });
});

test('a pack of another schema is refused', async ({ vqa, site }) => {
  site.interceptWith(
    onTinyFile('pack.json', (response, content) => {
      const pack = { ...JSON.parse(content.toString('utf8')), schemaVersion: 99 };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(pack));
    }),
  );
  await vqa.openTiny();
  await expect(vqa.alert).toContainText('99');
  await expect(vqa.alert).toContainText('Use a pack that this version of the page can read.');
});
