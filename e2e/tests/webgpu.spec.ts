/** WebGPU on Chromium's software adapter: slow, and so with the tiny pack; right, and so like WASM. */
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';
import { launchWith } from '../find-chromium.ts';
import type { ShownAnswer, VqaPage } from '../pages/vqa-page.ts';

test.use({ launchOptions: launchWith('--enable-unsafe-webgpu') });

async function answersOn(vqa: VqaPage, backend: 'wasm' | 'webgpu'): Promise<ShownAnswer[]> {
  await vqa.openTiny(backend);
  await vqa.waitForModels();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  return vqa.shownAnswers();
}

test('gives the answers of WASM, and passes its self-test', async ({ vqa, page }) => {
  test.slow();
  const onWasm = await answersOn(vqa, 'wasm');
  const onGpu = await answersOn(vqa, 'webgpu');
  await expect(vqa.engineState).toHaveText('Ready on WebGPU');
  expect(onGpu).toEqual(onWasm);
  const difference = await page.getByText('Largest difference').innerText();
  expect(Number(difference.split(': ')[1])).toBeLessThan(1e-4);
});

test('is left aside of its own accord, because software is slower than WASM', async ({ vqa, page }) => {
  await vqa.openTiny('auto');
  await vqa.waitForModels();
  await expect(vqa.engineState).toContainText('WASM');
  await expect(page.getByText(/is software and slower/u)).toBeVisible();
});

test('runs the gradient graph, whose self-test agrees too', async ({ vqa, page }) => {
  test.slow();
  await answersOn(vqa, 'webgpu');
  await page.getByRole('combobox', { name: 'by' }).selectOption('relevance');
  await expect(page.getByText(/runs? of the model, /u)).toBeVisible({ timeout: 60_000 });
  await expect(vqa.engineState).toHaveText('Ready on WebGPU');
  await expect(vqa.alert).toHaveCount(0);
});
