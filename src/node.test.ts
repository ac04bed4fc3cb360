// @vitest-environment node
/** The entry of Node on the small pack: from a folder, from the web, and one call at a time. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveStatic } from './cli/serve-static.ts';
import { loadVqa, parseRecording, playRecording, probe, writeRecording, type Vqa } from './node.ts';
import { recordFake } from './recording/recording-fixture.ts';

const FIXTURES = fileURLToPath(new URL('../models/fixtures/', import.meta.url));
const OPENING_TIMEOUT_MS = 60_000;

/** Wider than high. */
async function photoFile(): Promise<Blob> {
  const png = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#b22' } })
    .png()
    .toBuffer();
  return new Blob([new Uint8Array(png)]);
}

describe('a pack without a golden case, whose names are not those of its graphs', () => {
  test.each(['objects', 'attributes', 'answers'] as const)(
    'labels.%s one too short is an error',
    { timeout: OPENING_TIMEOUT_MS },
    async (list) => {
      const folder = await mkdtemp(join(tmpdir(), 'vqa-labels-'));
      await cp(`${FIXTURES}tiny-pack`, folder, { recursive: true });
      const path = join(folder, 'pack.json');
      const pack: { golden?: object; labels: Record<string, string[]> } = JSON.parse(
        await readFile(path, 'utf8'),
      );
      delete pack.golden;
      pack.labels[list]?.pop();
      await writeFile(path, JSON.stringify(pack));
      const vqa = await loadVqa({ pack: folder });
      const answered = vqa.detect(await photoFile()).then((photo) => photo.ask('what is this?'));
      await expect(answered).rejects.toMatchObject({
        code: 'pack-invalid',
        message: expect.stringMatching(
          new RegExp(`^labels\\.${list} is a list of \\d+, must be one of`, 'u'),
        ),
      });
      vqa.close();
      await rm(folder, { recursive: true });
    },
  );
});

describe('the SDK in Node', () => {
  let vqa: Vqa;

  beforeAll(async () => {
    vqa = await loadVqa({ pack: `${FIXTURES}tiny-pack` });
  }, OPENING_TIMEOUT_MS);

  afterAll(() => vqa.close());

  test('answers in the order in which it was asked, and only what was not cancelled', async () => {
    const photo = await vqa.detect(await photoFile());
    const leaving = new AbortController();
    const asked = [
      photo.ask('what color is it?'),
      photo.ask('is it red?', { signal: leaving.signal }),
      photo.ask('what is this?'),
    ];
    leaving.abort();
    const [first, second, third] = await Promise.allSettled(asked);
    expect(first).toMatchObject({ status: 'fulfilled', value: { question: 'what color is it?' } });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    expect(third).toMatchObject({ status: 'fulfilled', value: { question: 'what is this?' } });
  });

  test(
    'takes the same pack from the web, with the same answers',
    async () => {
      const server = await serveStatic({ mounts: [{ path: '/', folder: FIXTURES }], isolated: false });
      try {
        const stages = new Set<string>();
        const fromWeb = await loadVqa({
          pack: `${server.url}tiny-pack/`,
          cache: false,
          onProgress: ({ stage }) => stages.add(stage),
        });
        const file = await photoFile();
        const question = 'what color is it?';
        const [here, there] = [await vqa.detect(file), await fromWeb.detect(file)];
        expect((await there.ask(question)).answers).toEqual((await here.ask(question)).answers);
        expect([...stages]).toEqual(['download', 'open', 'self-test']);
        fromWeb.close();
      } finally {
        await server.close();
      }
    },
    OPENING_TIMEOUT_MS,
  );

  test(
    'probes the pack: its self-test, its times and its memory',
    async () => {
      const report = await probe({ pack: `${FIXTURES}tiny-pack` });
      expect(report.backend).toBe('wasm');
      expect(report.selfTest?.passed).toBe(true);
      expect(report.selfTest?.error).toBeLessThanOrEqual(report.selfTest!.tolerance);
      expect(report.expected.detectMs).toBeGreaterThan(0);
      expect(report.expected.askMs).toBeGreaterThan(0);
      expect(report.memory.packBytes).toBeGreaterThan(1000);
      expect(report.memory.usedBytes).toBeGreaterThan(report.memory.packBytes);
    },
    OPENING_TIMEOUT_MS,
  );

  test('plays a recording without any models', async () => {
    const recording = await parseRecording(await writeRecording(await recordFake(['Where?'])));
    const played = await playRecording(recording);
    const photo = await played.detect(new Blob());
    expect((await photo.ask('Where?')).answers[0]?.answer).toBe('brown');
    await expect(photo.ask('Why?')).rejects.toMatchObject({ code: 'not-recorded' });
    played.close();
  });

  test('says where it looked for a pack that is not there', async () => {
    await expect(loadVqa({ pack: `${FIXTURES}no-pack` })).rejects.toMatchObject({ code: 'pack-missing' });
  });
});
