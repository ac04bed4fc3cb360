/** From an answer on the page to lines for another page, and to a recording that plays. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures/test.ts';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { parseRecording } from '../../src/recording/parse-recording.ts';

/** Every choice makes a recording anew. */
const DIALOG_TIMEOUT_MS = 240_000;

const QUESTIONS = ['is the cup red?', 'what color is it?'] as const;

test('what is on screen becomes an element, an iframe and a recording', async ({ vqa, page }) => {
  test.setTimeout(DIALOG_TIMEOUT_MS);
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  for (const question of QUESTIONS) {
    await vqa.ask(question);
    await expect(vqa.answerPanel).toContainText(question);
    await vqa.waitForAnswer();
  }
  await page.getByRole('tab', { name: 'Save and share' }).click();
  await page.getByRole('button', { name: 'Embed or record…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Put it into a page of yours' });
  const lines = dialog.getByRole('region', { name: 'Lines for your page' }).getByRole('code');
  await expect(lines).toContainText('<in-page-vqa');
  await expect(lines).toContainText(`question="${QUESTIONS[1]}"`);
  await expect(lines).toContainText('fixtures/tiny-pack/');

  // The preview is the element itself, from the file that other sites embed.
  const look = dialog.getByRole('region', { name: 'How it will look' });
  await expect(look.getByRole('list', { name: 'Answers by score' }).getByRole('listitem')).toHaveCount(5);

  await dialog.getByLabel('Colors').selectOption('Dark');
  await expect(lines).toContainText('theme="dark"');
  await dialog.getByRole('radio', { name: /^Iframe/u }).check();
  await expect(lines).toContainText('embed/frame.html?');

  await dialog.getByRole('radio', { name: /^Recording/u }).check();
  await expect(lines).toContainText('record="what-color-is-it.recording.json"');
  // Forced: the button that people see is a label over the radio.
  await dialog.getByRole('radio', { name: '320 px' }).check({ force: true });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save the recording' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('what-color-is-it.recording.json');
  const recording = await parseRecording(await readFile(await download.path(), 'utf8'));
  expect(recording.answers.map(({ question }) => question)).toEqual([QUESTIONS[1], QUESTIONS[0]]);
  expect(recording.photo.thumbnail?.type).toBe('image/jpeg');

  await dialog.getByRole('radio', { name: 'No photo' }).check({ force: true });
  await dialog.getByRole('checkbox', { name: QUESTIONS[0] }).uncheck();
  await expect(dialog.getByText(/recording\.json, \d+ kB/u)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await dialog.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
});

for (const file of ['', 'element.html', 'sdk.html']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the page embed/${file} can be read by everyone, ${colorScheme} and narrow`, async ({
      vqa,
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await vqa.open(`embed/${file}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    });
  }
}

test('the page about embedding plays its recording and fetches no models', async ({ vqa, page, site }) => {
  await vqa.open('embed/');
  await expect(
    page.getByRole('list', { name: 'Answers by score' }).getByRole('listitem').first(),
  ).toContainText('cat');
  expect(site.requests.filter(({ path }) => /\/packs\/|\.wasm|worker/u.test(path))).toEqual([]);
});
