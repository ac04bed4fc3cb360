/** New work replaces old work, nothing arrives late, and a crash costs nothing that the person made. */
import type { Page } from '@playwright/test';
import { SILENCE_MS } from '../../src/core/engine.ts';
import { jpegPhoto, secondPhoto, slowPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';

const QUESTION = 'is the cup red?';

test('a new photo replaces one that is still being looked at', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await secondPhoto());
  const alone = await vqa.shownRegions();

  await vqa.openTiny();
  await vqa.waitForModels();
  await vqa.chooseFile(await slowPhoto());
  await vqa.chooseFile(await secondPhoto());
  expect(await vqa.shownRegions()).toEqual(alone);
  await expect(vqa.photoCaption).toContainText('320 × 448');

  // The question runs behind whatever the worker still had to finish: nothing late can follow it.
  await vqa.ask(QUESTION);
  await vqa.waitForAnswer();
  expect((await vqa.shownRegions()).map(({ rectangle }) => rectangle)).toEqual(
    alone.map(({ rectangle }) => rectangle),
  );
  await expect(vqa.photoCaption).toContainText('320 × 448');
  await expect(vqa.alert).toHaveCount(0);
});

test('a new question replaces one that waits, and only it is answered', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.waitForModels();
  await vqa.chooseFile(await slowPhoto());
  await vqa.ask('is it a dog?');
  await vqa.ask('is it a cat?');
  await vqa.waitForAnswer();
  await expect(vqa.answerPanel).toContainText('is it a cat?');
  await expect(vqa.history.getByRole('button', { name: /is it/u })).toHaveCount(1);
});

test('the standing question is asked again of a new photo', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.waitForModels();
  await vqa.chooseFile(await slowPhoto());
  await vqa.ask(QUESTION);
  await vqa.chooseFile(await secondPhoto());
  await vqa.waitForAnswer();
  await expect(vqa.photoCaption).toContainText('320 × 448');
  await expect(vqa.answerPanel).toContainText(QUESTION);
});

test('an earlier answer comes back with its own photo', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(QUESTION);
  const answers = await vqa.shownAnswers();
  const regions = await vqa.shownRegions();
  await vqa.chooseFile(await secondPhoto());
  await vqa.ask('is it a cat?');
  await vqa.waitForAnswer();

  // The second photo may have been asked the standing question before it was asked its own.
  await vqa.history.getByRole('button', { name: QUESTION }).last().click();
  await expect(vqa.photoCaption).toContainText('photo.jpg');
  expect(await vqa.shownAnswers()).toEqual(answers);
  expect(await vqa.shownRegions()).toEqual(regions);
});

/** An error that nobody catches ends a worker as a lack of memory does: with an error event on the page. */
async function crashWorker(page: Page): Promise<void> {
  const [worker] = page.workers();
  if (!worker) throw new Error('the page has no worker');
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('crash on purpose');
    });
  });
}

test('a worker that crashes while it looks is told, loses nothing, and starts again', async ({
  vqa,
  page,
  allowedOnConsole,
}) => {
  allowedOnConsole.push(/crash on purpose/u);
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(QUESTION);
  await vqa.waitForAnswer();

  await vqa.chooseFile(await slowPhoto());
  await crashWorker(page);
  await expect(vqa.alert).toContainText('The worker that runs the models has stopped');
  await expect(vqa.alert).toContainText('Load the models again: your photo, question and answers are kept.');
  await vqa.expectKept({ question: QUESTION, photo: true });
  await expect(vqa.photoCaption).toContainText('slow.jpg');
  await expect(vqa.history.getByRole('button', { name: QUESTION })).toBeVisible();

  // The photo that was interrupted is looked at as soon as the models are back.
  await page.getByRole('button', { name: 'Load the models again' }).click();
  expect((await vqa.shownRegions()).length).toBeGreaterThan(0);
  await expect(vqa.alert).toHaveCount(0);
});

test('a crash between two questions is told with the second, which is answered after all', async ({
  vqa,
  page,
  allowedOnConsole,
}) => {
  allowedOnConsole.push(/crash on purpose/u);
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(QUESTION);
  const answers = await vqa.shownAnswers();
  await crashWorker(page);
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await vqa.shownAnswers()).toEqual(answers);

  await vqa.ask('is it a table?');
  await expect(vqa.alert).toContainText('The worker that runs the models has stopped');
  await vqa.expectKept({ question: 'is it a table?', photo: true });
  await page.getByRole('button', { name: 'Load the models again' }).click();
  await vqa.waitForModels();
  await vqa.waitForAnswer();
  await expect(vqa.history.getByRole('button', { name: 'is it a table?' })).toBeVisible();
  await expect(vqa.history.getByRole('button', { name: QUESTION })).toBeVisible();
});

test('a worker that never ends is noticed, can be stopped, and nothing is lost', async ({ vqa, page }) => {
  await page.clock.install();
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(QUESTION);
  await vqa.waitForAnswer();
  const [worker] = page.workers();
  await worker?.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  await vqa.ask('is it a table?');
  await page.clock.fastForward(SILENCE_MS);
  await page.getByRole('button', { name: 'Stop the models' }).click();
  await expect(vqa.alert).toContainText('You stopped the worker that runs the models.');
  await vqa.expectKept({ question: 'is it a table?', photo: true });
  await page.getByRole('button', { name: 'Load the models again' }).click();
  await vqa.waitForModels();
  await vqa.waitForAnswer();
  await expect(vqa.history.getByRole('button', { name: 'is it a table?' })).toBeVisible();
  await expect(vqa.history.getByRole('button', { name: QUESTION })).toBeVisible();
});
