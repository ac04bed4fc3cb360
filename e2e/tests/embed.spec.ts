/** The element on pages of another site, under whatever rules that site has made for itself. */
import { htmlPage } from '../fixtures/host-site.ts';
import { expect, expectAnswer, script, test } from '../fixtures/embedding.ts';

test('answers on a foreign page without isolation, on one thread', async ({
  page,
  site,
  host,
  attributes,
}) => {
  const { origin } = await host({
    '/': htmlPage(`${script(site)}<in-page-vqa ${attributes}></in-page-vqa>`),
  });
  await page.goto(origin);
  await expectAnswer(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(page.getByText('Computed in this page on 1 thread')).toBeVisible();
});
