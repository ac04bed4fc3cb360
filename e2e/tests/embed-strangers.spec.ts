/** A page that nobody trusts, around the frame: it names itself as `origin` and tries to run a script of its own inside. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { expect, expectAnswer, test } from '../fixtures/embedding.ts';
import { htmlPage } from '../fixtures/host-site.ts';

test.describe.configure({ timeout: 180_000 });

const SCRIPT = 'globalThis.strangerWasHere = true';
const ATTRIBUTES = [
  'style',
  'id',
  'part',
  'srcdoc',
  'class',
  'slot',
  'is',
  'nonce',
  'tabindex',
  'autofocus',
  'accesskey',
  'contenteditable',
  'popover',
  'hidden',
  'exportparts',
  'href',
  'xlink:href',
  'formaction',
  'worker',
];

declare global {
  interface Window {
    /** What became of each attempt. */
    attempts?: Promise<Readonly<Record<string, string>>>;
  }
}

/** Speaks the frame's protocol without `frame-host.js`, which would not send such things. */
function attack(): string {
  return `<script type="module">
    const iframe = document.querySelector('iframe');
    const handlers = new Set();
    for (const owner of [HTMLElement, Element, Document, Window, HTMLBodyElement, SVGElement])
      for (let proto = owner.prototype; proto; proto = Object.getPrototypeOf(proto))
        for (const name of Object.getOwnPropertyNames(proto)) if (name.startsWith('on')) handlers.add(name);
    for (const name of Object.keys(window)) if (name.startsWith('on')) handlers.add(name);
    const names = [...handlers, ...${JSON.stringify(ATTRIBUTES)}];
    const channel = new MessageChannel();
    const waiting = new Map();
    channel.port1.onmessage = ({ data }) => waiting.get(data.type === 'welcome' ? 0 : data.id)?.(data);
    const call = (id, message) => new Promise((resolve) => { waiting.set(id, resolve); if (message) channel.port1.postMessage({ id, ...message }); });
    const attempt = async () => {
      const welcome = call(0);
      iframe.contentWindow.postMessage({ ns: 'in-page-vqa', version: 1, type: 'hello' }, '*', [channel.port2]);
      await welcome;
      const outcomes = {};
      for (const [index, name] of names.entries()) {
        const params = { name, value: ${JSON.stringify(SCRIPT)} };
        outcomes[name] = (await call(index + 1, { method: 'setAttribute', params })).type;
      }
      const wrong = [['src', 'javascript:${SCRIPT}'], ['pack', 'javascript:${SCRIPT}'], ['theme', 'x']];
      for (const [index, [name, value]] of wrong.entries()) {
        const reply = await call(names.length + index + 1, { method: 'setAttribute', params: { name, value } });
        outcomes[name] = reply.type;
      }
      return outcomes;
    };
    iframe.addEventListener('load', () => { window.attempts = attempt(); });
  </script>`;
}

test('sets nothing but what the element documents', async ({ page, host, frameUrl }) => {
  const pages: Record<string, ReturnType<typeof htmlPage>> = {};
  const { origin } = await host(pages);
  const query = Object.fromEntries(ATTRIBUTES.concat('onerror', 'onload').map((name) => [name, SCRIPT]));
  const iframe = `<iframe src="${frameUrl({ ...query, origin })}" title="A photo"></iframe>`;
  pages['/'] = htmlPage(iframe + attack());
  await page.goto(origin);
  const frame = page.frameLocator('iframe');
  await expectAnswer(frame);
  await page.waitForFunction(() => window.attempts !== undefined);
  const attempts = (await page.evaluate(() => window.attempts)) ?? {};
  expect(Object.keys(attempts).length).toBeGreaterThan(100);
  expect(Object.entries(attempts).filter(([, type]) => type !== 'failure')).toEqual([]);
  const names = await frame
    .locator('in-page-vqa')
    .evaluate((element) => element.getAttributeNames().toSorted());
  expect(names).toEqual(['backend', 'pack', 'question', 'src']);
  expect(await frame.locator('html').evaluate(() => 'strangerWasHere' in globalThis)).toBe(false);
});

test('could run no script in the page or the frame, though it wrote markup into them', async ({
  page,
  site,
}) => {
  for (const path of ['', 'embed/frame.html']) {
    await page.goto(site.url + path);
    const ran = await page.evaluate(async (script) => {
      const stray = document.createElement('div');
      stray.innerHTML = `<img src="data:," onerror="${script}"><svg onload="${script}"></svg><iframe srcdoc="<img src='data:,' onerror='parent.${script}'>"></iframe><a href="javascript:${script}">a</a>`;
      document.body.append(stray);
      stray.querySelector('a')?.click();
      const inline = document.createElement('script');
      inline.textContent = script;
      document.body.append(inline);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return 'strangerWasHere' in globalThis;
    }, SCRIPT);
    expect(ran).toBe(false);
  }
});

test('the built pages say so in their policy', async () => {
  for (const file of ['index.html', 'embed/frame.html']) {
    const html = (await readFile(join(BUILD_FOLDER, file), 'utf8')).replaceAll('&#39;', "'");
    const policy = /http-equiv="Content-Security-Policy"\s+content="(?<policy>[^"]+)"/u.exec(html)?.groups?.[
      'policy'
    ];
    const scripts = policy?.split(/;\s*/u).find((each) => each.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/'unsafe-(?:inline|eval)'/u);
    // Nothing stands before the policy that it would have to judge.
    expect(html.slice(0, html.indexOf('Content-Security-Policy'))).not.toMatch(/<(?:script|link|style)/u);
  }
});
