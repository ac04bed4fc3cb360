import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DetectProgress, Engine } from '../core/engine.ts';
import type { VqaErrorCode } from '../core/errors.ts';
import { openNodeEngine } from './open-node-engine.ts';

const TINY_PACK = fileURLToPath(new URL('../../models/fixtures/tiny-pack', import.meta.url));
const WIDTH = 120;
const HEIGHT = 80;

/** Wider than high, with every corner in another colour. */
const photo = sharp(
  Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, (_, i) => {
    const x = Math.floor(i / 3) % WIDTH;
    const y = Math.floor(i / 3 / WIDTH);
    return [(255 * x) / WIDTH, (255 * y) / HEIGHT, 40][i % 3] ?? 0;
  }),
  { raw: { width: WIDTH, height: HEIGHT, channels: 3 } },
);

async function blobOf(image: Sharp): Promise<Blob> {
  return new Blob([new Uint8Array(await image.toBuffer())]);
}

const code = (expected: VqaErrorCode) => expect.objectContaining({ code: expected });

const OPENING_TIMEOUT_MS = 60_000;

describe('the engine on the tiny pack', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await openNodeEngine(TINY_PACK, 1);
  }, OPENING_TIMEOUT_MS);

  it('finds regions inside the photo, best first', async () => {
    const stages: DetectProgress['stage'][] = [];
    const scene = await engine.detect(
      { imageId: 'one', image: await blobOf(photo.clone().png()) },
      { onProgress: ({ stage }) => stages.push(stage) },
    );
    expect(scene.imageId).toBe('one');
    expect(scene.size).toEqual({ width: WIDTH, height: HEIGHT });
    expect(scene.notices).toEqual([]);
    expect(stages).toEqual(['read', 'propose', 'classify', 'encode']);
    expect(scene.regions.length).toBeGreaterThan(0);
    expect(scene.regions.length).toBeLessThanOrEqual(36);
    for (const { box, label, score } of scene.regions) {
      expect(label).not.toBe('');
      expect(score).toBeGreaterThan(0);
      for (const edge of Object.values(box)) expect(edge).toBe(Math.min(1, Math.max(0, edge)));
    }
    for (const ms of Object.values(scene.timings)) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('answers with probabilities, and attention whose rows sum to 1', async () => {
    const { regions } = await engine.detect({ imageId: 'two', image: await blobOf(photo.clone().png()) });
    const question = 'What is on the left?';
    const prediction = await engine.ask({ imageId: 'two', question });
    expect(prediction.tokens.map(({ text }) => text)).toEqual([
      '[CLS]',
      'what',
      'is',
      'on',
      'the',
      'left',
      '?',
      '[SEP]',
    ]);
    expect(prediction.answers).toHaveLength(10);
    const scores = prediction.answers.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));

    const sizes = { token: prediction.tokens.length, region: regions.length };
    const rows = {
      language: 'token',
      vision: 'region',
      textToRegion: 'region',
      regionToText: 'token',
      textSelf: 'token',
      regionSelf: 'region',
    } as const;
    for (const [name, keys] of Object.entries(rows)) {
      const map = Object.entries(prediction.attention).find(([key]) => key === name)?.[1];
      expect(map?.dims.at(-1), name).toBe(sizes[keys]);
      const row = map?.data.subarray(-sizes[keys]) ?? [];
      expect(
        [...row].reduce((sum, share) => sum + share, 0),
        name,
      ).toBeCloseTo(1, 4);
    }
    expect(prediction.attention.textToRegion.dims.slice(2)).toEqual([sizes.token, sizes.region]);
  });

  it('gives each prediction attention of its own, to be moved away', async () => {
    await engine.detect({ imageId: 'three', image: await blobOf(photo.clone().png()) });
    const first = await engine.ask({ imageId: 'three', question: 'Is it red?' });
    const kept = first.attention.vision.data.slice();
    structuredClone(first.attention, { transfer: [first.attention.vision.data.buffer] });
    const second = await engine.ask({ imageId: 'three', question: 'Is it red?' });
    expect(second.attention.vision.data).toEqual(kept);
    expect(second.answers).toEqual(first.answers);
  });

  it('sees the same photo through EXIF orientation, bit by bit', async () => {
    const upright = await engine.detect({ imageId: 'up', image: await blobOf(photo.clone().png()) });
    const turned = await blobOf(photo.clone().rotate(-90).png().withMetadata({ orientation: 6 }));
    const scene = await engine.detect({ imageId: 'turned', image: turned });
    expect(scene.size).toEqual(upright.size);
    expect(scene.regions).toEqual(upright.regions);
  });

  it('puts transparency on white and says so', async () => {
    const clear = sharp({
      create: { width: 50, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    });
    const white = sharp({ create: { width: 50, height: 40, channels: 3, background: '#fff' } });
    const seen = await engine.detect({ imageId: 'clear', image: await blobOf(clear.png()) });
    expect(seen.notices).toEqual(['transparency-on-white']);
    expect(seen.regions).toEqual(
      (await engine.detect({ imageId: 'white', image: await blobOf(white.png()) })).regions,
    );
  });

  it('looks at a photo of one pixel', async () => {
    const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#f00' } });
    const scene = await engine.detect({ imageId: 'dot', image: await blobOf(dot.png()) });
    expect(scene.size).toEqual({ width: 1, height: 1 });
  });

  it('refuses with codes', async () => {
    const image = await blobOf(photo.clone().png());
    await engine.detect({ imageId: 'four', image });
    await expect(engine.ask({ imageId: 'other', question: 'Is it red?' })).rejects.toEqual(
      code('image-forgotten'),
    );
    await expect(engine.ask({ imageId: 'four', question: ' ' })).rejects.toEqual(code('question-empty'));
    await expect(engine.ask({ imageId: 'four', question: '狗' })).rejects.toEqual(
      code('question-unknown-words'),
    );
    await expect(engine.ask({ imageId: 'four', question: 'red '.repeat(200) })).rejects.toEqual(
      code('question-too-long'),
    );
    await expect(engine.detect({ imageId: 'five', image: new Blob([]) })).rejects.toEqual(
      code('image-empty'),
    );
    await expect(engine.detect({ imageId: 'five', image: image.slice(0, 90) })).rejects.toEqual(
      code('image-truncated'),
    );
    await engine.forget({ imageId: 'four' });
    await expect(engine.ask({ imageId: 'four', question: 'Is it red?' })).rejects.toEqual(
      code('image-forgotten'),
    );
  });

  it('stops when cancelled, and works again', async () => {
    const image = await blobOf(photo.clone().png());
    const controller = new AbortController();
    const detecting = engine.detect(
      { imageId: 'six', image },
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          if (stage === 'propose') controller.abort();
        },
      },
    );
    await expect(detecting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(engine.ask({ imageId: 'six', question: 'Is it red?' })).rejects.toMatchObject({
      code: 'image-forgotten',
    });
    await engine.detect({ imageId: 'six', image });
    expect((await engine.ask({ imageId: 'six', question: 'Is it red?' })).answers).toHaveLength(10);
  });

  it('says which pack is not there', async () => {
    await expect(openNodeEngine(`${TINY_PACK}-gone`)).rejects.toMatchObject({ code: 'pack-missing' });
  });
});
