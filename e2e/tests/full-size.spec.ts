/** 408 heads, as the published LXMERT has them: the page stays fluid while a person looks through all of them. */
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { build } from 'vite';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import { serveStatic, type StaticServer } from '../../src/cli/serve-static.ts';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { MAX_TASK_MS, traceTasks } from '../fixtures/trace-tasks.ts';

const FOLDER = join(PROJECT_FOLDER, '.cache/full-size');

const test = base.extend<object, { readonly site: StaticServer }>({
  site: [
    // Playwright asks for a pattern here even where no other fixture is needed.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await build({
        configFile: false,
        root: join(PROJECT_FOLDER, 'e2e/full-size'),
        base: './',
        logLevel: 'warn',
        build: { outDir: FOLDER, emptyOutDir: true, target: 'es2023' },
      });
      const server = await serveStatic({ isolated: false, mounts: [{ path: '/', folder: FOLDER }] });
      await use(server);
      await server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

// A busy machine also slows the processor down; what the page needs is what the least disturbed of three tries shows.
test.describe.configure({ retries: 2 });

test('no task is long while 408 heads are colored, walked through and opened', async ({
  page,
  browser,
  site,
}) => {
  test.setTimeout(180_000);
  await page.goto(site.url);
  await page
    .getByLabel('Photo file')
    .first()
    .setInputFiles(await jpegPhoto());
  await page.getByRole('textbox', { name: 'Your question' }).fill('What is it?');
  await expect(page.getByRole('region', { name: 'What it found' })).toBeVisible();
  const heads = page.getByRole('region', { name: 'Every head' });
  const grid = (name: string) => heads.getByRole('grid', { name, exact: true });

  const tasks = await traceTasks(browser, async () => {
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Attention', exact: true }).click();
    await expect(heads.getByText(/^Highest: /u)).toBeVisible();
    const measures = heads.getByRole('combobox', { name: 'Colored by' });
    for (const measure of ['breadth', 'peak', 'marks', 'evenness']) {
      await measures.selectOption(measure);
      await expect(heads.getByText(/^Highest: /u)).toBeVisible();
    }
    await grid('Words → words, question alone').focus();
    await page.keyboard.press('Control+Home');
    for (let layer = 0; layer < 9 + 5 + 4 * 5; layer += 1) {
      await page.keyboard.press('Enter');
      await page.keyboard.press(layer % 2 === 0 ? 'End' : 'Home');
      await page.keyboard.press('ArrowDown');
    }
    await expect(
      page.getByRole('heading', { name: /^Regions → regions, after crossing, layer 5/u }),
    ).toBeVisible();

    await page.getByRole('tab', { name: 'How it works', exact: true }).click();
    await page.getByRole('button', { name: 'Words → regions, layer 5', exact: true }).click();
    for (const head of ['Head 1', 'Head 7', 'Head 12']) {
      await page.getByRole('radio', { name: head, exact: true }).check({ force: true });
      await expect(page.getByRole('heading', { name: head, exact: true })).toBeVisible();
      await expect(page.getByRole('columnheader', { name: 'QKᵀ/√64', exact: true })).toBeVisible();
    }
    await page.getByRole('tab', { name: 'Attention', exact: true }).click();
    await page.getByRole('grid', { name: 'Attention of 20 tokens to 36 regions' }).hover();
  });

  console.log(
    `longest tasks: ${tasks
      .slice(0, 5)
      .map((ms) => ms.toFixed(1))
      .join(', ')} ms`,
  );
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks.filter((ms) => ms > MAX_TASK_MS)).toEqual([]);
});
