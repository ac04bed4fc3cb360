/**
 * The page stays responsive while the worker computes. Counted is the time that the main thread itself worked in a
 * task, not the time on the clock: on a busy machine other programs make any task look long.
 */
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import { MAX_TASK_MS, traceTasks } from '../fixtures/trace-tasks.ts';

// A busy machine also slows the processor down; what the page needs is what the least disturbed of three tries shows.
test.describe.configure({ retries: 2 });

test('no task of the page is long while a photo is looked at and questions are answered', async ({
  vqa,
  browser,
}) => {
  await vqa.open('?backend=wasm');
  await vqa.waitForModels();
  const photo = await jpegPhoto();
  const tasks = await traceTasks(browser, async () => {
    await vqa.chooseFile(photo);
    await vqa.waitForRegions();
    await vqa.ask('What color is the cup?');
    await vqa.waitForAnswer();
    await vqa.ask('What is on the table?');
    await expect(vqa.history.getByRole('button', { name: /What is on the table/u })).toBeVisible();
  });
  expect(tasks.length).toBeGreaterThan(10);
  console.log(
    `longest tasks: ${tasks
      .slice(0, 3)
      .map((ms) => ms.toFixed(1))
      .join(', ')} ms`,
  );
  expect(tasks.filter((ms) => ms > MAX_TASK_MS)).toEqual([]);
});
