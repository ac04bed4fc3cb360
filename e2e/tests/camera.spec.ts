/** The camera, as Chromium pretends to have one. */
import { expect, test } from '../fixtures/test.ts';
import { launchWith } from '../find-chromium.ts';

test.use({ launchOptions: launchWith('--use-fake-device-for-media-stream'), permissions: ['camera'] });

test('takes a photo and finds regions in it', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.openIntake();
  await page.getByRole('button', { name: 'Camera' }).click();
  await page.getByRole('button', { name: 'Take the photo' }).click();
  expect((await vqa.shownRegions()).length).toBeGreaterThan(0);
  await expect(vqa.photoCaption).toContainText('from the camera');
});
