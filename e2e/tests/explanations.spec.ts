/** Why an answer, what would change it, and what can be taken along: with the small pack, in a real browser. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import { VqaPage } from '../pages/vqa-page.ts';

const QUESTION = 'is the cup red?';
const SLOW = { timeout: 60_000 };

async function answered(vqa: VqaPage): Promise<void> {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(QUESTION);
  await vqa.waitForAnswer();
}

const explained = (page: Page) => page.getByText(/runs? of the model, /u);
const method = (page: Page) => page.getByRole('combobox', { name: 'by' });
const tab = (page: Page, name: string) => page.getByRole('tab', { name });

/** Each tool as a person leaves it, with the way there. */
const TOOLS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async why(page) {
    const scopes = page.getByRole('group', { name: 'What is taken away' });
    for (const scope of ['Regions', 'Words', 'Both']) {
      // The button that people see is a label over the radio; on a phone the photo may lie over both at first.
      await scopes.getByText(scope, { exact: true }).click();
      await expect(scopes.getByRole('radio', { name: scope })).toBeChecked();
      await page.getByRole('button', { name: 'Measure every method' }).click();
      await expect(page.getByText(/^Truest here|^No method is true/u)).toBeVisible(SLOW);
    }
    await page.getByText('The same as a table').click();
  },
  async 'what if'(page) {
    await tab(page, 'What if').click();
    await page.getByRole('list', { name: 'Boxes that are on' }).getByRole('button').first().click();
    await expect(page.getByText(/^Still|^The answer flips/u)).toBeVisible(SLOW);
    // The switches of all heads; further down heads are a choice of the search.
    await page.getByText('Heads', { exact: true }).first().click();
    await page.getByText(/^Box 1 in numbers/u).click();
    await page.getByRole('checkbox', { name: 'Heads' }).check();
    await page.getByRole('button', { name: 'Search for it' }).click();
    await expect(page.getByText(/ steps? turns? |holds: /u).last()).toBeVisible(SLOW);
  },
  async 'save and share'(page) {
    await tab(page, 'Save and share').click();
    await expect(page.getByRole('button', { name: 'Copy the link' })).toBeVisible();
  },
};

test.describe('every tool', () => {
  test.use({ reducedMotion: 'reduce', viewport: { width: 360, height: 740 } });

  for (const [name, use] of Object.entries(TOOLS)) {
    test(`${name}: axe finds nothing to mend in either theme, and nothing sticks out at 360 pixels`, async ({
      vqa,
      page,
    }) => {
      await answered(vqa);
      await use(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  }
});

test('every method has its map, its sentence and its scale', async ({ vqa, page }) => {
  await answered(vqa);
  for (const value of [
    'relevance',
    'leave-one-out',
    'leave-one-out-keep-one',
    'shapley',
    'rollout',
    'attention',
  ]) {
    await method(page).selectOption(value);
    await expect(explained(page)).toBeVisible(SLOW);
    await expect(
      page.getByRole('region', { name: 'Why, in words' }).getByRole('paragraph').first(),
    ).not.toBeEmpty();
    await expect(page.getByRole('img', { name: /^Light from .* evidence/u })).toBeVisible();
  }
});

test('a box is drawn with the pointer, moved with the keyboard, and taken back', async ({ vqa, page }) => {
  await answered(vqa);
  await tab(page, 'What if').click();
  const boxes = page.getByRole('list', { name: 'Boxes that are on' }).getByRole('button');
  // The tool's program comes when it is opened.
  await expect(boxes.first()).toBeVisible();
  const count = await boxes.count();
  const stage = page.getByRole('listbox', { name: 'Regions to switch off, draw or move' });
  // Forced: the button that people see is a label over the radio.
  await page.getByRole('radio', { name: 'Draw' }).check({ force: true });
  await stage.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await stage.boundingBox()) ?? {};
  await page.mouse.move(x + width * 0.25, y + height * 0.25);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.75, { steps: 4 });
  await page.mouse.up();
  await expect(boxes).toHaveCount(count + 1);
  await expect(boxes.last()).not.toContainText('new box', SLOW);

  await page.getByRole('radio', { name: 'Move' }).check({ force: true });
  await page.getByText(new RegExp(`^Box ${count + 1} in numbers`, 'u')).click();
  const left = page.getByRole('spinbutton', { name: 'left, %' });
  const before = Number(await left.inputValue());
  await stage.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await left.inputValue()) - before).toBeCloseTo(1, 1);

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(boxes).toHaveCount(count);
  await expect(page.getByText('Nothing is changed yet.')).toBeVisible();
});

