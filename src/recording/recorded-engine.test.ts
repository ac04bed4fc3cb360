// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { defaultMethodOf } from '../explain/registry.ts';
import type { Engine } from '../core/engine.ts';
import { createRecordedEngine } from './recorded-engine.ts';
import { recordFake } from './recording-fixture.ts';

const QUESTION = 'What color is the dog?';

async function play(): Promise<Engine> {
  const engine = createRecordedEngine(await recordFake([QUESTION, 'Is there a frisbee?']));
  await engine.load({ packUrl: 'https://example.org/packs/any/', backend: 'auto' });
  await engine.detect({ imageId: 'here', image: new Blob() });
  return engine;
}

describe('a recording that is played', () => {
  test('reports the pack that answered and the sizes of its attention', async () => {
    const engine = await play();
    const { pack, backend } = await engine.load({ packUrl: 'https://example.org/', backend: 'auto' });
    expect(pack).toMatchObject({ id: 'fake', lxmert: { crossLayers: 2, heads: 2, maxTokens: 8 } });
    expect(pack.files).toEqual([]);
    expect(backend.reason).toContain('Recorded');
  });

  test('gives the regions under the id that was asked for', async () => {
    const engine = await play();
    const scene = await engine.detect({ imageId: 'again', image: new Blob() });
    expect(scene).toMatchObject({ imageId: 'again', size: { width: 640, height: 427 } });
    expect(scene.regions.map(({ label }) => label)).toEqual(['dog', 'frisbee', 'tree']);
  });

  test.each([QUESTION, '  what color  is the dog'])('answers “%s”', async (question) => {
    const engine = await play();
    const prediction = await engine.ask({ imageId: 'here', question });
    expect(prediction).toMatchObject({
      imageId: 'here',
      question: QUESTION,
      answers: [{ answer: 'brown' }, {}],
    });
    const tokens = await engine.tokenize({ question });
    expect(tokens).toMatchObject({ tokens: prediction.tokens, maxTokens: 8 });
  });

  test('gives each caller buffers of its own', async () => {
    const engine = await play();
    const first = await engine.ask({ imageId: 'here', question: QUESTION });
    first.attention.vision.data.fill(0);
    const second = await engine.ask({ imageId: 'here', question: QUESTION });
    expect(second.attention.vision.data[0]).toBeGreaterThan(0);
  });

  test('explains what was explained', async () => {
    const engine = await play();
    const explained = await engine.explain({ imageId: 'here', question: QUESTION, method: 'relevance' });
    expect(explained).toMatchObject({
      imageId: 'here',
      question: QUESTION,
      method: 'relevance',
      gradients: null,
    });
    expect(explained.tokensRead[0]!.text).toBe('[CLS]');
    const { abilities } = await engine.load({ packUrl: 'https://example.org/', backend: 'auto' });
    expect(abilities).toEqual({ methods: ['relevance'], defaultMethod: 'relevance', closesHeads: false });
  });

  test('begins with the truest of the methods that it holds', async () => {
    const recording = await recordFake([QUESTION]);
    const answers = recording.answers.map((answer) => ({
      ...answer,
      explanations: answer.explanations.flatMap((each) => [
        each,
        { ...each, method: 'rollout' as const },
        { ...each, method: 'leave-one-out' as const },
      ]),
    }));
    const engine = createRecordedEngine({ ...recording, answers });
    const { abilities } = await engine.load({ packUrl: 'https://example.org/', backend: 'auto' });
    expect(abilities.defaultMethod).toBe(defaultMethodOf(abilities.methods, 0));
    expect(abilities.defaultMethod).toBe('leave-one-out');
  });

  test('says what it does not hold', async () => {
    const engine = await play();
    const imageId = 'here';
    const code = 'not-recorded';
    await expect(engine.ask({ imageId, question: 'Why?' })).rejects.toMatchObject({
      code,
      message: 'The recording has no answer to “Why?”.',
    });
    await expect(
      engine.ask({ imageId, question: QUESTION, change: { hiddenRegions: [0] } }),
    ).rejects.toMatchObject({ code });
    await expect(engine.explain({ imageId, question: QUESTION, method: 'shapley' })).rejects.toMatchObject({
      code,
    });
    await expect(engine.match({ imageId, text: 'a dog' })).rejects.toMatchObject({ code });
    await expect(engine.inspectHeads({ imageId, question: QUESTION })).rejects.toMatchObject({
      code,
      message: 'The recording has no numbers of heads but their weights.',
    });
    await expect(engine.measureFaithfulness({ imageId, question: QUESTION })).rejects.toMatchObject({ code });
    await expect(engine.ask({ imageId: 'unseen', question: QUESTION })).rejects.toMatchObject({
      code: 'image-forgotten',
    });
  });

  test('stops when it is told to', async () => {
    const engine = await play();
    const signal = AbortSignal.abort();
    await expect(engine.ask({ imageId: 'here', question: QUESTION }, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
