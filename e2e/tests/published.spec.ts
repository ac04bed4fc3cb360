/** A pack from published weights: chosen, paid for with consent, stopped, gone on with, used, deleted. */
import { AxeBuilder } from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMALL_LXMERT, smallHubFile } from '../../src/node/testing/small-published.ts';
import {
  failing,
  inTurn,
  openWeightsServer,
  whole,
  type Answer,
} from '../../src/node/testing/weights-server.ts';
import { pngPhoto } from '../fixtures/photo-files.ts';
import { openSmallHub } from '../fixtures/small-hub.ts';
import { TINY_PACK } from '../fixtures/site.ts';
import { expect, test } from '../fixtures/test.ts';
import { consent, dialog, makeInHalves, panel, start } from '../pages/pack-maker.ts';

// Two page loads and a conversion each.
test.describe.configure({ timeout: 240_000 });

const DETECTOR = 'unc-nlp/frcnn-vg-finetuned/resolve/main/pytorch_model.bin';
const LXMERT = 'unc-nlp/lxmert-vqa-uncased/resolve/main/pytorch_model.bin';

const weightsFile = (name: string, buffer: Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer,
});

test('is made in the page and answers', async ({ vqa, site, page }) => {
  const hub = openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&${hub.query}`);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();

  await expect(dialog(page).getByRole('radio', { name: /LXMERT, VQA v2/u })).toBeChecked();
  await expect(dialog(page).getByRole('radio', { name: /^int8/u })).toBeChecked();
  await expect(dialog(page).getByText(`${site.url}hub/${LXMERT}`)).toBeVisible();
  await expect(dialog(page).getByText(/Checked against SHA-256/u)).toBeVisible();
  await expect(start(page)).toBeDisabled();
  const exact = dialog(page).getByRole('checkbox', { name: /^Keep the detector in single precision/u });
  const room = dialog(page).getByText(/while it is made/u);
  const before = await room.textContent();
  await exact.check();
  await expect(room).not.toHaveText(before ?? '');
  await exact.uncheck();
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText('LXMERT, VQA v2 (int8) is ready.')).toBeVisible({ timeout: 120_000 });
  await expect(dialog(page).getByText(/^Measured here against single precision/u)).toBeVisible();
  expect(site.requests.filter(({ path }) => path.includes('/hub/')).map(({ path }) => path)).toEqual(
    [LXMERT, DETECTOR].map((path) => `/hub/${path}`),
  );
  await dialog(page).getByRole('link', { name: 'Use it' }).click();

  await vqa.waitForModels();
  await vqa.chooseFile(await pngPhoto());
  await vqa.ask('what is on the left?');
  // As many as the small LXMERT knows.
  await vqa.waitForAnswer();
  expect(await vqa.shownAnswers()).toHaveLength(9);
  await expect(page.getByRole('region', { name: 'Model pack' })).toContainText('LXMERT, VQA v2 (int8)');
  await expect(panel(page)).toContainText('In use');
  await expect(page.getByText(/^Largest difference to the pack’s own test case: /u)).toBeAttached();

  // A pack that is in use may be deleted: its models are in memory.
  await panel(page).getByRole('button', { name: 'Delete LXMERT, VQA v2 (int8)' }).click();
  await expect(panel(page).getByRole('listitem')).toHaveCount(0);
  await page.reload();
  await expect(vqa.alert).toContainText('is no longer stored on this device');
  await expect(vqa.alert.getByRole('link', { name: 'Use the pack of this page' })).toHaveAttribute(
    'href',
    /^(?!.*pack=)/u,
  );
});

test('in half precision is explained by gradients, from weights that lie there once', async ({
  vqa,
  site,
  page,
}) => {
  const hub = openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&${hub.query}`);
  await vqa.waitForModels();
  await makeInHalves(page);
  await dialog(page).getByRole('link', { name: 'Use it' }).click();
  await vqa.waitForModels();
  await vqa.chooseFile(await pngPhoto());
  await vqa.ask('what is on the left?');
  await vqa.waitForAnswer();
  expect(await vqa.shownAnswers()).toHaveLength(9);
  await page.getByRole('combobox', { name: 'by' }).selectOption('relevance');
  await expect(page.getByText(/runs? of the model, /u)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^Light from .* evidence/u })).toBeVisible();
});

test('is gone on with after a stop and a reload', async ({ vqa, site, page }) => {
  const hub = openSmallHub(site);
  const address = `?pack=${TINY_PACK}&backend=wasm&${hub.query}`;
  const arrived = 200_000;
  hub.holdAfter(arrived);
  await vqa.open(address);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText(/^Downloading: 0\.2 MB of/u)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Stop' }).click();
  await expect(start(page)).toBeVisible();

  hub.holdAfter(null);
  await vqa.open(address);
  await vqa.waitForModels();
  await expect(panel(page)).toContainText('0.2 MB of a pack that was begun are here.');
  await panel(page).getByRole('button', { name: 'Go on with the download' }).click();
  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText(/is ready\./u)).toBeVisible({ timeout: 120_000 });
  const ranges = site.requests.filter(({ path }) => path.endsWith(LXMERT)).map(({ range }) => range);
  expect(ranges).toEqual([null, `bytes=${arrived}-`]);
});

