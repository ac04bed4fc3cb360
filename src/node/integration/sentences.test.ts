/** Sentences about photos, over the tiny pack: its weights are random, so only what any pack must do is tested. */
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../core/engine.ts';
import { openNodeEngine } from '../open-node-engine.ts';

const TINY_PACK = fileURLToPath(new URL('../../../models/fixtures/tiny-pack', import.meta.url));
const photoOf = (name: string): Blob =>
  new Blob([readFileSync(new URL(`../../../public/samples/${name}.jpg`, import.meta.url))]);
const OPENING_TIMEOUT_MS = 60_000;

let engine: Engine;

beforeAll(async () => {
  engine = await openNodeEngine(TINY_PACK, 1);
  await engine.detect({ imageId: 'coffee', image: photoOf('coffee') });
  await engine.detect({ imageId: 'cat', image: photoOf('cat') });
}, OPENING_TIMEOUT_MS);

describe('match', () => {
  it('gives the same probability each time, and another for another photo', async () => {
    const text = 'a dog on a table';
    const first = await engine.match({ imageId: 'coffee', text });
    expect(first.score).toBeGreaterThan(0);
    expect(first.score).toBeLessThan(1);
    expect(await engine.match({ imageId: 'coffee', text })).toEqual(first);
    expect((await engine.match({ imageId: 'cat', text })).score).not.toBe(first.score);
  });

  it('says which tokens were not read', async () => {
    const { overflow } = await engine.match({ imageId: 'cat', text: 'red '.repeat(40).trim() });
    expect(overflow.map(({ text }) => text)).toEqual(Array.from({ length: 22 }, () => 'red'));
  });

  it('refuses what it cannot read or has not seen', async () => {
    await expect(engine.match({ imageId: 'cat', text: ' ' })).rejects.toMatchObject({
      code: 'question-empty',
    });
    await expect(engine.match({ imageId: 'gone', text: 'a dog' })).rejects.toMatchObject({
      code: 'image-forgotten',
    });
  });
});

describe('compare', () => {
  it('tells left from right', async () => {
    const statement = 'the left photo has a dog';
    const there = await engine.compare({ left: 'coffee', right: 'cat', statement });
    const back = await engine.compare({ left: 'cat', right: 'coffee', statement });
    expect(there).toMatchObject({ left: 'coffee', right: 'cat', statement, overflow: [] });
    expect(there.score).not.toBe(back.score);
  });
});

describe('fillIn', () => {
  it('gives words for every mask, where it stands in the text', async () => {
    const text = 'a [MASK] on the [MASK]';
    const { masks } = await engine.fillIn({ imageId: 'coffee', text });
    expect(masks.map(({ start, end }) => text.slice(start, end))).toEqual(['[MASK]', '[MASK]']);
    for (const { words } of masks) {
      expect(words).toHaveLength(10);
      const scores = words.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(words.every(({ word }) => /^[a-z0-9]/u.test(word))).toBe(true);
    }
  });

  it('asks for a mask, and for words beside it', async () => {
    await expect(engine.fillIn({ imageId: 'cat', text: 'a dog' })).rejects.toMatchObject({
      code: 'sentence-without-mask',
    });
    await expect(engine.fillIn({ imageId: 'cat', text: '[MASK]' })).rejects.toMatchObject({
      code: 'question-unknown-words',
    });
  });

  it('leaves a typed mask of a question as text', async () => {
    const { tokens } = await engine.ask({ imageId: 'cat', question: 'is a [MASK] red' });
    expect(tokens.filter(({ kind }) => kind === 'special')).toHaveLength(2);
  });
});

