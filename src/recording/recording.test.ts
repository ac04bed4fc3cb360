// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { tensor } from '../core/tensor.ts';
import type { AttentionMaps } from '../core/types.ts';
import { packBytes } from './packed-bytes.ts';
import { parseRecording } from './parse-recording.ts';
import { photoOf } from './photo-ground.ts';
import { recordFake } from './recording-fixture.ts';
import { isRecording, MAX_RECORDING_BYTES, type Recording } from './recording.ts';
import { writeRecording } from './write-recording.ts';

const QUESTIONS = ['What color is the dog?', 'Is there a frisbee?'];

/** The recording's file, parsed, with one thing replaced. */
async function altered(path: readonly (string | number)[], value: unknown): Promise<string> {
  const file: unknown = JSON.parse(await writeRecording(await recordFake(QUESTIONS)));
  const last = path.at(-1)!;
  const place = path.slice(0, -1).reduce<unknown>((node, key) => Reflect.get(Object(node), key), file);
  Reflect.set(Object(place), last, value);
  return JSON.stringify(file);
}

/** Attention of a model with more layers and heads than ours, drawn from a fixed seed. */
function heavyAttention(tokens: number, regions: number): AttentionMaps {
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const maps = (layers: number, queries: number, keys: number) => {
    const rows = Array.from({ length: layers * 12 * queries }, () => {
      const row = Array.from({ length: keys }, () => random() ** 3);
      const sum = row.reduce((total, weight) => total + weight, 0);
      return row.map((weight) => weight / sum);
    });
    return [[layers, 12, queries, keys], Float32Array.from(rows.flat())] as const;
  };
  return {
    language: tensor<readonly ['layer', 'head', 'token', 'token']>(...maps(9, tokens, tokens)),
    vision: tensor<readonly ['layer', 'head', 'region', 'region']>(...maps(5, regions, regions)),
    textToRegion: tensor<readonly ['layer', 'head', 'token', 'region']>(...maps(5, tokens, regions)),
    regionToText: tensor<readonly ['layer', 'head', 'region', 'token']>(...maps(5, regions, tokens)),
    textSelf: tensor<readonly ['layer', 'head', 'token', 'token']>(...maps(5, tokens, tokens)),
    regionSelf: tensor<readonly ['layer', 'head', 'region', 'region']>(...maps(5, regions, regions)),
  };
}

