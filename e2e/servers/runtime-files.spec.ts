/** A server in trouble with the runtime's own files: the page names the file and the cause, and recovers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { expect, test } from '../fixtures/test.ts';

interface Fault {
  readonly name: string;
  readonly file: RegExp;
  readonly answer: (response: ServerResponse, content: Buffer) => void;
  readonly words: string;
}

const GLUE = /\/ort-wasm-[^/]+\.js$/u;
const WASM = /\/ort-wasm-[^/]+\.wasm$/u;

const FAULTS: readonly Fault[] = [
  {
    name: 'a script that is missing',
    file: GLUE,
    answer: (response) => response.writeHead(404).end(),
    words: 'could not be fetched: the server said 404',
  },
  {
    name: 'a script without its type',
    file: GLUE,
    answer: (response, content) =>
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(content),
    words: 'came as application/octet-stream',
  },
  {
    name: 'a script that is damaged',
    file: GLUE,
    answer: (response, content) =>
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(content.subarray(0, 9000)),
    words: 'cannot be run',
  },
  {
    name: 'a WebAssembly file that is missing',
    file: WASM,
    answer: (response) => response.writeHead(404).end(),
    words: 'could not be fetched: the server said 404',
  },
  {
    name: 'a WebAssembly file that is truncated',
    file: WASM,
    answer: (response, content) =>
      response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(content.subarray(0, 5_000_000)),
    words: 'is cut or damaged: 5000000 bytes came',
  },
  {
    name: 'a WebAssembly file that breaks off',
    file: WASM,
    answer(response, content) {
      response.writeHead(200, { 'Content-Type': 'application/wasm', 'Content-Length': content.length });
      response.write(content.subarray(0, 5_000_000), () => setTimeout(() => response.destroy(), 300));
    },
    words: 'broke off',
  },
];

for (const { name, file, answer, words } of FAULTS) {
  test(`${name} is named, and fetched again`, async ({ vqa, site, page, allowedOnConsole }) => {
    allowedOnConsole.push(/Failed to load resource|net::ERR_|MIME type/u);
    site.interceptWith((request: IncomingMessage, response: ServerResponse) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (!file.test(path)) return false;
      answer(response, readFileSync(join(BUILD_FOLDER, path)));
      return true;
    });
    await vqa.openTiny();
    await expect(vqa.alert).toContainText('The runtime’s file ort-wasm-');
    await expect(vqa.alert).toContainText(words);
    await expect(vqa.alert).not.toContainText(/onnx|WASM|ASSERTIONS|backend/u);
    site.interceptWith(null);
    await page.getByRole('button', { name: 'Load the models again' }).click();
    await vqa.waitForModels();
    await expect(vqa.alert).toHaveCount(0);
  });
}

test('models that do not come can be stopped and loaded again', async ({ vqa, site, page }) => {
  let isSilent = true;
  site.interceptWith(({ url }) => isSilent && (url?.endsWith('pack.json') ?? false));
  await vqa.openTiny();
  await page.getByRole('button', { name: 'Stop loading the models' }).click();
  await expect(vqa.alert).toContainText('You stopped the loading of the models.');
  isSilent = false;
  await page.getByRole('button', { name: 'Load the models again' }).click();
  await vqa.waitForModels();
});

test('a photo that does not come can be stopped', async ({ vqa, site, page }) => {
  site.interceptWith(({ url }) => url?.endsWith('silent.jpg') ?? false);
  await vqa.openTiny();
  await vqa.waitForModels();
  await vqa.fetchAddress(`${site.url}silent.jpg`);
  await page.getByRole('button', { name: 'Stop fetching the photo' }).click();
  await expect(vqa.alert).toContainText('You stopped the fetching of the photo.');
});
