/** A file that is no photo: one sentence says what it is, another what to do, and everything else stays. */
import {
  emptyFile,
  hugePhoto,
  jpegPhoto,
  svgDrawing,
  textFile,
  truncatedPhoto,
  type PhotoFile,
} from '../fixtures/photo-files.ts';
import { servePhoto } from '../fixtures/photo-host.ts';
import { expect, test } from '../fixtures/test.ts';
import type { ShownAnswer, ShownRegion, VqaPage } from '../pages/vqa-page.ts';

const QUESTION = 'is the cup red?';

interface Work {
  readonly regions: ShownRegion[];
  readonly answers: ShownAnswer[];
}

/** A photo with an answered question, which no failure may take away. */
async function workThatMustStay(vqa: VqaPage): Promise<Work> {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  const regions = await vqa.shownRegions();
  await vqa.ask(QUESTION);
  return { regions, answers: await vqa.shownAnswers() };
}

async function expectWorkIsStillThere(vqa: VqaPage, { regions, answers }: Work): Promise<void> {
  await vqa.expectKept({ question: QUESTION, photo: true });
  await expect(vqa.photoCaption).toContainText('photo.jpg');
  expect(await vqa.shownAnswers()).toEqual(answers);
  expect((await vqa.shownRegions()).map(({ rectangle }) => rectangle)).toEqual(
    regions.map(({ rectangle }) => rectangle),
  );
}

async function expectWorkGoesOn(vqa: VqaPage): Promise<void> {
  await vqa.ask('is it a table?');
  await expect(vqa.history.getByRole('button', { name: 'is it a table?' })).toBeVisible();
}

interface BadFile {
  readonly name: string;
  readonly make: () => PhotoFile | Promise<PhotoFile>;
  readonly what: RegExp;
  readonly remedy: string;
}

const BAD_FILES: readonly BadFile[] = [
  {
    name: 'a text file named .jpg',
    make: textFile,
    what: /The file is a text file, not an image\./u,
    remedy: 'Choose a JPEG, PNG, WebP, AVIF or GIF photo.',
  },
  {
    name: 'a truncated JPEG',
    make: truncatedPhoto,
    what: /a JPEG photo that breaks off after [\d,]+ bytes: \d+ % of the picture is missing\./u,
    remedy: 'Copy or download the photo again and choose the complete file.',
  },
  {
    name: 'an empty file',
    make: emptyFile,
    what: /The file has 0 bytes\./u,
    remedy: 'Choose the file again, or another photo.',
  },
  {
    name: 'a photo of 60 megapixels',
    make: hugePhoto,
    what: /60\.0 megapixels \(10000 × 6000\); the limit is 50\./u,
    remedy: 'Make the photo smaller and choose it again.',
  },
  {
    name: 'an SVG drawing',
    make: svgDrawing,
    what: /an SVG drawing: shapes without pixels, not a photo\./u,
    remedy: 'Save it as JPEG or PNG and choose that file.',
  },
];

for (const { name, make, what, remedy } of BAD_FILES) {
  test(`${name} is refused with a reason`, async ({ vqa, page }) => {
    const work = await workThatMustStay(vqa);
    await vqa.chooseFile(await make());
    await expect(vqa.alert).toContainText(what);
    await expect(vqa.alert).toContainText(remedy);
    await expectWorkIsStillThere(vqa, work);
    await page.getByRole('button', { name: 'Dismiss this message' }).click();
    await expect(vqa.alert).toHaveCount(0);
    await expectWorkGoesOn(vqa);
  });
}

test('a bad file as the first one leaves the page ready for another', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.question.fill(QUESTION);
  await vqa.chooseFile(textFile());
  await expect(vqa.alert).toContainText('not an image');
  await vqa.expectKept({ question: QUESTION, photo: false });
  await vqa.chooseFile(await jpegPhoto());
  expect((await vqa.shownRegions()).length).toBeGreaterThan(0);
  await expect(vqa.alert).toHaveCount(0);
});

for (const isolated of [true, false]) {
  test.describe(isolated ? 'on an isolated page' : 'on a page without isolation', () => {
    test.use({ siteOptions: { isolated, path: '/' } });

    test('a site that keeps its photos to itself is named', async ({
      vqa,
      allowRequestsTo,
      allowedOnConsole,
    }) => {
      const host = await servePhoto(await jpegPhoto(), { cors: false });
      allowRequestsTo.push(new URL(host.url).origin);
      // The browser writes down each refused request.
      allowedOnConsole.push(/CORS policy/u, /net::ERR_/u);
      const work = await workThatMustStay(vqa);
      await vqa.fetchAddress(host.url);
      await expect(vqa.alert).toContainText(
        `${new URL(host.url).host} does not allow other sites to read its images`,
      );
      await expect(vqa.alert).toContainText('Save the photo to your device and choose the file');
      await expectWorkIsStillThere(vqa, work);
      await expectWorkGoesOn(vqa);
      await expect(vqa.alert).toHaveCount(0);
      await host.close();
    });
  });
}

test('an address that is none, and one that is not there', async ({ vqa, site, allowedOnConsole }) => {
  allowedOnConsole.push(/404/u);
  const work = await workThatMustStay(vqa);
  await vqa.fetchAddress('not an address');
  await expect(vqa.alert).toContainText('“not an address” is not a web address.');
  await vqa.fetchAddress(`${site.url}no-such-photo.jpg`);
  await expect(vqa.alert).toContainText('answered with status 404');
  await expectWorkIsStillThere(vqa, work);
  await expectWorkGoesOn(vqa);
});

test('a clipboard without a photo, and no camera', async ({ vqa, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const work = await workThatMustStay(vqa);
  await page.evaluate(() => navigator.clipboard.writeText('only words'));
  await vqa.openIntake();
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(vqa.alert).toContainText('There is no photo in the clipboard.');
  await expect(vqa.alert).toContainText('Copy a photo first');
  await page.getByRole('button', { name: 'Camera' }).click();
  await expect(vqa.alert).toContainText(/No camera was found|is not allowed/u);
  await expectWorkIsStillThere(vqa, work);
  await expectWorkGoesOn(vqa);
});
