/** The component that the documentation gives, in a page that is built with React and Vite as its author would. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import { docSnippets } from '../fixtures/doc-snippets.ts';
import { expect, expectAnswer, test } from '../fixtures/embedding.ts';
import { TINY_PACK } from '../fixtures/site.ts';

test.describe.configure({ timeout: 180_000 });

test('is a tag like any other in React', async ({ page, site, host }, testInfo) => {
  const folder = testInfo.outputPath('react-blog');
  await cp(join(PROJECT_FOLDER, 'e2e/fixtures/react-blog'), folder, { recursive: true });
  const component = (await docSnippets('index.html')).get('react') ?? '';
  await writeFile(join(folder, 'Vqa.jsx'), component.replaceAll('https://example.org/vqa/', site.url));
  const index = join(folder, 'index.html');
  const root = `<div id="root" data-src="${site.url}samples/coffee.jpg" data-pack="${site.url}${TINY_PACK}">`;
  await writeFile(index, (await readFile(index, 'utf8')).replace('<div id="root">', root));
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    mode: 'development',
    plugins: [react()],
    // Strict mode mounts everything twice while developing, and does nothing later.
    define: { 'process.env.NODE_ENV': JSON.stringify('development') },
  });
  const { origin } = await host({}, { path: '/', folder: join(folder, 'dist'), headers: {} });
  await page.goto(origin);

  const told = page.locator('output');
  await expectAnswer(page);
  await expect(told).toHaveText('is the cup red?');
  await page.getByRole('button', { name: 'Another question' }).click();
  await expect(told).toHaveText('is the cup red? is the cup blue?', { timeout: 60_000 });

  const chooser = page.getByText('Another photo');
  for (const isShown of [true, false, true]) {
    await page.getByRole('button', { name: 'Photos of your own' }).click();
    await expect(chooser).toBeVisible({ visible: isShown });
  }

  const before = site.requests.length;
  await page.getByRole('button', { name: 'Show or hide' }).click();
  await expect(page.locator('in-page-vqa')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show or hide' }).click();
  await expect(told).toHaveText(/(?:is the cup blue\? ?){2}$/u, { timeout: 60_000 });
  const packFiles = site.requests.slice(before).filter(({ path }) => path.includes(TINY_PACK));
  expect(packFiles).toEqual([]);
});
