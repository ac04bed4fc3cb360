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
  await vqa.openTool('How it works');
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
  await expect(steps.getByRole('columnheader', { name: 'QKᵀ/√32', exact: true })).toBeVisible();

  await steps.getByRole('combobox', { name: 'for' }).selectOption({ label: '“is”' });
  await expect(steps.getByText(/^From “is”: /u)).toBeVisible();
  await expect(vqa.attentionSentence).toContainText('is');
});

/** “−0.40”, “≤ 1.25”, “12.4 %”, “0.031”. */
const numberIn = (text: string) => Number.parseFloat(text.replace('≤', '').replace('−', '-'));

test('the numbers of a row follow from each other, unasked', async ({ vqa, page }) => {
  await answer(vqa);
  await layer(page, 'Words → words, after crossing, layer 2').click();
  await picture(page).getByRole('radio', { name: 'Head 1' }).check({ force: true });
  const steps = picture(page).getByRole('region', { name: 'Head 1' });
  const rows = steps.getByRole('row');
  await expect(rows.first()).toContainText(/‖w v‖.*pull on “.+”, logits/u);
  const column = async (place: number) => {
    const cells = await rows.locator(`td:nth-of-type(${place})`).allInnerTexts();
    return cells.map(numberIn);
  };
  const [scores, percents, lengths, pulls] = await Promise.all([column(1), column(2), column(3), column(4)]);

  const total = percents.reduce((sum, percent) => sum + percent, 0);
  expect(total).toBeGreaterThan(99);
  expect(total).toBeLessThan(101);
  // Softmax of the scores: each weight is e^(score − ln Σ e^score), which the note says.
  const note = await steps.getByText(/^score [+−] \d+\.\d\d$/u).innerText();
  const logSum = -numberIn(note.replace('score', '').replaceAll(/[\s+]/gu, ''));
  // The last line sums up what has no line of its own.
  const shown = scores.slice(0, (await rows.last().innerText()).includes(' more') ? -1 : undefined);
  expect(shown.length).toBeGreaterThan(3);
  for (const [place, score] of shown.entries()) {
    // Both are rounded to two digits after the point.
    expect(Math.abs(100 * Math.exp(score - logSum) - percents[place]!)).toBeLessThan(
      0.01 * percents[place]! + 0.1,
    );
  }
  expect(lengths.every((length) => length > 0)).toBe(true);
  const sum = await steps.getByText(/^a vector [\d.]+ long$/u).innerText();
  const together = numberIn(sum.replace('a vector ', ''));
  expect(together).toBeLessThanOrEqual(lengths.reduce((most, length) => most + length, 0) + 0.01);
  expect(pulls.every(Number.isFinite)).toBe(true);

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
