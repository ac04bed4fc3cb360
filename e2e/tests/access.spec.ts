/** Everyone can use the page: by keyboard alone, on a narrow screen, in the dark, with a screen reader. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { jpegPhoto, slowPhoto, textFile } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import type { VqaPage } from '../pages/vqa-page.ts';

const QUESTION = 'is the cup red?';

/** Each state of the page that a person can stay in, with the way there. */
const STATES: Readonly<Record<string, (vqa: VqaPage, page: Page) => Promise<void>>> = {
  async empty(vqa) {
    await vqa.openTiny();
    await vqa.waitForModels();
  },
  async looking(vqa) {
    await vqa.openTiny();
    await vqa.waitForModels();
    await vqa.chooseFile(await slowPhoto());
    await expect(vqa.photoCaption).toContainText('slow.jpg');
  },
  async found(vqa) {
    await vqa.openTiny();
    await vqa.chooseFile(await jpegPhoto());
    await vqa.waitForRegions();
  },
  async answered(vqa, page) {
    await vqa.openTiny();
    await vqa.chooseFile(await jpegPhoto());
    await vqa.ask(QUESTION);
    await vqa.waitForAnswer();
    await vqa.lookAtAttention();
    await page.getByText('The same as a table').click();
  },
  async 'every head'(vqa, page) {
    await vqa.openTiny();
    await vqa.chooseFile(await jpegPhoto());
    await vqa.ask(QUESTION);
    await vqa.waitForAnswer();
    await vqa.lookAtAttention();
    await page.getByText('Every head as a table').click();
    await vqa.openTool('How it works');
    await page.getByRole('button', { name: 'Words → regions, layer 2', exact: true }).click();
    await page.getByRole('radio', { name: 'Head 2', exact: true }).check({ force: true });
    await expect(page.getByRole('heading', { name: 'Head 2', exact: true })).toBeVisible();
  },
  async 'refused photo'(vqa) {
    await vqa.openTiny();
    await vqa.chooseFile(textFile());
    await expect(vqa.alert).toBeVisible();
  },
  async 'refused question'(vqa) {
    await vqa.openTiny();
    await vqa.chooseFile(await jpegPhoto());
    await vqa.ask('🦄');
    await expect(vqa.alert).toBeVisible();
  },
  async 'no models'(vqa) {
    await vqa.open('?pack=packs/no-such-pack/');
    await expect(vqa.alert).toBeVisible();
  },
  async camera(vqa, page) {
    await vqa.openTiny();
    await page.getByRole('button', { name: 'Camera' }).click();
  },
};

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}

test.describe('axe finds nothing to mend', () => {
  test.use({ reducedMotion: 'reduce' });

  for (const [state, reach] of Object.entries(STATES)) {
    test(`in light and dark: ${state}`, async ({ vqa, page, allowedOnConsole }) => {
      allowedOnConsole.push(/404/u);
      await page.emulateMedia({ colorScheme: 'light' });
      await reach(vqa, page);
      await expectNoViolations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      // The one state that ends by itself.
      if (state === 'looking') await reach(vqa, page);
      await expectNoViolations(page);
    });
  }
});

test.describe('at 360 pixels', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  for (const state of ['empty', 'answered', 'every head', 'refused photo', 'no models'] as const) {
    test(`nothing sticks out: ${state}`, async ({ vqa, page, allowedOnConsole }) => {
      allowedOnConsole.push(/404/u);
      await STATES[state]?.(vqa, page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(360);
    });
  }
});

/** Tab until the element has the focus; fails when the keyboard does not lead there. */
async function tabTo(
  page: Page,
  name: string | RegExp,
  role: 'button' | 'tab' | 'textbox' | 'listbox',
): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${role} ${String(name)}`);
}

test('the keyboard alone leads from a photo to the attention of a word', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.waitForModels();
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, /Choose a photo/u, 'button');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(await jpegPhoto());
  await vqa.waitForRegions();

  await tabTo(page, 'Your question', 'textbox');
  await page.keyboard.type(QUESTION);
  await page.keyboard.press('Enter');
  await vqa.waitForAnswer();

  await tabTo(page, 'Why', 'tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await tabTo(page, '[CLS]', 'button');
  await page.keyboard.press('ArrowRight');
  await expect(vqa.words.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(vqa.words.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(vqa.attentionSentence).toContainText('is');
  await page.keyboard.press('Escape');
  await expect(vqa.words.nth(1)).toHaveAttribute('aria-pressed', 'false');
});

test('the boxes on the photo can be walked through with the arrow keys', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  const [first] = await vqa.shownRegions();
  await vqa.photo.scrollIntoViewIfNeeded();
  await tabTo(page, 'Regions on the photo', 'listbox');
  const boxes = page.getByRole('listbox', { name: 'Regions on the photo' });
  const before = await boxes.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowRight');
  await expect(boxes).not.toHaveAttribute('aria-activedescendant', before ?? '');
  await page.keyboard.press('Enter');
  await expect(boxes.getByRole('option', { selected: true, includeHidden: true })).toHaveCount(1);
  expect(first?.words).toBeTruthy();
});

test('a screen reader hears of progress, regions and the answer', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await expect(page.getByRole('status')).toContainText(/regions found/u);
  await vqa.ask(QUESTION);
  await expect(page.getByRole('status')).toContainText(/Answer: /u);
});
