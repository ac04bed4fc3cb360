/** What happens where there is no WebGPU, and when another backend is chosen. */
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';

test('without a WebGPU adapter WASM takes over, with the reason', async ({ vqa, page }) => {
  await vqa.openTiny('webgpu');
  await vqa.waitForModels();
  await expect(vqa.engineState).toContainText('WASM');
  await expect(page.getByText(/no graphics processor for WebGPU/u)).toBeVisible();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  expect((await vqa.shownAnswers()).length).toBeGreaterThan(1);
});

test('another backend may be chosen with a photo and an answer on screen', async ({ vqa, page }) => {
  await vqa.openTiny('wasm');
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  const answers = await vqa.shownAnswers();
  await page.getByRole('combobox', { name: 'Run the models on' }).selectOption('Automatic');
  await vqa.waitForModels();
  await vqa.expectKept({ question: 'is the cup red?', photo: true });
  await vqa.ask('is the cup red?');
  expect(await vqa.shownAnswers()).toEqual(answers);
});
