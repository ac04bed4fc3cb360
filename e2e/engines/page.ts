/** The page in any engine. All that these tests know of its markup stands in `PARTS`. */
import { expect } from '@playwright/test';
import type { Browser } from './browser.ts';

const PARTS = {
  ready: '.engine-badge[data-status="ready"]',
  alert: '[role="alert"]',
  photoInput: 'input[type="file"][accept="image/*"]',
  regions: '[aria-labelledby="regions-title"] li',
  questionBox: '#question-box',
  answerPanel: '[aria-labelledby="answer-title"][aria-busy="false"]',
  answers: '[aria-labelledby="answer-title"] .answer-bars li',
  answerName: '.bar-name',
  /** Has the score as `--share`, unrounded. */
  answerScore: '.bar-fill',
  explained: '[aria-labelledby="why-title"][aria-busy="false"] details',
  attentionTab: '[role="tab"][id$="-attention"]',
  attendedWords: 'button.token',
  exportTab: '[role="tab"][data-tool="export"]',
  makerPanel: '.published .button-row button',
  makerConsent: 'dialog[open] input[name="consent"]',
  makerStart: 'dialog[open] button[type="submit"]',
  madePackLink: 'dialog[open] [role="status"] a',
} as const;

/** Of the button that saves a picture. */
const PNG = 'PNG';

export interface ShownAnswer {
  readonly answer: string;
  readonly score: number;
}

export interface AskedPage {
  open(query: string): Promise<void>;
  choosePhoto(path: string): Promise<void>;
  /** Best first. */
  ask(question: string): Promise<ShownAnswer[]>;
  waitForExplanation(): Promise<void>;
  /** The words of the question, as the model has read them. */
  lookAtAttention(): Promise<string[]>;
  /** Width and height of the picture that the page would save. */
  savePng(): Promise<readonly [number, number]>;
  /** From the small hub whose query the page was opened with, to the pack in use. */
  makePack(): Promise<void>;
}

export function askedPage(browser: Browser, siteUrl: string): AskedPage {
  const waitForModels = () => waitFor(browser, PARTS.ready, PARTS.alert);
  return {
    async open(query) {
      await browser.goto(siteUrl + query);
      await waitForModels();
    },
    async choosePhoto(path) {
      await browser.chooseFile(PARTS.photoInput, path);
      await waitFor(browser, PARTS.regions, PARTS.alert);
    },
    async ask(question) {
      await browser.enter(PARTS.questionBox, question);
      // Until then the answer of a sample may be on screen.
      await expect
        .poll(() => browser.evaluate(isAnswered, { question, panel: PARTS.answerPanel }), {
          timeout: 120_000,
        })
        .toBe(true);
      await waitFor(browser, PARTS.answers, PARTS.alert);
      return await browser.evaluate(
        ({ answers, answerName, answerScore }) =>
          [...document.querySelectorAll(answers)].map((line) => {
            const bar = line.querySelector(answerScore);
            return {
              answer: line.querySelector(answerName)?.textContent ?? '',
              score: bar ? Number(getComputedStyle(bar).getPropertyValue('--share')) : Number.NaN,
            };
          }),
        PARTS,
      );
    },
    waitForExplanation: () => waitFor(browser, PARTS.explained, PARTS.alert),
    async lookAtAttention() {
      await click(browser, PARTS.attentionTab);
      await waitFor(browser, PARTS.attendedWords, PARTS.alert);
      return await browser.evaluate(
        (words) => [...document.querySelectorAll(words)].map(({ textContent }) => textContent ?? ''),
        PARTS.attendedWords,
      );
    },
    async savePng() {
      await click(browser, PARTS.exportTab);
      return await browser.evaluate(savedPng, PNG);
    },
    async makePack() {
      await click(browser, PARTS.makerPanel);
      await waitFor(browser, PARTS.makerConsent, PARTS.alert);
      await click(browser, PARTS.makerConsent);
      await click(browser, `${PARTS.makerStart}:enabled`);
      await waitFor(browser, PARTS.madePackLink, PARTS.alert);
      const made = await browser.evaluate(
        (link) => document.querySelector<HTMLAnchorElement>(link)?.href ?? '',
        PARTS.madePackLink,
      );
      await click(browser, PARTS.madePackLink);
      // The page before it is ready, too; while a page goes, no program runs in it.
      const here = () =>
        browser.evaluate(() => `${location.origin}${location.pathname}${location.search}`, null);
      await expect.poll(() => here().catch(() => ''), { timeout: 60_000 }).toBe(made.split('#')[0]);
      await waitForModels();
    },
  };
}

/** Waits for a part; fails with what stands in the alert, or with what the page shows when the time is over. */
async function waitFor(browser: Browser, part: string, alert: string): Promise<void> {
  const seen = () =>
    browser.evaluate(
      (parts) => {
        if (document.querySelector(parts.part) !== null) return 'there';
        const failure = document.querySelector<HTMLElement>(parts.alert);
        return failure
          ? `${failure.dataset['code']}: ${failure.textContent}`
          : `not yet: ${document.body.innerText.slice(0, 400)}`;
      },
      { part, alert },
    );
  await expect
    .poll(
      async () => {
        const now = await seen();
        if (now !== 'there' && !now.startsWith('not yet')) throw new Error(`${part}: ${now}`);
        return now;
      },
      { message: part, timeout: 120_000, intervals: [250] },
    )
    .toBe('there');
}

/** In the page. */
function isAnswered({ question, panel }: { readonly question: string; readonly panel: string }): boolean {
  return document.querySelector(panel)?.textContent.includes(question) === true;
}

async function click(browser: Browser, part: string): Promise<void> {
  const clicked = () =>
    browser.evaluate((selector) => {
      const found = document.querySelector<HTMLElement>(selector);
      found?.click();
      return found !== null;
    }, part);
  await expect.poll(clicked, { message: `${part} can be clicked` }).toBe(true);
}

/** In the page: presses the button, and reads the file in place of the browser's saving it. */
async function savedPng(name: string): Promise<readonly [number, number]> {
  const address = await new Promise<string>((resolve) => {
    HTMLAnchorElement.prototype.click = function keep(this: HTMLAnchorElement) {
      resolve(this.href);
    };
    // The panel's program is fetched when its tab is opened.
    const press = () => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
      if (button) button.click();
      else setTimeout(press, 100);
    };
    press();
  });
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  return [picture.width, picture.height];
}