describe('guessRegions', () => {
  it('guesses each hidden region, by falling score, and finds the nearest thing of each name', async () => {
    const { guesses, tokens } = await engine.guessRegions({
      imageId: 'coffee',
      regions: [3, 0],
      text: 'a red cup',
    });
    expect(guesses.map(({ region }) => region)).toEqual([3, 0]);
    expect(tokens.map(({ text }) => text)).toContain('red');
    for (const { labels, attributes, nearest, likeness } of guesses) {
      expect(labels.map(({ score }) => score)).toEqual(
        labels.map(({ score }) => score).toSorted((a, b) => b - a),
      );
      expect(attributes).toHaveLength(5);
      expect(Math.abs(likeness)).toBeLessThanOrEqual(1);
      const names = nearest.map(({ label }) => label);
      expect(new Set(names).size).toBe(names.length);
      expect(nearest.some(({ imageId, region }) => imageId === 'coffee' && [0, 3].includes(region))).toBe(
        false,
      );
    }
  });

  it('cannot see what is hidden: the guess of a region is the same whatever it shows, and another with more hidden', async () => {
    const one = await engine.guessRegions({ imageId: 'cat', regions: [2] });
    const more = await engine.guessRegions({ imageId: 'cat', regions: [2], alsoHidden: [0, 1, 3] });
    expect(await engine.guessRegions({ imageId: 'cat', regions: [2] })).toEqual(one);
    expect(more.guesses[0]?.labels).not.toEqual(one.guesses[0]?.labels);
  });

  it('follows a label whatever its rank', async () => {
    const [guess] = (await engine.guessRegions({ imageId: 'cat', regions: [1], follow: ['boat'] })).guesses;
    expect(guess?.followed?.label).toBe('boat');
    expect(guess?.followed?.score).toBeGreaterThan(0);
  });

  it('refuses regions that are not there, and none', async () => {
    await expect(engine.guessRegions({ imageId: 'cat', regions: [99] })).rejects.toMatchObject({
      code: 'change-invalid',
    });
    await expect(engine.guessRegions({ imageId: 'cat', regions: [] })).rejects.toMatchObject({
      code: 'change-invalid',
    });
  });
});

describe('a changed run of a task', () => {
  it('judges a sentence and fills a blank without some regions, or without any', async () => {
    const text = 'a [MASK] on a table';
    const seen = await engine.fillIn({ imageId: 'coffee', text });
    const [best] = seen.masks[0]?.words ?? [];
    const follow = [[best?.word ?? '']];
    const regions = seen.attention.textToRegion.dims[3];
    const hiddenRegions = Array.from({ length: regions }, (_, region) => region);
    const blind = await engine.fillIn({ imageId: 'coffee', text, follow, change: { hiddenRegions } });
    expect(blind.masks[0]?.followed?.[0]?.word).toBe(best?.word);
    expect(blind.masks[0]?.followed?.[0]?.score).not.toBe(best?.score);
    // Without its regions every photo is the same.
    const other = await engine.fillIn({ imageId: 'cat', text, follow, change: { hiddenRegions } });
    expect(other.masks).toEqual(blind.masks);
    const whole = await engine.match({ imageId: 'cat', text: 'a cat' });
    const less = await engine.match({ imageId: 'cat', text: 'a cat', change: { hiddenRegions: [0] } });
    expect(less.score).not.toBe(whole.score);
  });
});

describe('a pack whose heads are missing or damaged', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pack-'));
    await cp(TINY_PACK, folder, { recursive: true });
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('answers questions, and says what is wrong when the head is needed', async () => {
    await rm(join(folder, 'lxmert-matching.onnx'));
    const packJson = join(folder, 'pack.json');
    const text = await readFile(packJson, 'utf8');
    await writeFile(packJson, text.replace(/"twoPhotos": "[^"]+",/u, ''));
    const opened = await openNodeEngine(folder, 1);
    await opened.detect({ imageId: 'cat', image: photoOf('cat') });
    expect((await opened.ask({ imageId: 'cat', question: 'is it red' })).answers).toHaveLength(10);
    await expect(opened.match({ imageId: 'cat', text: 'a cat' })).rejects.toMatchObject({
      code: 'pack-missing',
    });
    await expect(opened.compare({ left: 'cat', right: 'cat', statement: 'two cats' })).rejects.toMatchObject({
      code: 'head-missing',
    });
  }, 60_000);
});
