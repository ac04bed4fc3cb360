/** What the page says of its own answers, and of the models behind them. */
import { AxeBuilder } from '@axe-core/playwright';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';

/** The tiny pack knows the word, and shows no such thing with the certainty it asks for. */
const MISSING = 'where is the airplane';

test('an answer about something that was not found says so, to eyes and ears', async ({ vqa, page }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask(MISSING);
  await vqa.waitForAnswer();
  const words = /I am not sure: /u;
  await expect(vqa.answerPanel.getByText(words)).toBeVisible();
  await expect(page.getByRole('status')).toContainText(words);
});

test('a word that nobody taught is named', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('what color is the frobnicator');
  await vqa.waitForAnswer();
  await expect(vqa.answerPanel.getByText('I do not know the word “frobnicator”')).toBeVisible();
});

test('the earlier answer stays in sight when a question is refused', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.ask('is the cup red?');
  const answers = await vqa.shownAnswers();
  await vqa.ask('🦄🦄 🍕');
  await expect(vqa.alert).toBeVisible();
  expect(await vqa.shownAnswers()).toEqual(answers);
});

test.describe('the model card', () => {
  test.use({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });

  test('opens by keyboard, reads well on a narrow screen, and gives the focus back', async ({
    vqa,
    page,
  }) => {
    await vqa.openTiny();
    await vqa.waitForModels();
    const button = page.getByRole('button', { name: 'About this model' });
    await button.press('Enter');
    const card = page.getByRole('dialog', { name: 'About Tiny 0.1.0' });
    await expect(card.getByRole('table', { name: 'Nothing is measured of random weights' })).toBeVisible();
    await expect(card.getByText('Find things.')).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    expect(
      await card.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
    await expect(button).toBeFocused();
  });
});
