// @vitest-environment node
/** The committed recordings against the pack that ships: `npm run record -- --samples` makes them anew. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { packHash } from '../../core/pack/pack-hash.ts';
import { parseRecording } from '../../recording/parse-recording.ts';
import type { Recording } from '../../recording/recording.ts';
import { loadNodeEngine } from '../../node/open-node-engine.ts';
import { recordAnswers, type LoadedEngine } from './record-answers.ts';
import { listSamples } from './record-samples.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const OPENING_TIMEOUT_MS = 120_000;
const PHOTO_TIMEOUT_MS = 60_000;

/** In probability: another machine adds up in another order. */
const DIGITS = 2;

const samples = await listSamples(`${ROOT}public/samples`);

describe('the recordings that ship', () => {
  let loaded: LoadedEngine;

  beforeAll(async () => {
    loaded = await loadNodeEngine(`${ROOT}public/packs/everyday`);
  }, OPENING_TIMEOUT_MS);

  test('are there for every sample', () => {
    expect(samples.length).toBeGreaterThan(0);
  });

  test.each(samples)(
    '$id is what the shipped pack answers',
    async ({ file, params }) => {
      const recorded: Recording = await parseRecording(readFileSync(file, 'utf8'));
      expect(recorded.pack.sha256).toBe(packHash(loaded.report.pack.files));
      const computed = await recordAnswers(loaded, { ...params, methods: [] });
      expect(recorded.answers.map(({ question }) => question)).toEqual(params.questions);
      expect(recorded.scene.regions.map(({ label }) => label)).toEqual(
        computed.scene.regions.map(({ label }) => label),
      );
      for (const [index, { answers, attention }] of recorded.answers.entries()) {
        const live = computed.answers[index]!;
        expect(answers[0]!.answer).toBe(live.answers[0]!.answer);
        expect(answers[0]!.score).toBeCloseTo(live.answers[0]!.score, DIGITS);
        expect(attention.textToRegion.dims).toEqual(live.attention.textToRegion.dims);
      }
      expect(recorded.photo.alt).toBe(params.alt);
      expect(recorded.photo.thumbnail?.size).toBeGreaterThan(0);
    },
    PHOTO_TIMEOUT_MS,
  );
});
