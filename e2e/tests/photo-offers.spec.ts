/** What comes with a drop or a paste beside a photo, or in place of one. */
import type { Page } from '@playwright/test';
import { jpegPhoto, pngPhoto, type PhotoFile } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';

interface Given {
  readonly files?: readonly PhotoFile[];
  readonly data?: Readonly<Record<string, string>>;
}

/** @returns whether the page took it for itself */
async function give(page: Page, kind: 'drop' | 'paste', selector: string, { files = [], data = {} }: Given) {
  const packed = files.map(
    ({ name, mimeType, buffer }) => [name, mimeType, buffer.toString('base64')] as const,
  );
  return await page.locator(selector).evaluate(
    (element, { type, parts, texts }) => {
      const transfer = new DataTransfer();
      for (const [name, mimeType, base64] of parts) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      for (const [name, text] of Object.entries(texts)) transfer.setData(name, text);
      const options = { bubbles: true, cancelable: true, composed: true };
      const event =
        type === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...options, clipboardData: transfer });
      return !element.dispatchEvent(event);
    },
    { type: kind, parts: packed, texts: data },
  );
}

test('text from a word processor goes into the question, not the picture of it', async ({ vqa, page }) => {
  await vqa.openTiny();
  const word = {
    files: [await pngPhoto()],
    data: { 'text/plain': 'is it red?', 'text/html': '<p>is it red?</p>' },
  };
  expect(await give(page, 'paste', '#question-box', word)).toBe(false);
  await expect(vqa.photoCaption).toHaveCount(0);
  expect(await give(page, 'paste', '#question-box', { files: word.files })).toBe(true);
  await expect(vqa.photoCaption).toContainText('pasted');
});

test('a photo that a page holds in its address is the person’s own', async ({ vqa, page }) => {
  await vqa.openTiny();
  const { buffer } = await jpegPhoto();
  const html = `<a href="https://example.org/"><img src="data:image/jpeg;base64,${buffer.toString('base64')}"></a>`;
  await give(page, 'drop', 'body', { data: { 'text/html': html, 'text/uri-list': 'https://example.org/' } });
  expect((await vqa.shownRegions()).length).toBeGreaterThan(0);
  await vqa.ask('is it red?');
  await vqa.waitForAnswer();
  expect(page.url().length).toBeLessThan(1000);
  expect(page.url()).not.toContain('base64');
});

test('what is no single photo is told, and the work stays', async ({ vqa, page }) => {
  await vqa.openTiny();
  const photo = await jpegPhoto();
  await vqa.chooseFile(photo);
  await vqa.shownRegions();
  for (const [given, words] of [
    [{ files: [photo, photo] }, 'These are 2 files'],
    [{ data: { 'text/plain': 'www.example.org/dog.jpg' } }, 'lacks the https://'],
    [{ data: { 'text/plain': String.raw`C:\Users\me\dog.jpg` } }, 'is a place on a disk'],
    [{ data: { 'text/plain': 'only words' } }, 'There is no photo in what was dropped'],
  ] as const) {
    await give(page, 'drop', 'body', given);
    await expect(vqa.alert).toContainText(words);
    await expect(vqa.photoCaption).toContainText('photo.jpg');
  }
});
