/** From photo to answer in one picture, down to the arithmetic of one head, by keyboard and with live numbers. */
import type { Page } from '@playwright/test';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import type { VqaPage } from '../pages/vqa-page.ts';

async function answer(vqa: VqaPage): Promise<void> {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  await vqa.waitForAnswer();
}

const picture = (page: Page) => page.getByRole('region', { name: 'From photo to answer', exact: true });
const layer = (page: Page, name: string) => picture(page).getByRole('button', { name, exact: true });

test('leads from question and photo over every layer to the answer', async ({ vqa, page }) => {
  await answer(vqa);
  const headings = picture(page).getByRole('heading', { level: 3 });
  await expect(headings).toHaveCount(7);
  const titles = await headings.allInnerTexts();
  expect(titles[0]).toBe('Given');
  expect(titles[1]).toMatch(/^\d+ tokens, \d+ regions$/u);
  expect(titles.slice(2)).toEqual(['Each alone', 'Crossing 1', 'Crossing 2', 'Pooled', 'Answer']);
  await expect(picture(page).getByRole('button', { name: /, layer \d/u })).toHaveCount(2 + 1 + 2 * 4);
  await expect(picture(page).getByRole('button', { name: /cannot reach the answer/u })).toHaveCount(2);
  const [best] = await vqa.shownAnswers();
  await expect(picture(page).getByRole('list', { name: 'Best answers' })).toContainText(best?.answer ?? '');
});

test('the keyboard opens a layer, a head, and its arithmetic for any word', async ({ vqa, page }) => {
  await answer(vqa);
  await layer(page, 'Words → words, question alone, layer 1').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('ArrowRight');
  await expect(layer(page, 'Words → regions, layer 1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(layer(page, 'Words → regions, layer 1')).toHaveAttribute('aria-expanded', 'true');

  const head = picture(page).getByRole('radio', { name: 'Head 2' });
  await head.focus();
  await page.keyboard.press('Space');
  const steps = picture(page).getByRole('region', { name: 'Head 2' });
  await expect(steps.getByText(/^From “\[CLS\]”: /u)).toBeVisible();
  await expect(steps.getByRole('row').nth(1)).toContainText('best');
  await expect(page.getByRole('heading', { name: 'Words → regions, layer 1, head 2' })).toBeVisible();

  await steps.getByRole('combobox', { name: 'for' }).selectOption({ label: '“is”' });
  await expect(steps.getByText(/^From “is”: /u)).toBeVisible();
  await expect(vqa.attentionSentence).toContainText('is');
});

test('the weights of a row and its pulls are those of the answer on screen', async ({ vqa, page }) => {
  await answer(vqa);
  await layer(page, 'Words → words, after crossing, layer 2').click();
  await picture(page).getByRole('radio', { name: 'Head 1' }).check({ force: true });
  const steps = picture(page).getByRole('region', { name: 'Head 1' });
  const rows = steps.getByRole('row');
  await steps.getByRole('button', { name: 'Work out what each value does to the answer' }).click();
  await expect(rows.first()).toContainText(/pull on “.+”, logits/u);
  const weights = await rows.locator('td:nth-of-type(2)').allInnerTexts();
  const total = weights.reduce((sum, weight) => sum + Number.parseFloat(weight), 0);
  expect(total).toBeGreaterThan(99);
  expect(total).toBeLessThan(101);
  const pulls = await rows.locator('td:nth-of-type(3)').allInnerTexts();
  expect(pulls.every((pull) => /^(?:0|[+−]\d+\.\d{3})$/u.test(pull))).toBe(true);

  await picture(page).getByRole('button', { name: 'Close this layer' }).click();
  await expect(steps).toHaveCount(0);
});

test('the picture can be panned by keyboard on a narrow screen', async ({ vqa, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await answer(vqa);
  const scroller = page.getByRole('region', { name: 'From photo to answer, left to right' });
  await scroller.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => scroller.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
