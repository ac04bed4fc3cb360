/** What the element does on a page of another site: when it loads, what it shares, how it is used. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, expectAnswer, QUESTION, script, test } from '../fixtures/embedding.ts';
import { htmlPage, ISOLATION } from '../fixtures/host-site.ts';
import { TINY_PACK, type Site } from '../fixtures/site.ts';
import type { InPageVqaElement } from '../../src/widget/element.ts';

/** Ten elements and two pages take their time on a busy machine. */
test.describe.configure({ timeout: 180_000 });

/** Paths that the page has asked our site for, the element's own file and what belongs to the page left out. */
function heavyRequests({ requests }: Site): readonly string[] {
  return requests.map(({ path }) => path).filter((path) => /worker|wasm|runtime|pack/u.test(path));
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('in-page-vqa').analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}

test('fetches nothing heavy before it is pressed, or seen', async ({ page, site, host, attributes }) => {
  const markup = `<style>#far { height: 5000px }</style>${script(site)}
    <in-page-vqa id="pressed" reveal="interaction" ${attributes}></in-page-vqa>
    <div id="far"></div>
    <in-page-vqa id="seen" ${attributes}></in-page-vqa>`;
  const { origin } = await host({ '/': htmlPage(markup) });
  await page.goto(origin);
  const pressed = page.locator('#pressed');
  await expect(pressed.getByRole('img')).toBeVisible();
  await expect(pressed.getByRole('button', { name: 'Ask about this photo' })).toBeVisible();
  expect(heavyRequests(site)).toEqual([]);
  await pressed.getByRole('button', { name: 'Ask about this photo' }).click();
  await expectAnswer(pressed);
  const seen = page.locator('#seen');
  expect(await seen.evaluate((element) => 'phase' in element && element.phase)).toBe('poster');
  await seen.scrollIntoViewIfNeeded();
  await expectAnswer(seen);
});

test('ten on a page have one worker, one download and one pack in memory', async ({
  page,
  context,
  site,
  host,
}) => {
  // The browser takes its time to say how much memory a page has.
  test.setTimeout(540_000);
  // The pack that ships: beside the smallest one, whatever ten photos need would look large.
  const element = `<in-page-vqa src="${site.url}samples/coffee.jpg" backend="wasm" question="${QUESTION}"></in-page-vqa>`;
  const { origin } = await host({
    '/one': htmlPage(script(site) + element, ISOLATION),
    '/ten': htmlPage(script(site) + element.repeat(10), ISOLATION),
  });
  const ten = await context.newPage();
  await ten.goto(`${origin}/ten`);
  for (const each of await ten.locator('in-page-vqa').all()) {
    await each.scrollIntoViewIfNeeded();
    await expectAnswer(each);
  }
  const files = heavyRequests(site).filter((path) => path.includes('packs/everyday/'));
  expect(files.length).toBeGreaterThan(3);
  expect(files.toSorted()).toEqual([...new Set(files)].toSorted());

  await page.goto(`${origin}/one`);
  await expectAnswer(page);
  expect(ten.workers()).toHaveLength(page.workers().length);
  const [bytesOfOne, bytesOfTen] = await Promise.all([page, ten].map(modelBytes));
  // All models and nine photos more.
  expect(bytesOfTen).toBeLessThanOrEqual((bytesOfOne ?? 0) * 1.1);
});

/** What the workers of a page hold: models, runtime and encoded photos. */
async function modelBytes(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    if (!('measureUserAgentSpecificMemory' in performance))
      throw new Error('this browser measures no memory');
    const measure = performance.measureUserAgentSpecificMemory;
    if (typeof measure !== 'function') throw new Error('this browser measures no memory');
    const { breakdown }: { breakdown: { bytes: number; attribution: { scope: string }[] }[] } =
      await measure.call(performance);
    return breakdown
      .filter(({ attribution }) => attribution.some(({ scope }) => scope.includes('Worker')))
      .reduce((sum, { bytes }) => sum + bytes, 0);
  });
}

test('a node that is moved goes on without loading again', async ({ page, site, host, attributes }) => {
  const markup = `${script(site)}<div id="here"><in-page-vqa ${attributes}></in-page-vqa></div><div id="there"></div>`;
  const { origin } = await host({ '/': htmlPage(markup) });
  await page.goto(origin);
  await expectAnswer(page);
  const before = site.requests.length;
  const phases = await page.evaluate(async () => {
    const element = document.querySelector('in-page-vqa');
    const there = document.querySelector('#there');
    if (!element || !there) throw new Error('the page is another one');
    const seen: string[] = [];
    element.addEventListener('statechange', () => seen.push('statechange'));
    there.append(element);
    // Longer than an element may be away.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return seen;
  });
  expect(phases).toEqual([]);
  await expectAnswer(page.locator('#there'));
  expect(site.requests.length).toBe(before);
});

