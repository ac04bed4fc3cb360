/** Every way in leads to the same pixels, and so to the same regions to the last digit. */
import { ORIENTATIONS } from '../fixtures/orientations.ts';
import {
  animatedPhoto,
  cmykPhoto,
  longPhoto,
  lyingPhoto,
  orientedPhoto,
  pngPhoto,
  type PhotoFile,
} from '../fixtures/photo-files.ts';
import { servePhoto } from '../fixtures/photo-host.ts';
import { expect, test } from '../fixtures/test.ts';
import type { ShownRegion, VqaPage } from '../pages/vqa-page.ts';

// As most pages will run: isolation also decides what may be fetched from elsewhere.
test.use({ siteOptions: { isolated: true, path: '/' } });

async function regionsFromFile(vqa: VqaPage, photo: PhotoFile): Promise<ShownRegion[]> {
  await vqa.openTiny();
  await vqa.chooseFile(photo);
  return vqa.shownRegions();
}

test('a file, a drop, a paste, the paste button and an address give the same regions', async ({
  vqa,
  page,
  context,
  allowRequestsTo,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const photo = await pngPhoto();
  const host = await servePhoto(photo, { cors: true });
  allowRequestsTo.push(new URL(host.url).origin);
  const fromFile = await regionsFromFile(vqa, photo);
  expect(fromFile.length).toBeGreaterThan(3);

  const otherWays: Record<string, () => Promise<void>> = {
    dropped: () => vqa.dropFile(photo),
    async pasted() {
      await vqa.copyToClipboard(photo);
      await page.keyboard.press('Control+V');
    },
    async 'pasted by the button'() {
      await vqa.copyToClipboard(photo);
      await page.getByRole('button', { name: 'Paste', exact: true }).click();
    },
    'from the web': () => vqa.fetchAddress(host.url),
  };
  for (const [way, bringIn] of Object.entries(otherWays)) {
    // Otherwise the tab would bring back the photo of the way before.
    await page.evaluate(() => sessionStorage.clear());
    await vqa.openTiny();
    await bringIn();
    await expect(vqa.photoCaption).toContainText(way.replace(' by the button', ''));
    expect(await vqa.shownRegions(), way).toEqual(fromFile);
  }
  await host.close();
});

test('all eight EXIF orientations are turned upright', async ({ vqa }) => {
  const upright = await regionsFromFile(vqa, await orientedPhoto(1));
  expect(upright.length).toBeGreaterThan(3);
  for (const orientation of ORIENTATIONS.slice(1)) {
    const regions = await regionsFromFile(vqa, await orientedPhoto(orientation));
    await expect(vqa.photoCaption).toContainText('480 × 320');
    expect(regions, `orientation ${orientation}`).toEqual(upright);
  }
});

test('of an animated file the first frame is looked at, and the page says so', async ({ vqa }) => {
  await regionsFromFile(vqa, await animatedPhoto());
  await expect(vqa.photoCaption).toContainText('only its first frame');
});

test('a CMYK photo is converted, and the page says so', async ({ vqa }) => {
  await regionsFromFile(vqa, await cmykPhoto());
  await expect(vqa.photoCaption).toContainText('CMYK');
});

test('a WebP that its file turns is looked at, and shown, upright', async ({ vqa, page }) => {
  await regionsFromFile(vqa, await lyingPhoto());
  await expect(vqa.photoCaption).toContainText('480 × 320');
  await expect(vqa.photoCaption).toContainText('Turned upright');
  const shape = await page.locator('.stage-photo').evaluate((image: HTMLImageElement) => {
    return image.decode().then(() => [image.naturalWidth, image.naturalHeight]);
  });
  expect(shape).toEqual([480, 320]);
});

test('a very long photo can be seen, and enlarged', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await longPhoto());
  const frame = page.locator('.stage-frame');
  const height = async (): Promise<number> => (await frame.boundingBox())?.height ?? 0;
  const enlarge = page.getByRole('button', { name: 'Enlarge' });
  await expect(enlarge).toBeVisible();
  const before = await height();
  expect(before).toBeGreaterThanOrEqual(60);
  await enlarge.click();
  expect(await height()).toBeGreaterThan(1.5 * before);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
