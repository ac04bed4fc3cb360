/** Questions that cannot be answered are refused in words; the photo and the answers before them stay. */
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';

const BAD_QUESTIONS = [
  { name: 'an empty question', question: '   ', what: /no question|is empty/u, remedy: 'Type a question' },
  {
    name: 'five thousand characters',
    question: 'is it a cup '.repeat(417),
    what: /5,00\d characters/u,
    remedy: 'Ask in one short sentence.',
  },
  { name: 'nothing but emoji', question: '🦄🦄 🍕', what: /word/u, remedy: 'Ask in plain English' },
  {
    name: 'nothing but unknown words',
    question: 'ζῷον ωραίο',
    what: /word/u,
    remedy: 'Ask in plain English',
  },
] as const;

for (const { name, question, what, remedy } of BAD_QUESTIONS) {
  test(`${name} is refused with a reason`, async ({ vqa }) => {
    await vqa.openTiny();
    await vqa.chooseFile(await jpegPhoto());
    await vqa.ask('is the cup red?');
    const answers = await vqa.shownAnswers();

    await vqa.ask(question);
    await expect(vqa.alert).toContainText(what);
    await expect(vqa.alert).toContainText(remedy);
    await vqa.expectKept({ question, photo: true });

    await vqa.history.getByRole('button', { name: 'is the cup red?' }).click();
    await expect(vqa.alert).toHaveCount(0);
    expect(await vqa.shownAnswers()).toEqual(answers);
  });
}

test('a question that is too long shows what will not be read, and is answered all the same', async ({
  vqa,
  page,
}) => {
  await vqa.openTiny();
  await vqa.chooseFile(await jpegPhoto());
  await vqa.waitForRegions();
  await vqa.question.fill('is the cup on the table '.repeat(6));
  await expect(page.getByText(/Too long: the model reads 18 word pieces/u)).toBeVisible();
  await vqa.question.press('Enter');
  await vqa.waitForAnswer();
  await vqa.lookAtAttention();
  await expect(vqa.words).toHaveCount(20);
});

test('a question asked before there is a photo is answered once there is one', async ({ vqa }) => {
  await vqa.openTiny();
  await vqa.ask('is the cup red?');
  await vqa.chooseFile(await jpegPhoto());
  await vqa.waitForAnswer();
  await expect(vqa.answerPanel).toContainText('is the cup red?');
});
