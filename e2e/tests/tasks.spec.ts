/** One journey through each task beside asking, with the small pack: its heads are random, so no answer is expected to be right. */
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import type { VqaPage } from '../pages/vqa-page.ts';

const choose = (vqa: VqaPage, task: string) =>
  vqa.page.getByRole('group', { name: 'What to do with the photo' }).getByText(task, { exact: true }).click();

test.beforeEach(async ({ vqa }) => {
  // Each thing of the photo is taken out in turn, which on a busy machine takes its time.
  test.slow();
  await vqa.openTiny();
  await vqa.waitForModels();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.waitForRegions();
});

test('fills a blank with the photo and without it, and comes back by its address', async ({ vqa, page }) => {
  await choose(vqa, 'Fill the blank');
  await page.getByRole('textbox', { name: 'A sentence about the photo' }).fill('a red table on the street');
  await page
    .getByRole('group', { name: 'Words to hide' })
    .getByRole('button', { name: 'table' })
    .press('Enter');
  await expect(page.getByRole('list', { name: 'Guesses with the photo' }).getByRole('listitem')).toHaveCount(
    5,
  );
  await expect(
    page.getByRole('list', { name: 'Guesses without the photo' }).getByRole('listitem'),
  ).toHaveCount(5);
  await expect(page.getByRole('radio', { name: 'What made the difference' })).toBeVisible();
  await expect(page).toHaveURL(/task=fill-in&task.text=a\+red\+table\+on\+the\+street&task.hide=2/u);
  await expect(page.getByText(/better than chance|no number for this task/u)).toBeAttached();
});

test('guesses a hidden region by keyboard', async ({ vqa, page }) => {
  await choose(vqa, 'Hidden region');
  const boxes = page.getByRole('listbox', { name: 'Regions to hide' });
  await boxes.press('ArrowRight');
  await boxes.press('Enter');
  // What is not hidden can be seen.
  await expect(boxes.locator('[data-hidden="false"] .region-shade').first()).toHaveCSS('fill', 'none');
  await expect(boxes.locator('[data-hidden="true"] .region-shade')).toHaveCSS('fill', 'rgb(21, 24, 26)');
  await expect(page.getByRole('list', { name: 'Guessed names' }).getByRole('listitem')).toHaveCount(5);
  await expect(page.getByText(/The detector, which saw the box, says/u)).toBeVisible();
  await expect(boxes.getByRole('option', { selected: true })).toHaveCount(1);
  await boxes.press('Enter');
  await expect(boxes.getByRole('option', { selected: true })).toHaveCount(0);
});

test('ranks sentences and swaps their words', async ({ vqa, page }) => {
  await choose(vqa, 'Does it fit?');
  await page.getByRole('textbox', { name: 'Sentences, one a line' }).fill('a red bus\na dog');
  await page.getByRole('button', { name: 'Rank them' }).click();
  const ranked = page.getByRole('list', { name: 'Sentences by how well they fit' }).getByRole('listitem');
  await expect(ranked).toHaveCount(2);
  await page.getByRole('button', { name: 'Swap words of the first one' }).click();
  await expect(ranked).toHaveCount(5);
  // What was tried is a click away, with its sentences.
  await page.getByRole('button', { name: /a red bus and 1 more/u }).click();
  await expect(ranked).toHaveCount(2);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save what is shown as JSON' }).click();
  expect((await download).suggestedFilename()).toBe('a-red-bus-and-1-more.json');
});

test('judges a statement about two photos', async ({ vqa, page }) => {
  await choose(vqa, 'Two photos');
  await page.getByRole('textbox', { name: 'A statement about both photos' }).fill('there is a dog');
  await page.getByRole('button', { name: 'Is it true?' }).click();
  await expect(vqa.alert).toContainText('There is no second photo yet.');
  const right = page.getByRole('region', { name: 'The right photo' });
  await right.getByRole('button', { name: 'Chelsea the cat' }).click();
  await expect(right.getByRole('img', { name: /^Your photo: cat\.jpg, with/u })).toBeVisible();
  await page.getByRole('button', { name: 'Is it true?' }).click();
  await expect(page.getByText(/% true$/u)).toBeVisible();
  await expect(page.getByText(/Working, /u)).toHaveCount(0);
  await expect(page).toHaveURL(/task=compare.*task\.second=sample%3Acat\.jpg/u);
});
