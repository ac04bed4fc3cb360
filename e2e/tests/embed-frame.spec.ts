/** The page inside an iframe and the page around it: height, handshake, and who may drive it. */
import { expect, expectAnswer, QUESTION, test } from '../fixtures/embedding.ts';
import { htmlPage } from '../fixtures/host-site.ts';
import { openSite } from '../fixtures/site.ts';

test.describe.configure({ timeout: 180_000 });

test('the frame is as high as what it shows, by one script tag', async ({ page, site, host, frameUrl }) => {
  const markup = `<iframe src="${frameUrl()}" title="A photo" style="width: 100%; border: 0"></iframe>
    <script type="module" src="${site.url}embed/frame-host.js?auto"></script>`;
  const { origin } = await host({ '/': htmlPage(markup) });
  await page.goto(origin);
  const frame = page.frameLocator('iframe');
  await expectAnswer(frame);
  await expect
    .poll(async () => {
      const [outside, inside] = await Promise.all([
        page.locator('iframe').evaluate((iframe) => iframe.clientHeight),
        frame.locator('html').evaluate((html) => html.scrollHeight),
      ]);
      return inside - outside;
    })
    .toBe(0);
});

declare global {
  interface Window {
    /** What became of driving the frame. */
    told?: Promise<{ readonly names?: readonly string[] }>;
    /** Types of the messages that the page has heard. */
    heard?: Set<string>;
  }
}

/** What a page writes to drive the frame; leaves what happened in `window.told`. */
function drivenBy(siteUrl: string): string {
  return `<script type="module">
    import { connectFrame } from '${siteUrl}embed/frame-host.js';
    const frame = connectFrame(document.querySelector('iframe'));
    const names = new Set();
    for (const name of ['load', 'regions', 'answer', 'statechange']) frame.on(name, () => names.add(name));
    const outcome = async () => {
      await frame.ready;
      const prediction = await frame.ask('is the cup blue?');
      await frame.select({ region: 1 });
      const state = await frame.exportState();
      const wrong = await frame.importState({ version: 7 }).catch((error) => error.code);
      const picture = await frame.toBlob({ width: 300, type: 'image/jpeg' });
      return { question: prediction.question, held: state.held, wrong, type: picture.type, names: [...names] };
    };
    window.told = outcome().catch((error) => ({ refused: error.message }));
  </script>`;
}

for (const { where, sandbox } of [
  { where: 'a frame', sandbox: '' },
  { where: 'a sandboxed frame without an origin', sandbox: 'sandbox="allow-scripts"' },
]) {
  test(`a page that is named drives ${where}`, async ({ page, site, host, frameUrl }) => {
    const pages: Record<string, ReturnType<typeof htmlPage>> = {};
    const { origin } = await host(pages);
    const iframe = `<iframe ${sandbox} src="${frameUrl({ origin })}" title="A photo"></iframe>`;
    pages['/'] = htmlPage(iframe + drivenBy(site.url));
    await page.goto(origin);
    await expectAnswer(page.frameLocator('iframe'));
    const told = await page.evaluate(() => window.told);
    expect(told).toMatchObject({
      question: 'is the cup blue?',
      held: { kind: 'region', index: 1 },
      wrong: 'type-error',
      type: 'image/jpeg',
    });
    expect(told?.names).toContain('answer');
  });
}

test('a page that is not named is refused, and hears nothing but the height', async ({
  page,
  site,
  host,
  frameUrl,
}) => {
  const listener = `<script>
    window.heard = new Set();
    addEventListener('message', ({ data }) => window.heard.add(data.type));
  </script>`;
  const iframe = `<iframe src="${frameUrl({ origin: 'https://example.org' })}" title="A photo"></iframe>`;
  const { origin } = await host({ '/': htmlPage(listener + iframe + drivenBy(site.url)) });
  await page.goto(origin);
  await expectAnswer(page.frameLocator('iframe'));
  const told = await page.evaluate(() => window.told);
  expect(told).toEqual({
    refused: `The frame lets this page not in: its address does not name ${origin} as origin.`,
  });
  const heard = await page.evaluate(() => [...(window.heard ?? [])]);
  expect(heard.toSorted()).toEqual(['height', 'ready', 'refused']);
});

test.describe('where service workers may run', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a service worker gives isolation to a host that sends no headers', async ({ page }) => {
    const site = await openSite({ isolated: false, path: '/' });
    site.interceptWith((request, response) => {
      if (request.url !== '/blog.html') return false;
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><title>A blog</title><script src="isolation.js"></script>
      <script type="module" src="embed/in-page-vqa.js"></script>
      <in-page-vqa src="samples/coffee.jpg" pack="fixtures/tiny-pack/" backend="wasm" question="${QUESTION}"></in-page-vqa>`);
      return true;
    });
    await page.goto(`${site.url}blog.html`);
    await page.waitForFunction(() => crossOriginIsolated);
    await expectAnswer(page);
    await site.close();
  });
});