const word = (shown: Page) =>
  shown.getByRole('list', { name: 'Words that are on' }).getByRole('button').nth(2);

test('the address brings back the view, and never the photo of the person', async ({
  vqa,
  page,
  context,
}) => {
  await answered(vqa);
  await method(page).selectOption('rollout');
  await expect(explained(page)).toBeVisible(SLOW);
  await tab(page, 'What if').click();
  await word(page).click();
  await expect(page).toHaveURL(/unsaid=3/u);
  expect(page.url()).not.toMatch(/jpe?g/iu);

  const expectView = async (shown: Page) => {
    await expect(tab(shown, 'What if')).toHaveAttribute('aria-selected', 'true');
    await expect(word(shown)).toHaveAttribute('aria-pressed', 'false', SLOW);
    await tab(shown, 'Why').click();
    await expect(method(shown)).toHaveValue('rollout');
  };
  const address = page.url();
  // The tab keeps the photo; whoever is given the address does not get it.
  await page.reload();
  await expectView(page);
  const other = new VqaPage(await context.newPage(), vqa.url);
  await other.page.goto(address);
  await expect(other.page.getByRole('region', { name: 'About this link' })).toContainText(
    'stayed with its owner',
  );
  await other.chooseFile(await jpegPhoto());
  await other.waitForAnswer();
  await expectView(other.page);
});

async function take(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const path = await (await download).path();
  return readFile(path);
}

test('picture, numbers and replay come as files', async ({ vqa, page, context, site }) => {
  await answered(vqa);
  await tab(page, 'Save and share').click();
  expect((await take(page, 'PNG')).subarray(1, 4).toString('latin1')).toBe('PNG');
  const svg = (await take(page, 'SVG')).toString('utf8');
  expect(svg).toContain(`“${QUESTION}”</text>`);
  expect(svg).toMatch(/SHA-256 [0-9a-f]{64}/u);
  expect((await take(page, 'NPZ')).subarray(0, 2).toString('latin1')).toBe('PK');
  const { arrays }: { arrays: Record<string, { shape: number[] }> } = JSON.parse(
    (await take(page, 'JSON')).toString('utf8'),
  );
  // Of the second explanation: the first is by the method that the page begins with, this one came with the file.
  expect(arrays['gradient_1_text_to_region']?.shape).toEqual(arrays['attention_text_to_region']?.shape);

  expect(arrays['answer_logits']?.shape).toEqual(arrays['answers']?.shape);
  expect(arrays['answer_logits']?.shape[0]).toBeGreaterThan(10);

  const html = await take(page, 'HTML');
  expect(html.length).toBeLessThan(2_000_000);
  const asked = site.requests.length;
  const replay = await context.newPage();
  await replay.setContent(html.toString('utf8'));
  await expect(replay.getByText(QUESTION).first()).toBeVisible(SLOW);
  await expect(replay.getByRole('region', { name: 'Answer' })).toBeVisible();
  expect(site.requests.slice(asked)).toEqual([]);
});

test('one button says whether the photo mattered', async ({ vqa, page }) => {
  await answered(vqa);
  await page.getByRole('button', { name: 'Did it look at the photo?' }).click();
  await expect(page.getByText(/gets \d+ % with this photo, .* with another photo .* shuffled/u)).toBeVisible(
    SLOW,
  );
});
