/** The main journey, written once: what must work in every engine. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import { htmlPage, openHost } from '../fixtures/host-site.ts';
import { jpegPhoto, unlikePhotos } from '../fixtures/photo-files.ts';
import { whyLeftOut } from '../fixtures/on-this-machine.ts';
import { openSite, TINY_PACK, type Site } from '../fixtures/site.ts';
import { openSmallHub } from '../fixtures/small-hub.ts';
import { ENGINES, openBrowser, type Browser, type EngineName } from './browser.ts';
import { askedPage, type ShownAnswer } from './page.ts';

const QUESTION = 'What color is the cup?';
const SAMPLE = 'samples/coffee.jpg';

/** Of a score, between the engines' decoders and vector units and Node's. */
const TOLERANCE = 0.005;

export function describeJourney(engine: EngineName): void {
  const leftOut = whyLeftOut(ENGINES[engine]);
  test.skip(leftOut !== null, leftOut ?? '');
  test.describe.configure({ mode: 'serial', timeout: 240_000 });

  let browser: Browser;
  let isolated: Site;
  let folder = '';
  let photo = '';

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'in-page-vqa-'));
    const { name, buffer } = await jpegPhoto();
    photo = join(folder, name);
    await writeFile(photo, buffer);
    isolated = await openSite({ isolated: true, path: '/' });
    browser = await openBrowser(engine);
    console.log(`${engine}: ${browser.version}`);
  });

  test.afterAll(async () => {
    await browser?.close();
    await isolated?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test(`${engine}: a first visit answers as the command line does`, async () => {
    const page = askedPage(browser, isolated.url);
    await page.open('?backend=wasm');
    await page.choosePhoto(photo);
    const answers = await page.ask(QUESTION);
    expectSame(answers, await commandLine('public/packs/everyday', photo, QUESTION));
  });

  test(`${engine}: explains the answer, shows its attention and saves a picture`, async () => {
    const page = askedPage(browser, isolated.url);
    await page.waitForExplanation();
    expect(await page.lookAtAttention()).toEqual([
      '[CLS]',
      'what',
      'color',
      'is',
      'the',
      'cup',
      '?',
      '[SEP]',
    ]);
    const [width, height] = await page.savePng();
    expect(Math.min(width, height)).toBeGreaterThan(300);
  });

  test(`${engine}: a second visit takes the models from the device`, async () => {
    isolated.requests.length = 0;
    await askedPage(browser, isolated.url).open('?backend=wasm');
    const fetched = isolated.requests.filter(({ path }) => path.includes('/packs/'));
    expect(fetched.map(({ path }) => path)).toEqual(['/packs/everyday/pack.json']);
  });

  test(`${engine}: sees turned, wide-coloured and half-transparent photos as the command line does`, async () => {
    const page = askedPage(browser, isolated.url);
    const things = ['cup', 'plate', 'table'];
    for (const [index, { name, buffer }] of (await unlikePhotos()).entries()) {
      const file = join(folder, name);
      await writeFile(file, buffer);
      // A question of its own for each, so that no answer can be taken for the one before.
      const question = `What color is the ${things[index]}?`;
      const expected = await commandLine('public/packs/everyday', file, question);
      await page.choosePhoto(file);
      expectSame(await page.ask(question), expected, name);
    }
  });

  test(`${engine}: answers without isolation, as an element and in an iframe of another site`, async () => {
    const site = await openSite({ isolated: false, path: '/' });
    const sample = join(PROJECT_FOLDER, 'public', SAMPLE);
    const expected = await commandLine(`models/${TINY_PACK}`, sample, QUESTION);

    const page = askedPage(browser, site.url);
    await page.open(`?backend=wasm&pack=${TINY_PACK}`);
    await page.choosePhoto(sample);
    expectSame(await page.ask(QUESTION), expected);

    const pages: Record<string, ReturnType<typeof htmlPage>> = {};
    const host = await openHost(pages);
    pages['/element'] = htmlPage(withElement(site.url));
    await browser.goto(`${host.origin}/element`);
    expectSame(await browser.evaluate(toldAnswers, null), expected);

    pages['/frame'] = htmlPage(withFrame(site.url, host.origin));
    await browser.goto(`${host.origin}/frame`);
    expectSame(await browser.evaluate(toldAnswers, null), expected);
    await host.close();
    await site.close();
  });

  test(`${engine}: makes a small pack and answers with it, or says why it cannot`, async () => {
    const site = await openSite({ isolated: false, path: '/' });
    const hub = openSmallHub(site);
    const page = askedPage(browser, site.url);
    await page.open(`?backend=wasm&pack=${TINY_PACK}&${hub.query}`);
    if (browser.keepsFiles) {
      await page.makePack();
      await page.choosePhoto(photo);
      const [best] = await page.ask('what is on the left?');
      expect(best?.score).toBeGreaterThan(0);
    } else {
      await expect(page.makePack()).rejects.toThrow('storage-refused');
    }
    await site.close();
  });
}

function expectSame(shown: readonly ShownAnswer[], expected: readonly ShownAnswer[], of = ''): void {
  const [best] = shown;
  const [wanted] = expected;
  const told = JSON.stringify([of, shown.slice(0, 4), expected.slice(0, 4)]);
  expect(best?.answer, told).toBe(wanted?.answer);
  expect(Math.abs((best?.score ?? 0) - (wanted?.score ?? 1)), told).toBeLessThan(TOLERANCE);
}

/** What `npm run ask` says. */
async function commandLine(pack: string, photo: string, question: string): Promise<ShownAnswer[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'src/cli/ask.ts', '--pack', pack, '--json', photo, question],
    { cwd: PROJECT_FOLDER, maxBuffer: 1e8 },
  );
  const { answers }: { answers: ShownAnswer[] } = JSON.parse(stdout);
  return answers;
}

declare global {
  interface Window {
    /** The answers, once the page of another site has them. */
    answered?: Promise<ShownAnswer[]>;
  }
}

/** In the page. */
async function toldAnswers(): Promise<ShownAnswer[]> {
  // A module of another site may come after the page.
  for (let tries = 0; tries < 300 && !window.answered; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const answers = await window.answered;
  if (!answers) throw new Error('the page has not asked');
  return answers;
}

function withElement(site: string): string {
  return `<script type="module" src="${site}embed/in-page-vqa.js"></script>
    <script>
      window.answered = new Promise((resolve, reject) => {
        addEventListener('answer', ({ detail }) => resolve(detail.answers), true);
        addEventListener('error', ({ detail }) => detail && reject(new Error(detail.message)), true);
      });
    </script>
    <in-page-vqa src="${site}${SAMPLE}" pack="${site}${TINY_PACK}" backend="wasm" question="${QUESTION}"></in-page-vqa>`;
}

function withFrame(site: string, origin: string): string {
  const query = new URLSearchParams({
    src: `${site}${SAMPLE}`,
    pack: `${site}${TINY_PACK}`,
    backend: 'wasm',
    origin,
  });
  return `<iframe src="${site}embed/frame.html?${query.toString().replaceAll('&', '&amp;')}" title="A photo"></iframe>
    <script type="module">
      import { connectFrame } from '${site}embed/frame-host.js';
      const frame = connectFrame(document.querySelector('iframe'));
      window.answered = frame.ready.then(() => frame.ask('${QUESTION}')).then(({ answers }) => answers);
    </script>`;
}