test('tells what happens, and can be driven by a script', async ({ page, attributes, showElement }) => {
  await showElement(`reveal="interaction" ${attributes}`);
  const told = await page.evaluate(async () => {
    await customElements.whenDefined('in-page-vqa');
    const element = document.querySelector<InPageVqaElement>('in-page-vqa');
    if (!element) throw new Error('the page has no element');
    const names: string[] = [];
    for (const name of ['progress', 'load', 'regions', 'answer', 'error']) {
      element.addEventListener(name, () => names.at(-1) !== name && names.push(name));
    }
    const strays: string[] = [];
    for (const name of ['error', 'load', 'answer']) document.addEventListener(name, () => strays.push(name));
    const prediction = await element.ask();
    element.select({ layer: 0, word: 2 });
    const state = element.exportState();
    await element.ask('is the cup blue?');
    await element.importState(JSON.parse(JSON.stringify(state)));
    const restored = element.exportState();
    const refusal = await element.ask('  ').catch((error: { readonly code: string }) => error.code);
    const picture = await element.toBlob();
    return {
      names,
      strays,
      question: prediction.question,
      state,
      restored,
      refusal,
      type: picture.type,
    };
  });
  expect(told.names).toEqual(['progress', 'load', 'regions', 'answer', 'error']);
  expect(told.strays).toEqual([]);
  expect(told.question).toBe(QUESTION);
  expect(told.state).toMatchObject({ layer: 0, held: { kind: 'token', index: 2 }, question: QUESTION });
  expect(told.restored).toEqual(told.state);
  expect(told.refusal).toBe('question-empty');
  expect(told.type).toBe('image/png');
});

test('a photo that is not to be had is told of, not shown broken, and is there when it comes', async ({
  page,
  site,
  host,
  allowedOnConsole,
}) => {
  allowedOnConsole.push(/404/u);
  const pack = `pack="${site.url}${TINY_PACK}" backend="wasm"`;
  const photo = `src="${site.url}samples/coffee.jpg" alt="A cup" question="${QUESTION}"`;
  const { origin } = await host({
    '/': htmlPage(`${script(site)}<in-page-vqa ${photo} ${pack}></in-page-vqa>`),
  });
  site.interceptWith((request, response) => {
    if (request.url?.endsWith('coffee.jpg') !== true) return false;
    response.writeHead(404, { 'Access-Control-Allow-Origin': '*' }).end();
    return true;
  });
  await page.goto(origin);
  await expect(page.getByRole('alert')).toContainText('404');
  await expect(page.getByRole('img', { name: 'A cup' })).toBeHidden();
  site.interceptWith(null);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectAnswer(page);
  await expect(page.getByRole('img', { name: 'A cup' })).toBeVisible();
});

test.describe('a recording', () => {
  test('plays without any model, and runs live when asked to', async ({ page, site, showElement }) => {
    await showElement(
      `record="${site.url}samples/coffee.recording.json" pack="${site.url}${TINY_PACK}" backend="wasm"`,
    );
    await expectAnswer(page);
    expect(heavyRequests(site)).toEqual([]);
    const sentence = page.locator('[part="sentence"]');
    const words = page.getByRole('group', { name: 'Words of the question' }).getByRole('button');
    await words.nth(2).hover();
    const text = (await words.nth(2).innerText()).split('\n')[0] ?? '';
    await expect(sentence).toContainText(`“${text}”`);
    await page.getByRole('combobox', { name: 'Layer' }).selectOption('1');
    await page.getByRole('combobox', { name: 'Head' }).selectOption('1');
    await page.getByRole('combobox', { name: 'Explain by' }).selectOption('Nothing');
    await expect(sentence).toBeHidden();
    await page.getByRole('combobox', { name: 'Explain by' }).selectOption('Attention');
    await expect(sentence).toBeVisible();
    await page.getByRole('button', { name: 'Run live' }).click();
    await expect(page.getByText('Computed in this page')).toBeVisible({ timeout: 60_000 });
    await expectAnswer(page);
  });
});

test('works in the shadow of another component, under a name of the page’s choice', async ({
  page,
  site,
  host,
  attributes,
}) => {
  const markup = `<script type="module" src="${site.url}embed/in-page-vqa.js?tag=my-vqa"></script>
    <blog-post><template shadowrootmode="open"><my-vqa ${attributes}></my-vqa></template></blog-post>`;
  const { origin } = await host({ '/': htmlPage(markup) });
  await page.goto(origin);
  await expectAnswer(page);
  expect(await page.evaluate(() => customElements.get('in-page-vqa'))).toBeUndefined();
});

test.describe('for everyone', () => {
  test.use({ reducedMotion: 'reduce' });

  test('axe finds nothing to mend, in light and dark, and nothing sticks out at 360 pixels', async ({
    page,
    site,
    host,
  }) => {
    const record = `record="${site.url}samples/coffee.recording.json" own-photos`;
    const markup = `<style>:root { color-scheme: light dark }</style>${script(site)}<main><h1>A photo</h1><in-page-vqa ${record}></in-page-vqa></main>`;
    const { origin } = await host({ '/': htmlPage(markup) });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(origin);
    await expectAnswer(page);
    await expectNoViolations(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNoViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test('the keyboard leads from the question to a region and a word', async ({
    page,
    attributes,
    showElement,
  }) => {
    await showElement(attributes);
    await expectAnswer(page);
    await expect(page.getByRole('status')).toContainText('Answer: ');
    await page.keyboard.press('Tab');
    const boxes = page.getByRole('listbox', { name: 'Regions on the photo' });
    await expect(boxes).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(boxes.getByRole('option', { selected: true, includeHidden: true })).toHaveCount(1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('textbox', { name: 'Your question' })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type(' so');
    await page.keyboard.press('Enter');
    await expect(page.getByText(`${QUESTION} so`)).toBeVisible();
    await expectAnswer(page);
    const words = page.getByRole('group', { name: 'Words of the question' }).getByRole('button');
    await words.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(words.nth(1)).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('Escape');
    await expect(words.nth(1)).toHaveAttribute('aria-pressed', 'false');
  });
});
