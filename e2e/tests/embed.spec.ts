/** The element on pages of another site, under whatever rules that site has made for itself. */
import type { Page } from '@playwright/test';
import { availableParallelism } from 'node:os';
import { expect, expectAnswer, script, test } from '../fixtures/embedding.ts';
import { htmlPage, ISOLATION } from '../fixtures/host-site.ts';

const THREADS = Math.min(4, availableParallelism());

async function expectThreads(page: Page, threads: number): Promise<void> {
  const words = `on ${threads} ${threads === 1 ? 'thread' : 'threads'};`;
  await expect(page.getByText(words)).toBeVisible();
}

test('answers without isolation, on one thread', async ({ page, site, host, attributes }) => {
  const { origin } = await host({ '/': htmlPage(`${script(site)}<in-page-vqa ${attributes}></in-page-vqa>`) });
  await page.goto(origin);
  await expectAnswer(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expectThreads(page, 1);
});

test('answers on an isolated page, on several threads', async ({ page, site, host, attributes }) => {
  const markup = `${script(site)}<in-page-vqa ${attributes}></in-page-vqa>`;
  const { origin } = await host({ '/': htmlPage(markup, ISOLATION) });
  await page.goto(origin);
  await expectAnswer(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expectThreads(page, THREADS);
});

test.describe('under a strict Content-Security-Policy', () => {
  /** What the documentation states; `worker` says which workers the page allows. */
  const policy = (ours: string, worker: string) =>
    [
      "default-src 'none'",
      `script-src 'self' ${ours} 'wasm-unsafe-eval'`,
      `connect-src ${ours}`,
      `img-src ${ours} blob:`,
      `worker-src ${worker}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');

  test('answers where Blob workers are allowed', async ({ page, site, host, attributes }) => {
    const headers = { 'Content-Security-Policy': policy(new URL(site.url).origin, 'blob:') };
    const markup = `${script(site)}<in-page-vqa ${attributes}></in-page-vqa>`;
    const { origin } = await host({ '/': htmlPage(markup, headers) });
    await page.goto(origin);
    await expectAnswer(page);
  });

  test('answers where they are forbidden, with a worker of the page', async ({
    page,
    site,
    host,
    attributes,
  }) => {
    const headers = { 'Content-Security-Policy': policy(new URL(site.url).origin, "'self'") };
    const markup = `${script(site)}<in-page-vqa ${attributes} worker="/vqa-worker.js"></in-page-vqa>`;
    const { origin } = await host({
      '/': htmlPage(markup, headers),
      '/vqa-worker.js': { html: `import '${site.url}embed/worker.js';`, headers },
    });
    await page.goto(origin);
    await expectAnswer(page);
  });

  test('says what to do where they are forbidden and nothing else is given', async ({
    page,
    site,
    host,
    attributes,
    allowedOnConsole,
  }) => {
    allowedOnConsole.push(/Content Security Policy/u);
    const headers = { 'Content-Security-Policy': policy(new URL(site.url).origin, "'self'") };
    const markup = `${script(site)}<in-page-vqa ${attributes}></in-page-vqa>`;
    const { origin } = await host({ '/': htmlPage(markup, headers) });
    await page.goto(origin);
    await expect(page.getByRole('alert')).toContainText('worker');
    await expect(page.getByRole('alert')).toContainText('iframe');
  });

  test('answers in an iframe where no foreign script may run', async ({ page, site, host, attributes }) => {
    const ours = new URL(site.url).origin;
    const query = new URLSearchParams(queryOf(attributes));
    const markup = `<iframe src="${site.url}embed/frame.html?${query.toString()}" title="A photo and a question"></iframe>`;
    const headers = { 'Content-Security-Policy': `default-src 'none'; frame-src ${ours}` };
    const { origin } = await host({ '/': htmlPage(markup, headers) });
    await page.goto(origin);
    await expectAnswer(page.frameLocator('iframe'));
  });
});

/** The attributes of a tag as parameters of the frame's address. */
function queryOf(attributes: string): [name: string, value: string][] {
  return [...attributes.matchAll(/(?<name>[\w-]+)="(?<value>[^"]*)"/gu)].map(({ groups }) => [
    groups?.['name'] ?? '',
    groups?.['value'] ?? '',
  ]);
}
