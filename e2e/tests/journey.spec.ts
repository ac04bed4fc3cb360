/** The whole way with the pack that ships: a photo, a question, an answer, and where it came from. */
import { availableParallelism } from 'node:os';
import { jpegPhoto } from '../fixtures/photo-files.ts';
import { expect, test } from '../fixtures/test.ts';

// What the engine asks for on an isolated page; two on the machines that these tests were made for.
const THREADS = Math.min(4, availableParallelism());

const PLACES = [
  { where: 'an isolated page', siteOptions: { isolated: true, path: '/' }, threads: THREADS },
  { where: 'a page without isolation', siteOptions: { isolated: false, path: '/' }, threads: 1 },
  {
    where: 'an isolated page below a path',
    siteOptions: { isolated: true, path: '/some/app/' },
    threads: THREADS,
  },
] as const;

for (const { where, siteOptions, threads } of PLACES) {
  test.describe(where, () => {
    test.use({ siteOptions });

    test('answers questions about a photo and shows where it looked', async ({ vqa, page, site }) => {
      await vqa.open('?backend=wasm');
      await vqa.waitForModels();
      await expect(vqa.engineState).toHaveText(
        `Ready on WASM, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      );
      const requestsAfterLoading = site.requests.length;

      await vqa.chooseFile(await jpegPhoto());
      const regions = await vqa.shownRegions();
      expect(regions.length).toBeGreaterThanOrEqual(10);
      expect(regions.length).toBeLessThanOrEqual(36);

      await vqa.ask('What color is the cup?');
      const answers = await vqa.shownAnswers();
      expect(answers.length).toBe(10);
      await vqa.lookAtAttention();
      await expect(vqa.words).toHaveText(['[CLS]', 'what', 'color', 'is', 'the', 'cup', '?', '[SEP]']);

      await vqa.words.nth(5).hover();
      await expect(vqa.attentionSentence).toContainText('cup');

      await vqa.ask('What is on the table?');
      await expect(vqa.history.getByRole('button', { name: /What is on the table\?/u })).toBeVisible();
      await expect(vqa.history.getByRole('button', { name: /What color is the cup\?/u })).toBeVisible();
      await vqa.history.getByRole('button', { name: /What color is the cup\?/u }).click();
      expect(await vqa.shownAnswers()).toEqual(answers);

      // Nothing is sent, and nothing more is fetched once the models are there but programs of what is opened or explained,
      // and the rest of the pack, which is stored for a visit without a network.
      const later = site.requests.slice(requestsAfterLoading).map(({ path }) => path);
      // The browser asks for the icon of its own accord, whenever the address changes.
      expect(
        later.filter(
          (path) =>
            !/favicon|\/(?:assets|embed)\/[\w-]+\.(?:css|js)$/u.test(path) &&
            !/\/packs\/everyday\/lxmert-[\w-]+\.onnx$/u.test(path),
        ),
      ).toEqual([]);
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
  });
}

test('a sample photo comes with questions', async ({ vqa }) => {
  await vqa.open('?backend=wasm');
  await vqa.chooseSample(0);
  await vqa.waitForRegions();
  await vqa.suggestions.first().click();
  await vqa.waitForAnswer();
  expect((await vqa.shownAnswers()).length).toBe(10);
});