describe('a recording that is written and read', () => {
  test('holds the same regions, words, answers and photo', async () => {
    const recording = await recordFake(QUESTIONS);
    const read = await parseRecording(await writeRecording(recording));
    expect(read.scene).toEqual(recording.scene);
    expect(read.pack).toEqual(recording.pack);
    expect(read.answers.map(({ question }) => question)).toEqual(QUESTIONS);
    expect(read.answers[0]!.tokens).toEqual(recording.answers[0]!.tokens);
    expect(read.answers[0]!.answers).toEqual(recording.answers[0]!.answers);
    expect(read.photo.thumbnail?.type).toBe('image/jpeg');
    expect(await parseRecording(JSON.parse(await writeRecording(recording)))).toEqual(read);
    expect([isRecording(read), isRecording(recording)]).toEqual([true, true]);
    expect(isRecording(JSON.parse(await writeRecording(recording)))).toBe(false);
    expect(await read.photo.thumbnail?.bytes()).toEqual(await recording.photo.thumbnail?.bytes());
  });

  test('holds every module, layer and head, each weight to within a 255th of its row’s highest', async () => {
    const recording = await recordFake(QUESTIONS);
    const read = await parseRecording(await writeRecording(recording));
    const modules = Object.entries(recording.answers[0]!.attention);
    expect(modules).toHaveLength(6);
    for (const [name, { dims, data }] of modules) {
      const found = Object.entries(read.answers[0]!.attention).find(([other]) => other === name)![1];
      expect(found.dims).toEqual(dims);
      const keys = dims[3];
      const errors = Array.from(data, (weight: number, index) => {
        const row = data.subarray(index - (index % keys), index - (index % keys) + keys);
        return Math.abs(weight - found.data[index]!) / Math.max(...row);
      });
      expect(Math.max(...errors)).toBeLessThan(1 / 255);
    }
  });

  test('holds explanations without their gradients', async () => {
    const recording = await recordFake(QUESTIONS);
    const [read] = (await parseRecording(await writeRecording(recording))).answers[0]!.explanations;
    const [written] = recording.answers[0]!.explanations;
    expect(read!.method).toBe('relevance');
    expect(read!.regions.length).toBe(written!.regions.length);
    read!.regions.forEach((value, region) => expect(value).toBeCloseTo(written!.regions[region]!, 4));
    expect(read).not.toHaveProperty('gradients');
  });

  test('fits although the model is as large as the published one', async () => {
    const recording = await recordFake(QUESTIONS.slice(0, 1));
    const [answer] = recording.answers;
    const [region] = recording.scene.regions;
    const [token] = answer!.tokens;
    const large: Recording = {
      ...recording,
      scene: { ...recording.scene, regions: Array.from({ length: 36 }, () => region!) },
      answers: [
        {
          ...answer!,
          tokens: Array.from({ length: 20 }, () => token!),
          attention: heavyAttention(20, 36),
          explanations: [],
        },
      ],
    };
    const text = await writeRecording(large);
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(MAX_RECORDING_BYTES);
    const { attention } = (await parseRecording(text)).answers[0]!;
    const firstRow = attention.vision.data.subarray(0, 36);
    expect(firstRow.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
  });

  test('is refused when it cannot be made small enough', async () => {
    const recording = await recordFake(QUESTIONS);
    const thumbnail = new Blob([new Uint8Array(MAX_RECORDING_BYTES)], { type: 'image/jpeg' });
    await expect(
      writeRecording({ ...recording, photo: { ...recording.photo, thumbnail } }),
    ).rejects.toMatchObject({ code: 'recording-too-large' });
  });
});

describe('a photo that was left out', () => {
  test('is replaced by a ground of its proportions', async () => {
    const read = await parseRecording(await writeRecording(await recordFake(QUESTIONS, false)));
    expect(read.photo.thumbnail).toBeNull();
    const ground = photoOf(read);
    expect(ground.type).toBe('image/svg+xml');
    expect(await ground.text()).toContain('viewBox="0 0 640 427"');
  });
});

describe('a file that is no recording', () => {
  test.each([
    ['{', 'the file is not JSON'],
    ['[]', ' is a list of 0, must be an object'],
    ['{"format":"other"}', 'format is "other", must be "in-page-vqa-recording"'],
    [' '.repeat(MAX_RECORDING_BYTES + 1), `the file has ${MAX_RECORDING_BYTES + 1} characters`],
  ])('%.30s is refused', async (text, message) => {
    await expect(parseRecording(text)).rejects.toMatchObject({
      code: 'recording-invalid',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    [['schemaVersion'], 2, 'schemaVersion is 2, must be 1'],
    [['pack', 'sha256'], 'abc', 'pack.sha256 is "abc", must be 64 hexadecimal digits'],
    [['answers'], [], 'answers is a list of 0, must be a list of 1 to 50 answers'],
    [['answers', 1, 'question'], QUESTIONS[0], 'answers[1].question is'],
    [['answers', 0, 'tokens', 1, 'end'], 99, 'answers[0].tokens[1].end is 99'],
    [['scene', 'regions', 0, 'box'], [0.5, 0, 0.4, 1], 'scene.regions[0].box is a list of 4'],
    [['scene', 'regions', 2, 'score'], 1.5, 'scene.regions[2].score is 1.5'],
    [['photo', 'thumbnail'], 'https://example.org/a.jpg', 'photo.thumbnail is'],
    [['photo', 'thumbnail'], 'data:image/svg+xml;base64,AAAA', 'photo.thumbnail is'],
    [['vision', 'heads'], 1, 'vision.weights cannot be read: more than 18 bytes'],
    [['vision', 'heads'], 3, 'vision.weights cannot be read: 36 bytes, must be 54'],
    [['vision', 'weights'], '!!', 'vision.weights cannot be read: not base64'],
    [['vision', 'weights'], 'AAAA', 'vision.weights cannot be read: damaged'],
    [['answers', 0, 'confidence'], { chance: 2, doubt: null }, 'answers[0].confidence.chance is 2'],
    [['answers', 0, 'explanations', 0, 'regions'], [1], 'answers[0].explanations[0].regions is a list of 1'],
  ])('%j = %j is refused', async (path, value, message) => {
    await expect(parseRecording(await altered(path, value))).rejects.toMatchObject({
      code: 'recording-invalid',
      message: expect.stringContaining(message),
    });
  });

  test('that claims to unfold to gigabytes is refused before anything is made of it', async () => {
    const file: { answers: { attention: Record<string, object> }[] } = JSON.parse(
      await writeRecording(await recordFake(QUESTIONS)),
    );
    // Each map alone is within what layers and heads may be; all together are not.
    const zeros = await packBytes(new Uint8Array(64 * 64 * 9));
    const maps = { layers: 64, heads: 64, weights: zeros };
    const [first] = file.answers;
    file.answers = Array.from({ length: 50 }, (_, index) => ({
      ...first!,
      question: `${QUESTIONS[0]}${' '.repeat(index)}`,
      attention: { ...first!.attention, language: maps, textSelf: maps, regionSelf: maps },
    }));
    await expect(parseRecording(file)).rejects.toMatchObject({
      code: 'recording-invalid',
      message: expect.stringContaining('weights of attention together'),
    });
  });

  test.each([
    { reason: 'cut-off' },
    { reason: 'beyond-photos', topic: 'names' },
    { reason: 'unknown-words', words: ['qux'] },
    { reason: 'not-found', names: ['dog'] },
    { reason: 'undecided', answers: ['red', 'blue'] },
    { reason: 'unsure' },
  ])('a doubt of kind $reason is read', async (doubt) => {
    const text = await altered(['answers', 0, 'confidence'], { chance: 0.4, doubt });
    expect((await parseRecording(text)).answers[0]!.confidence).toEqual({ chance: 0.4, doubt });
  });
});
