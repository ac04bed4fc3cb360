/** The page after its first visit: without a network, and when a newer version of it is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { parsePackText, sentFile } from '../../src/core/pack/parse-pack.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Site } from '../fixtures/site.ts';

test.use({ serviceWorkers: 'allow' });

const read = (file: string) => readFileSync(join(BUILD_FOLDER, file), 'utf8');

async function expectKept(page: Page): Promise<void> {
  await expect(page.getByText('all of it works without a network')).toBeVisible({ timeout: 60_000 });
}

/** Every file of the pack, those of tools that nobody has opened too. */
async function expectWholePack(page: Page): Promise<void> {
  const { files } = parsePackText(read('packs/everyday/pack.json'));
  const stored = () =>
    page.evaluate(async () => (await (await caches.open('in-page-vqa-packs')).keys()).map(({ url }) => url));
  for (const { path } of files.map(sentFile))
    await expect.poll(async () => (await stored()).some((url) => url.includes(path))).toBe(true);
}

for (const isolated of [true, false]) {
  test.describe(isolated ? 'on an isolated page' : 'on a page that is not isolated', () => {
    test.use({ siteOptions: { isolated, path: '/some/app/' } });

    test('page, models and examples work without a network after one visit', async ({
      vqa,
      page,
      site,
      context,
    }) => {
      await vqa.open('?backend=wasm');
      await vqa.waitForModels();
      await expectKept(page);
      await expectWholePack(page);
      await expect(page.getByRole('link', { name: '0 requests to other sites' })).toBeVisible();

      // Neither a network nor a server.
      await context.setOffline(true);
      const asked = new Set<string>();
      site.interceptWith((request) => {
        asked.add(request.url?.split('/').at(-1) ?? '');
        request.socket.destroy();
        return true;
      });
      await page.reload();
      await vqa.waitForModels();
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
      await vqa.chooseSample(1);
      await vqa.ask('What is the cat doing?');
      await expect(vqa.answerPanel).toContainText('What is the cat doing?');
      await vqa.waitForAnswer();
      await expect(page.getByText('Recorded', { exact: true })).toHaveCount(0);
      // A tool’s program and its graph, neither of which was used before.
      await page.getByText('Fill the blank', { exact: true }).click();
      await page.getByRole('textbox', { name: 'A sentence about the photo' }).fill('a cat on a table');
      await page
        .getByRole('group', { name: 'Words to hide' })
        .getByRole('button', { name: 'cat' })
        .press('Enter');
      await expect(page.getByRole('list', { name: 'Guesses with the photo' })).toBeVisible();
      // Looked for in vain: whether models or page are newer than what is stored.
      expect(['pack.json', 'service-worker.js']).toEqual(expect.arrayContaining([...asked]));
    });
  });
}

/** The built files with another page, and with the service worker that a build of it would have. */
function serveNewer(site: Site): void {
  const answers: Readonly<Record<string, readonly [type: string, content: string]>> = {
    '/': ['text/html', read('index.html').replace('</title>', ', newer</title>')],
    '/service-worker.js': [
      'text/javascript',
      read('service-worker.js').replace(/(?<before>index\.html"?,revision:")\w{4}/u, '$<before>0000'),
    ],
  };
  const page = answers['/'];
  site.interceptWith(({ url = '' }, response) => {
    const path = url.split('?')[0] ?? '';
    const answer = path === '/index.html' ? page : answers[path];
    if (!answer) return false;
    response.writeHead(200, { 'Content-Type': answer[0] }).end(answer[1]);
    return true;
  });
}

test('a newer version waits until the person reloads, and then takes over every tab', async ({
  vqa,
  page,
  site,
  context,
}) => {
  await vqa.openTiny();
  await vqa.waitForModels();
  await expectKept(page);
  const other = await context.newPage();
  await other.goto(page.url());
  serveNewer(site);

  await page.reload();
  await vqa.waitForModels();
  const button = page.getByRole('button', { name: 'Reload with the newer version' });
  await expect(button).toBeVisible();
  // Nothing of the newer one is shown yet, however often the page is opened.
  await page.reload();
  await vqa.waitForModels();
  await expect(button).toBeVisible();
  await expect(page).not.toHaveTitle(/newer/u);

  await button.click();
  await expect(page).toHaveTitle(/newer/u);
  await expect(other).toHaveTitle(/newer/u);
  await vqa.waitForModels();
  await expect(button).toHaveCount(0);
});
