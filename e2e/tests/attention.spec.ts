/** Every head can be seen, opened, locked and read: by pointer, by keyboard, in numbers. */
import type { Page } from '@playwright/test';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import type { VqaPage } from '../pages/vqa-page.ts';

const KINDS = [
  'Words → words, question alone',
  'Regions → regions, photo alone',
  'Words → regions',
  'Regions → words',
  'Words → words, after crossing',
  'Regions → regions, after crossing',
] as const;

async function answer(vqa: VqaPage): Promise<void> {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  await vqa.waitForAnswer();
  await vqa.page.getByRole('tab', { name: 'Attention', exact: true }).click();
}

const overview = (page: Page) => page.getByRole('region', { name: 'Every head' });
const heads = (page: Page, kind: string) => overview(page).getByRole('grid', { name: kind, exact: true });
const matrix = (page: Page) => page.getByRole('grid', { name: /^Attention of \d+/u });

test('a click opens a head of any kind, over the photo and in numbers', async ({ vqa, page }) => {
  await answer(vqa);
  for (const kind of KINDS) {
    const { height = 0, width = 0 } = (await heads(page, kind).boundingBox()) ?? {};
    await heads(page, kind).click({ position: { x: width - 4, y: height - 4 } });
    await expect(
      page.getByRole('heading', { name: new RegExp(`^${kind}, layer \\d, head 2$`, 'u') }),
    ).toBeVisible();
    await expect(matrix(page)).toBeVisible();
  }
  await page.getByText('The same as a table').click();
  await expect(page.getByRole('table', { name: /head 2$/u })).toBeVisible();
});

test('the keyboard walks through the heads of all kinds and opens one', async ({ vqa, page }) => {
  await answer(vqa);
  await heads(page, 'Words → regions').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  const active = page.locator(':focus').getByRole('gridcell');
  await expect(active).toHaveAccessibleName(/^layer 1, head 1: \d+ %, between/u);
  await page.keyboard.press('PageUp');
  await expect(heads(page, 'Regions → regions, photo alone')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(heads(page, 'Words → regions')).toBeFocused();
  await expect(active).toHaveAccessibleName(/^layer 1, head 1: /u);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Words → regions, layer 1, head 1' })).toBeVisible();
  await expect(active).toHaveAttribute('aria-selected', 'true');
});

test('every statistic colors the heads, and has its table', async ({ vqa, page }) => {
  await answer(vqa);
  const choice = overview(page).getByRole('combobox', { name: 'Colored by' });
  await overview(page).getByText('Every head as a table').click();
  for (const name of await choice.getByRole('option').allInnerTexts()) {
    await choice.selectOption(name);
    await expect(overview(page).getByText(/^Highest: .+ Lowest: /u)).toBeVisible();
    await expect(
      overview(page).getByRole('table', {
        name: new RegExp(`^${name.replaceAll(/[()[\]]/gu, '\\$&')}`, 'u'),
      }),
    ).toBeVisible();
  }
  await expect(overview(page).getByRole('rowheader', { name: /cannot reach the answer/u })).toHaveCount(2);
});

test('a cell of the matrix says its number and locks its row or its column', async ({ vqa, page }) => {
  await answer(vqa);
  await matrix(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(matrix(page).getByRole('gridcell')).toHaveAccessibleName(/^“is” → 2 .+: \d+\.\d %$/u);
  await expect(page.getByText(/^“is” → 2 .+: \d+\.\d %$/u)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(vqa.words.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await expect(vqa.regionList.getByRole('list').getByRole('button', { pressed: true })).toHaveCount(1);
});
