/** The built page as it is, behind servers as they come: below a path, without isolation headers. */
import { expect, test } from '@playwright/test';
import { expectAnswer } from '../fixtures/embedding.ts';
import { whyLeftOut } from '../fixtures/on-this-machine.ts';
import { pngPhoto } from '../fixtures/photo-files.ts';
import { watchPage } from '../fixtures/watch-page.ts';
import { VqaPage } from '../pages/vqa-page.ts';
import { APP, BLOG, KINDS, openStockServer, TINY } from './stock-server.ts';

test.describe.configure({ timeout: 180_000 });

for (const kind of Object.values(KINDS)) {
  test(`page and element answer behind ${kind.name}`, async ({ page }) => {
    const leftOut = whyLeftOut(kind);
    test.skip(leftOut !== null, leftOut ?? '');
    const server = await openStockServer(kind);
    try {
      const misbehaviour = watchPage(page, [new URL(server.url).origin]);
      const vqa = new VqaPage(page, `${server.url}${APP}`);
      await vqa.open(`?pack=${TINY}&backend=wasm`);
      await vqa.waitForModels();
      await vqa.chooseFile(await pngPhoto());
      await vqa.ask('is the cup red?');
      await vqa.waitForAnswer();

      await page.goto(`${server.url}${BLOG}`);
      await expectAnswer(page);
      // A page without an icon is all that may be missed.
      expect(misbehaviour().filter((line) => !line.includes('favicon'))).toEqual([]);
    } finally {
      await server.close();
    }
  });
}
