import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../core/engine.ts';
import { openNodeEngine } from '../../node/open-node-engine.ts';
import { runEvaluation } from '../../core/evaluation/run-evaluation.ts';
import { photosOf } from './read-questions.ts';

const TINY_PACK = fileURLToPath(new URL('../../../models/fixtures/tiny-pack', import.meta.url));

const ask = (photo: string, question: string, answer: string) => ({
  photo,
  question,
  accepted: [answer],
  kind: null,
});

const OPENING_TIMEOUT_MS = 60_000;

describe('runEvaluation', () => {
  let folder: string;
  let engine: Engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'photos-'));
    const photo = sharp({ create: { width: 90, height: 60, channels: 3, background: '#2a6' } });
    await photo.jpeg().toFile(join(folder, 'green.jpg'));
    await writeFile(join(folder, 'list.jpg'), 'a list of things');
    engine = await openNodeEngine(TINY_PACK, 1);
  }, OPENING_TIMEOUT_MS);

  afterAll(() => rm(folder, { recursive: true }));

  it('looks at each photo once and goes on after a failure', async () => {
    let looks = 0;
    const counting: Engine = {
      ...engine,
      detect(params, options) {
        looks += 1;
        return engine.detect(params, options);
      },
    };
    const failures: string[] = [];
    const order: string[] = [];
    const evaluated = await runEvaluation(
      counting,
      [
        ask('green.jpg', 'What is it?', 'anything'),
        ask('missing.jpg', 'What is it?', 'dog'),
        ask('list.jpg', 'What is it?', 'dog'),
        ask('green.jpg', '', 'dog'),
        ask('green.jpg', 'Is it green?', 'no'),
      ],
      {
        readPhoto: photosOf(folder),
        onAnswer: ({ photo }) => void order.push(photo),
        onFailure: (subject, reason) => failures.push(`${subject}: ${reason}`),
      },
    );
    expect(looks).toBe(2);
    expect(order).toEqual(['green.jpg', 'green.jpg', 'green.jpg', 'missing.jpg', 'list.jpg']);
    expect(failures).toEqual([
      'green.jpg: : question-empty: The question is empty.',
      'missing.jpg: the photo cannot be read',
      'list.jpg: image-unreadable: The file is a text file, not an image.',
    ]);
    expect(evaluated.map(({ question }) => question)).toEqual([
      'What is it?',
      'What is it?',
      'What is it?',
      '',
      'Is it green?',
    ]);
    expect(evaluated.map(({ top }) => top.length)).toEqual([5, 0, 0, 0, 5]);
    expect(evaluated.map(({ correct }) => correct).slice(0, 4)).toEqual([false, false, false, false]);
    const [first] = evaluated;
    expect(first?.predicted).toBe(first?.top[0]?.answer);
  });
});
