/** WebGPU on Chromium's software adapter: slow, and so with the tiny pack; right, and so like WASM. */
import type { Page } from '@playwright/test';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { TINY_PACK } from '../fixtures/site.ts';
import { openSmallHub } from '../fixtures/small-hub.ts';
import { expect, test } from '../fixtures/test.ts';
import { launchWith } from '../find-chromium.ts';
import { makeInHalves } from '../pages/pack-maker.ts';
import type { ShownAnswer, VqaPage } from '../pages/vqa-page.ts';

test.use({ launchOptions: launchWith('--enable-unsafe-webgpu') });

async function answersOn(vqa: VqaPage, backend: 'wasm' | 'webgpu'): Promise<ShownAnswer[]> {
  await vqa.openTiny(backend);
  await vqa.waitForModels();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  return vqa.shownAnswers();
}

/** The page leaves WebGPU, and says so, where the gradients' self-test fails. */
async function expectRelevance(vqa: VqaPage, page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'by' }).selectOption('relevance');
  await expect(page.getByText(/runs? of the model, /u)).toBeVisible({ timeout: 240_000 });
  await expect(vqa.engineState).toHaveText('Ready on WebGPU');
  await expect(vqa.alert).toHaveCount(0);
}

test('gives the answers of WASM, and passes its self-test, gradients included', async ({ vqa, page }) => {
  test.slow();
  const onWasm = await answersOn(vqa, 'wasm');
  const onGpu = await answersOn(vqa, 'webgpu');
  await expect(vqa.engineState).toHaveText('Ready on WebGPU');
  expect(onGpu).toEqual(onWasm);
  const difference = await page.getByText('Largest difference').innerText();
  expect(Number(difference.split(': ')[1])).toBeLessThan(1e-4);
  await expectRelevance(vqa, page);
});

test('is left aside of its own accord, because software is slower than WASM', async ({ vqa, page }) => {
  await vqa.openTiny('auto');
  await vqa.waitForModels();
  await expect(vqa.engineState).toContainText('WASM');
  await expect(page.getByText(/is software and slower/u)).toBeVisible();
});

test('runs a pack that was made here, whose answers and gradients agree with what WASM recorded', async ({
  vqa,
  site,
  page,
}) => {
  // A page load and a conversion on WASM, then all of it again on software.
  test.setTimeout(540_000);
  const hub = openSmallHub(site);
  await vqa.open(`?pack=${TINY_PACK}&backend=wasm&${hub.query}`);
  await vqa.waitForModels();
  await makeInHalves(page);
  await vqa.open(`?pack=${encodeURIComponent('opfs://lxmert-vqa-fp16/')}&backend=webgpu&${hub.query}`);
  await expect(vqa.engineState).toHaveText('Ready on WebGPU', { timeout: 180_000 });
  const difference = await page.getByText('Largest difference').innerText();
  expect(Number(difference.split(': ')[1])).toBeLessThan(1e-4);
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('what is on the left?');
  await expectRelevance(vqa, page);
});
