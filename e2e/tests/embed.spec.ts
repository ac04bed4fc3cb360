/** The element on pages of another site, under whatever rules that site has made for itself. */
import { join } from 'node:path';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { expect, expectAnswer, expectThreads, script, test, THREADS } from '../fixtures/embedding.ts';
import { htmlPage, ISOLATION } from '../fixtures/host-site.ts';
import { strictPolicy } from '../fixtures/strict-policy.ts';

test.describe.configure({ timeout: 180_000 });

test('answers without isolation, on one thread', async ({ page, attributes, showElement }) => {
  await showElement(attributes);
  await expectAnswer(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expectThreads(page, 1);
});

test('answers on an isolated page, on several threads', async ({ page, attributes, showElement }) => {
  await showElement(attributes, ISOLATION);
  await expectAnswer(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expectThreads(page, THREADS);
});

test.describe('under a strict Content-Security-Policy', () => {
  test('answers where Blob workers are allowed', async ({ page, site, attributes, showElement }) => {
    const ours = new URL(site.url).origin;
    const headers = { 'Content-Security-Policy': strictPolicy(ours, 'blob:', ours) };
    await showElement(attributes, headers);
    await expectAnswer(page);
  });

  test('answers where they are forbidden, by one line of script on the page’s own site', async ({
    page,
    site,
    host,
    attributes,
  }) => {
    const ours = new URL(site.url).origin;
    const headers = { 'Content-Security-Policy': strictPolicy(ours, `'self' ${ours}`, ours) };
    const markup = `${script(site)}<in-page-vqa ${attributes} worker="/vqa-worker.js"></in-page-vqa>`;
    const { origin } = await host({
      '/': htmlPage(markup, headers),
      '/vqa-worker.js': { html: `import '${site.url}embed/worker.js';`, headers },
    });
    await page.goto(origin);
    await expectAnswer(page);
  });

  test('answers where no foreign script may run at all, from a copy on the page’s own site', async ({
    page,
    site,
    host,
    attributes,
  }) => {
    const ours = new URL(site.url).origin;
    const headers = { 'Content-Security-Policy': strictPolicy("'self'", "'self'", `'self' ${ours}`) };
    const markup = `<script type="module" src="/vqa/in-page-vqa.js"></script><in-page-vqa ${attributes}></in-page-vqa>`;
    const { origin } = await host(
      { '/': htmlPage(markup, headers) },
      { path: '/vqa/', folder: join(BUILD_FOLDER, 'embed'), headers },
    );
    await page.goto(origin);
    await expectAnswer(page);
  });

  test('says what to do where the worker is not allowed', async ({
    page,
    site,
    attributes,
    allowedOnConsole,
    showElement,
  }) => {
    allowedOnConsole.push(/Content Security Policy/u);
    const ours = new URL(site.url).origin;
    const headers = { 'Content-Security-Policy': strictPolicy(ours, "'self'", ours) };
    await showElement(attributes, headers);
    await expect(page.getByRole('alert')).toContainText('could not be started');
    await expect(page.getByRole('alert')).toContainText('iframe');
  });

  test('does not take a worker from a third site', async ({ page, host, attributes, showElement }) => {
    const third = await host({ '/worker.js': { html: 'postMessage(1);' } });
    await showElement(`${attributes} worker="${third.origin}/worker.js"`);
    await expect(page.getByRole('alert')).toContainText('neither on this page’s site nor on the element’s');
  });

  test('answers in an iframe, where nothing but that is allowed', async ({ page, site, host, frameUrl }) => {
    const markup = `<iframe src="${frameUrl()}" title="A photo and a question"></iframe>`;
    const { origin: ours } = new URL(site.url);
    const headers = { 'Content-Security-Policy': `default-src 'none'; frame-src ${ours}` };
    const { origin } = await host({ '/': htmlPage(markup, headers) });
    await page.goto(origin);
    await expectAnswer(page.frameLocator('iframe'));
  });
});

test('answers in a sandboxed iframe without an origin, from memory', async ({ page, host, frameUrl }) => {
  const markup = `<iframe sandbox="allow-scripts" src="${frameUrl()}" title="A photo and a question"></iframe>`;
  const { origin } = await host({ '/': htmlPage(markup) });
  await page.goto(origin);
  await expectAnswer(page.frameLocator('iframe'));
});

test.describe('our own site isolated', () => {
  test.use({ siteIsolated: true });

  test('answers in an iframe of an isolated page, on several threads', async ({ page, host, frameUrl }) => {
    const markup = `<iframe allow="cross-origin-isolated" src="${frameUrl()}" title="A photo and a question"></iframe>`;
    const { origin } = await host({ '/': htmlPage(markup, ISOLATION) });
    await page.goto(origin);
    await expectAnswer(page.frameLocator('iframe'));
    await expectThreads(page.frameLocator('iframe'), THREADS);
  });
});
