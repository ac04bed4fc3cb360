/** Debian's Firefox over WebDriver BiDi: Playwright drives a Firefox of its own alone. */
import { launch } from 'puppeteer-core';
import type { Browser } from './browser.ts';

const CALL_TIMEOUT_MS = 120_000;

export async function openFirefox(): Promise<Browser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    protocolTimeout: CALL_TIMEOUT_MS,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const find = async (selector: string) => {
    const found = await page.waitForSelector(selector);
    if (found === null) throw new Error(`the page has no ${selector}`);
    return found;
  };
  return {
    version: await browser.version(),
    keepsFiles: true,
    async goto(url) {
      await page.goto(url);
    },
    async evaluate(inPage, argument) {
      const value: unknown = await page.evaluate(`(${inPage.toString()})(${JSON.stringify(argument)})`);
      // What the function gives, once it is JSON; the checker cannot know.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return value as never;
    },
    async chooseFile(selector, path) {
      const input = await page.$(selector);
      const asInput = await input?.toElement('input');
      if (!asInput) throw new Error(`the page has no ${selector}`);
      await asInput.uploadFile(path);
    },
    async enter(selector, text) {
      const field = await find(selector);
      await field.click({ count: 3 });
      await field.type(`${text}\n`);
    },
    close: () => browser.close(),
  };
}
