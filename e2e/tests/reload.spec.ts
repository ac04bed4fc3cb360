/** What a reload of the page leaves of a person's work. */
import type { Page } from '@playwright/test';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import type { VqaPage } from '../pages/vqa-page.ts';

const FIRST = 'is the cup red?';
const SECOND = 'what is on the table?';

async function askTwice(vqa: VqaPage): Promise<void> {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(FIRST);
  await expect(vqa.history).toContainText(FIRST);
  await vqa.ask(SECOND);
  await expect(vqa.history).toContainText(SECOND);
}

/** Names of what this site has in databases, and how many things are in each. */
async function kept(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const counts: number[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name);
        request.addEventListener('success', () => done(request.result));
        request.addEventListener('error', () => fail(new Error(name)));
      });
      const count = await new Promise<number>((done) => {
        const request = database.transaction('kept').objectStore('kept').count();
        request.addEventListener('success', () => done(request.result));
      });
      database.close();
      counts.push(count);
    }
    return counts;
  });
}

test('photo, regions, answer and history are there again, and another tab does not see them', async ({
  vqa,
  page,
  context,
}) => {
  await askTwice(vqa);
  const answers = await vqa.shownAnswers();
  const regions = await vqa.shownRegions();
  // A photo, two answers and the visit.
  await expect.poll(() => kept(page)).toEqual([4]);

  await page.reload();
  await expect(vqa.answerPanel).toContainText(SECOND);
  expect(await vqa.shownAnswers()).toEqual(answers);
  await expect.poll(() => vqa.shownRegions()).toEqual(regions);
  await vqa.history.getByRole('button', { name: FIRST }).click();
  await expect(vqa.answerPanel).toContainText(FIRST);
  await vqa.waitForModels();
  // A question after the reload is one more, not one in the place of another.
  await vqa.ask('is there a dog?');
  await expect(vqa.answerPanel).toContainText('is there a dog?');
  await expect(vqa.history.getByRole('button', { name: SECOND })).toBeVisible();

  const other = await context.newPage();
  await other.goto(page.url().replace(/#.*/u, ''));
  await expect(other.getByRole('button', { name: /Choose a photo/u }).first()).toBeVisible();
  await expect(other.getByText(FIRST)).toHaveCount(0);

  // Once the tab is closed, the next visit erases what it kept.
  await expect.poll(() => kept(other)).toHaveLength(2);
  await page.close();
  const locks = () => other.evaluate(async () => (await navigator.locks.query()).held?.length);
  await expect.poll(locks).toBe(1);
  await other.reload();
  await expect.poll(() => kept(other)).toHaveLength(1);
});

test('nothing is kept when the person does not want it', async ({ vqa, page }) => {
  await askTwice(vqa);
  await expect.poll(() => kept(page)).toEqual([4]);
  const choice = page.getByRole('checkbox', { name: /^Keep my photo/u });
  await choice.uncheck();
  await expect.poll(() => kept(page)).toEqual([0]);
  await page.reload();
  await vqa.waitForModels();
  await expect(page.getByText('stayed with its owner')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'About this link' })).toContainText('reload');
  await expect(choice).not.toBeChecked();
  await expect(vqa.history).toHaveCount(0);
});