test('is fetched from the next hub when the first lets no other site read its files', async ({
  vqa,
  site,
  page,
  allowRequestsTo,
  allowedOnConsole,
}) => {
  // It has every file, and no header that shares them.
  const closed = await openWeightsServer();
  closed.answers.set('*', whole());
  allowRequestsTo.push(closed.url);
  allowedOnConsole.push(/blocked by CORS policy/u, /net::ERR_FAILED/u);
  const hub = openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&hub=${encodeURIComponent(closed.url)}&${hub.query}`);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  await expect(dialog(page).getByText(`from ${closed.url}/${LXMERT}`)).toBeVisible();
  await expect(dialog(page).getByText(`or where that fails from ${site.url}hub/${LXMERT}`)).toBeVisible();
  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText(/is ready\./u)).toBeVisible({ timeout: 120_000 });
  expect(new Set(closed.asked.map(({ path }) => path))).toEqual(new Set([`/${LXMERT}`, `/${DETECTOR}`]));
  closed.close();
});

test('goes on where a server hides its headers from other sites and grants no leave', async ({
  vqa,
  site,
  page,
  allowRequestsTo,
  allowedOnConsole,
}) => {
  const elsewhere = await openWeightsServer();
  const HOLD = 200_000;
  const broken = (path: string, headers: Readonly<Record<string, string>>): Answer => {
    const served = {
      content: smallHubFile(path)!,
      headers: { 'access-control-allow-origin': '*', ...headers },
    };
    const inOrder = inTurn(whole({ ...served, until: HOLD }), whole(served));
    return (request, ...rest) => (request.method === 'OPTIONS' ? failing(405) : inOrder)(request, ...rest);
  };
  // Of the one a hash is known, of the other nothing.
  elsewhere.answers.set(`/${LXMERT}`, broken(LXMERT, { etag: '"one"' }));
  elsewhere.answers.set(`/${DETECTOR}`, broken(DETECTOR, {}));
  allowRequestsTo.push(elsewhere.url);
  allowedOnConsole.push(/net::ERR_/u);
  openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&hub=${encodeURIComponent(elsewhere.url)}`);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText(/is ready\./u)).toBeVisible({ timeout: 120_000 });
  const asked = (path: string) => elsewhere.asked.filter((one) => one.path === `/${path}`);
  expect(asked(LXMERT).map(({ range }) => range)).toEqual([undefined, `bytes=${HOLD}-`]);
  expect(asked(DETECTOR).map(({ range }) => range)).toEqual([undefined, `bytes=${HOLD - 65_536}-`]);
  expect(new Set(elsewhere.asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(new Set(elsewhere.asked.map(({ referrer }) => referrer))).toEqual(new Set([undefined]));
  elsewhere.close();
});

test('says what was tried when no hub answers, and takes another address', async ({
  vqa,
  site,
  page,
  allowRequestsTo,
  allowedOnConsole,
}) => {
  const gone = await openWeightsServer();
  gone.close();
  allowRequestsTo.push(gone.url);
  allowedOnConsole.push(/net::ERR_CONNECTION_REFUSED/u);
  openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&hub=${encodeURIComponent(gone.url)}`);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  await consent(page).check();
  await start(page).click();
  const alert = dialog(page).getByRole('alert');
  await expect(alert).toContainText(`${new URL(gone.url).host} did not answer`, { timeout: 60_000 });
  await expect(alert).toContainText('Or choose the file from your disk.');

  await dialog(page).getByText('Fetch from another address').click();
  await dialog(page).getByLabel('LXMERT, VQA v2', { exact: true }).fill(`${site.url}hub/${LXMERT}`);
  await dialog(page).getByLabel('Faster R-CNN, Visual Genome').fill(`${site.url}hub/${DETECTOR}`);
  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText(/is ready\./u)).toBeVisible({ timeout: 120_000 });
});

test('is made from files of the disk, and says which file is wrong', async ({ vqa, site, page }) => {
  const hub = openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&${hub.query}`);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  const files = dialog(page).getByLabel('Files of weights');
  const detector = smallHubFile(DETECTOR)!;
  await files.setInputFiles([weightsFile('my-lxmert.bin', detector), weightsFile('frcnn.bin', detector)]);
  const convert = dialog(page).getByRole('button', { name: 'Convert', exact: true });
  await convert.click();
  await expect(dialog(page).getByRole('alert')).toContainText(
    'my-lxmert.bin holds the weights of a detector',
  );

  const own = ['config.json', 'answers.json', 'vocab.txt'].map((name) =>
    weightsFile(name, readFileSync(join(SMALL_LXMERT, name))),
  );
  await files.setInputFiles([
    weightsFile('my-lxmert.safetensors', readFileSync(join(SMALL_LXMERT, 'model.safetensors'))),
    ...own,
  ]);
  await expect(dialog(page).getByRole('listitem')).toHaveCount(5);
  await convert.click();
  await expect(dialog(page).getByText(/is ready\./u)).toBeVisible({ timeout: 120_000 });
  expect(site.requests.filter(({ path }) => path.includes('/hub/'))).toEqual([]);
});

test('says when the browser has no room left, and goes on when there is some', async ({
  vqa,
  site,
  page,
}) => {
  const hub = openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&${hub.query}`);
  await vqa.waitForModels();
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  await consent(page).check();
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(site.url);
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 400_000 });
  await start(page).click();
  await expect(dialog(page).getByRole('alert')).toContainText('There is no room for more of', {
    timeout: 60_000,
  });
  await expect(dialog(page).getByRole('alert')).toContainText('what has arrived is kept');

  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await consent(page).check();
  await start(page).click();
  await expect(dialog(page).getByText(/is ready\./u)).toBeVisible({ timeout: 120_000 });
});
