/** Photos that visitors bring to an element: every way in leads to the same regions, where the page allows it. */
import type { Locator } from '@playwright/test';
import { expect, expectAnswer, QUESTION, script, test } from '../fixtures/embedding.ts';
import { copyPhoto, dropPhoto } from '../fixtures/hand-over-photo.ts';
import { htmlPage } from '../fixtures/host-site.ts';
import { pngPhoto } from '../fixtures/photo-files.ts';
import { TINY_PACK } from '../fixtures/site.ts';
import type { InPageVqaElement } from '../../src/widget/element.ts';

test.describe.configure({ timeout: 180_000 });

const photoAndPhase = (node: InPageVqaElement) =>
  [node.shadowRoot?.querySelector('img')?.src, node.phase] as const;

/** Boxes of the photo that the element has looked at, once it is another one than that of `src`. */
async function boxesOfBroughtPhoto(element: Locator): Promise<string> {
  await expect
    .poll(async () => await element.evaluate(photoAndPhase), { timeout: 60_000 })
    .toEqual([expect.stringMatching(/^blob:/u), 'ready']);
  return await element.evaluate((node: InPageVqaElement) =>
    JSON.stringify(node.scene?.regions.map(({ box }) => box)),
  );
}

test('a file, a drop and a paste give the same regions', async ({ page, context, site, host }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const photo = await pngPhoto();
  const element = page.locator('in-page-vqa');
  const markup = `${script(site)}<in-page-vqa pack="${site.url}${TINY_PACK}" backend="wasm" own-photos></in-page-vqa>`;
  const { origin } = await host({ '/': htmlPage(markup) });
  const chooser = element.getByLabel(/photo, drop or paste one/u);
  const ways: Readonly<Record<string, () => Promise<void>>> = {
    chosen: () => chooser.setInputFiles(photo),
    async dropped() {
      expect(await dropPhoto(element.getByText('Your question'), photo)).toBe(true);
    },
    async 'pasted after a press'() {
      await copyPhoto(page, photo);
      await element.getByText('Your question').click();
      await page.keyboard.press('Control+V');
    },
    async 'pasted by the keyboard alone'() {
      await copyPhoto(page, photo);
      await page.keyboard.press('Tab');
      await expect(chooser).toBeFocused();
      await page.keyboard.press('Control+V');
    },
  };
  const found = new Map<string, string>();
  for (const [way, bringIn] of Object.entries(ways)) {
    await page.goto(origin);
    await expect(chooser).toBeAttached();
    await bringIn();
    found.set(way, await boxesOfBroughtPhoto(element));
  }
  expect(new Set(found.values()).size).toBe(1);
  await element.getByLabel('Your question').fill(QUESTION);
  await page.keyboard.press('Enter');
  await expectAnswer(page);
});

test('words beside a picture go into the question', async ({ page, context, site, showElement }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await showElement(`pack="${site.url}${TINY_PACK}"`);
  await copyPhoto(page, await pngPhoto(), 'is it red?');
  const question = page.getByLabel('Your question');
  await question.click();
  await page.keyboard.press('Control+V');
  await expect(question).toHaveValue('is it red?');
  await expect(page.getByText('Choose a photo')).toBeVisible();
});

test('where visitors may bring none, a drop and a paste are the page’s own', async ({
  page,
  context,
  site,
  showElement,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const record = `${site.url}samples/coffee.recording.json`;
  await showElement(`record="${record}"`);
  await expectAnswer(page);
  const photo = await pngPhoto();
  expect(await dropPhoto(page.getByText('Your question'), photo)).toBe(false);
  await copyPhoto(page, photo);
  await page.getByRole('button', { name: 'Ask', exact: true }).focus();
  await page.keyboard.press('Control+V');
  await expect(page.getByText('Recorded with')).toBeVisible();
});
