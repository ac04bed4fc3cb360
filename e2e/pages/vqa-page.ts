/** The page as a person meets it: everything is found by role and name, never by markup. */
import { expect, type Locator, type Page } from '@playwright/test';
import { copyPhoto, dropPhoto } from '../fixtures/hand-over-photo.ts';
import type { PhotoFile } from '../fixtures/photo-files.ts';
import { TINY_PACK } from '../fixtures/site.ts';

/** A region as the page shows it: its words in the list and its rectangle on the photo, in CSS pixels. */
export interface ShownRegion {
  readonly words: string;
  readonly rectangle: readonly [x: string, y: string, width: string, height: string];
}

export interface ShownAnswer {
  readonly answer: string;
  readonly score: string;
}

export class VqaPage {
  readonly page: Page;
  readonly url: string;
  readonly question: Locator;
  readonly askButton: Locator;
  readonly answerPanel: Locator;
  readonly answers: Locator;
  readonly regionList: Locator;
  readonly photo: Locator;
  readonly alert: Locator;
  readonly engineState: Locator;
  readonly progress: Locator;
  readonly history: Locator;
  readonly suggestions: Locator;
  readonly words: Locator;
  readonly attentionSentence: Locator;
  readonly photoCaption: Locator;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    this.question = page.getByRole('textbox', { name: 'Your question' });
    this.askButton = page.getByRole('button', { name: 'Ask', exact: true });
    this.answerPanel = page.getByRole('region', { name: 'Answer', exact: true });
    this.answers = page.getByRole('list', { name: 'Answers by score' }).getByRole('listitem');
    this.regionList = page.getByRole('region', { name: 'What it found' });
    this.photo = page.getByRole('figure').getByRole('img').first();
    this.alert = page.getByRole('alert');
    this.engineState = page.getByRole('link', { name: /^Ready on|models/iu });
    this.progress = page.getByRole('progressbar');
    this.history = page.getByRole('region', { name: 'History' });
    this.suggestions = page.getByRole('list', { name: 'Suggested questions' }).getByRole('button');
    this.words = page.getByRole('group', { name: 'Words of the question' }).getByRole('button');
    this.attentionSentence = page
      .getByRole('region', { name: 'Attention, in words' })
      .getByRole('paragraph')
      .first();
    this.photoCaption = page.locator('figcaption');
  }

  /** `query` as it stands in the address: `?backend=wasm`. */
  async open(query = ''): Promise<void> {
    await this.page.goto(this.url + query);
  }

  /** The small pack of the tests, which any backend runs in no time. */
  async openTiny(backend = 'wasm'): Promise<void> {
    await this.open(`?pack=${TINY_PACK}&backend=${backend}`);
  }

  async waitForModels(): Promise<void> {
    await expect(this.page.getByRole('link', { name: /^Ready on/u })).toBeVisible({ timeout: 60_000 });
  }

  /** The ways in, which lie behind a button once there is a photo. */
  async openIntake(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'New photo', exact: true });
    if ((await button.count()) > 0 && (await button.getAttribute('aria-expanded')) === 'false')
      await button.click();
  }

  async chooseFile(file: PhotoFile): Promise<void> {
    await this.openIntake();
    await this.page.getByLabel('Photo file').first().setInputFiles(file);
  }

  /** Drops a file on the middle of the page, as a browser reports it. */
  async dropFile(file: PhotoFile): Promise<void> {
    await dropPhoto(this.page.locator('body'), file);
  }

  /** The browser must have been given the permission. */
  async copyToClipboard(file: PhotoFile): Promise<void> {
    await copyPhoto(this.page, file);
  }

  async fetchAddress(address: string): Promise<void> {
    await this.openIntake();
    await this.page.getByRole('textbox', { name: 'Address of a photo on the web' }).fill(address);
    await this.page.getByRole('button', { name: 'Fetch' }).click();
  }

  async chooseSample(position: number): Promise<void> {
    await this.page
      .getByRole('region', { name: 'Or try an example' })
      .getByRole('button')
      .nth(position)
      .click();
  }

  async ask(question: string): Promise<void> {
    await this.question.fill(question);
    await this.question.press('Enter');
  }

  /** From the explanation of the answer to its attention. */
  async lookAtAttention(): Promise<void> {
    await this.openTool('Attention');
  }

  async openTool(name: 'Why' | 'Attention' | 'What if' | 'How it works' | 'Save and share'): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  async waitForRegions(): Promise<void> {
    await expect(this.regionList).toBeVisible({ timeout: 60_000 });
  }

  async waitForAnswer(): Promise<void> {
    await expect(this.answers.first()).toBeVisible({ timeout: 60_000 });
  }

  /** Without the evidence of each, which comes later than the answer. */
  async shownRegions(): Promise<ShownRegion[]> {
    await this.waitForRegions();
    await this.regionList.getByRole('checkbox', { name: 'Every box' }).check();
    const words = await this.regionList
      .getByRole('list')
      .getByRole('button')
      .evaluateAll((entries) =>
        entries
          .map((entry) => ({ place: Number(entry.dataset['region']), text: entry.textContent ?? '' }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ text }) => text),
      );
    const rectangles = await this.page
      .getByRole('listbox', { name: 'Regions on the photo' })
      .getByRole('option', { includeHidden: true })
      .evaluateAll((options) =>
        options.map((option): [string, string, string, string] => {
          const rectangle = option.querySelector('rect');
          const attribute = (name: string) => rectangle?.getAttribute(name) ?? '';
          return [attribute('x'), attribute('y'), attribute('width'), attribute('height')];
        }),
      );
    return rectangles.map((rectangle, index) => ({
      rectangle,
      words: (words[index] ?? '')
        .replaceAll(/\s+/gu, ' ')
        .replace(/\s?(?:attention|evidence) \S+(?: %)?$/u, ''),
    }));
  }

  async shownAnswers(): Promise<ShownAnswer[]> {
    await this.waitForAnswer();
    const more = this.answerPanel.getByRole('button', { name: /more answers?$/u });
    if ((await more.count()) > 0) await more.click();
    const lines = await this.answers.allInnerTexts();
    return lines.map((line) => {
      const [answer = '', score = ''] = line.split(/\s*\n\s*/u);
      return { answer, score };
    });
  }

  /** Text of the question and state of the photo, which no failure may take away. */
  async expectKept({ question, photo }: { question: string; photo: boolean }): Promise<void> {
    await expect(this.question).toHaveValue(question);
    if (photo) await expect(this.photo).toBeVisible();
  }
}
