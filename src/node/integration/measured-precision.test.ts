/** What fewer bits change is measured while a pack is made, on the weights that it is made of. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MeasurePrecision } from '../../convert/examine-pack.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { adviceOf, precisionSentences, type PrecisionMeasures } from '../../core/pack/precision-measures.ts';
import type { MakeProgress, Precision } from '../../core/published.ts';
import { VqaError } from '../../core/errors.ts';
import { measurePrecision } from '../../engine/pack/measure-precision.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { readPixelsNode } from '../read-pixels-node.ts';
import { makeSmallLxmert } from '../testing/small-lxmert.ts';

const MAKING_TIMEOUT_MS = 120_000;

const PHOTO = new URL('../../../models/fixtures/frcnn/tall.png', import.meta.url);

const measure: MeasurePrecision = async (parts, signal) => {
  const { pixels } = await readPixelsNode(new Blob([readFileSync(PHOTO)]));
  return await measurePrecision(openNodeRuntime(1), parts, pixels, signal);
};

/** Takes what is stored for what is exact. */
const itself: MeasurePrecision = ({ pack, readFile }, signal) =>
  measure(
    {
      pack,
      readFile,
      async readExact(path) {
        const weights = [];
        for (const file of pack.externalData?.[path] ?? []) {
          weights.push({ path: file, data: await readFile(file) });
        }
        return { file: await readFile(path), weights };
      },
    },
    signal,
  );

async function made(
  precision: Precision,
  measureWith: MeasurePrecision = measure,
  exactDetector = false,
): Promise<{
  measured: PrecisionMeasures | undefined;
  hashes: ReadonlyMap<string, string>;
  paths: readonly string[];
  stages: Set<string>;
}> {
  const stages = new Set<MakeProgress['stage']>();
  const { files } = await makeSmallLxmert({
    precision,
    exactDetector,
    measure: measureWith,
    onProgress: ({ stage }) => stages.add(stage),
  });
  const pack = parsePackText(new TextDecoder().decode(files.get('pack.json')));
  const hashes = new Map(pack.files.map(({ path, sha256 }) => [path, sha256]));
  return { measured: pack.precision, hashes, paths: [...files.keys()], stages };
}

describe('a pack that is made', () => {
  it(
    'in bytes says what they change, and in halves less',
    async () => {
      const int8 = await made('int8');
      const fp16 = await made('fp16');
      expect(int8.stages).toContain('measure');
      expect(int8.measured?.questions).toBe(10);
      expect(int8.measured?.regions).toBeGreaterThan(0);
      expect(int8.measured?.movedAttention).toBeGreaterThan(0);
      expect(fp16.measured?.movedAttention).toBeLessThan(int8.measured!.movedAttention);
      expect(fp16.measured?.largestDifference).toBeLessThan(int8.measured!.largestDifference);
      // The detector is in halves in both.
      expect(fp16.measured?.sameRegions).toBe(int8.measured?.sameRegions);
      // Single precision was there only to be compared with.
      expect(int8.paths.filter((path) => path.startsWith('exact/'))).toEqual([]);
    },
    MAKING_TIMEOUT_MS,
  );

  it(
    'with a detector in single precision has the detector of one that is in it, and all its regions',
    async () => {
      const single = await made('fp32');
      const exact = await made('int8', measure, true);
      const halves = await made('int8');
      const hashesOf = ({ hashes }: typeof single, part: RegExp) =>
        [...hashes].filter(([path]) => part.test(path));
      const ofDetector = /^(?:detector|roi-head)/u;
      expect(hashesOf(exact, ofDetector)).toEqual(hashesOf(single, ofDetector));
      expect(hashesOf(exact, ofDetector)).not.toEqual(hashesOf(halves, ofDetector));
      expect(hashesOf(exact, /^cross/u)).toEqual(hashesOf(halves, /^cross/u));
      expect(exact.measured?.sameRegions).toBe(exact.measured?.regions);
    },
    MAKING_TIMEOUT_MS,
  );

  it(
    'in single precision has nothing to measure',
    async () => {
      const { measured, stages } = await made('fp32');
      expect(measured).toBeUndefined();
      expect(stages).not.toContain('measure');
    },
    MAKING_TIMEOUT_MS,
  );

  it(
    'differs in nothing from itself',
    async () => {
      const { measured } = await made('int8', itself);
      expect(measured).toMatchObject({
        sameBest: 10,
        sameTopFive: 1,
        largestDifference: 0,
        movedAttention: 0,
        sameRegions: measured?.regions,
      });
    },
    MAKING_TIMEOUT_MS,
  );

  it(
    'is made although a device has no room to measure, and not when the person stops it',
    async () => {
      const full = await made('fp16', () => Promise.reject(new VqaError('storage-full', 'full')));
      expect(full.measured).toBeUndefined();
      expect(full.paths).toContain('pack.json');
      await expect(
        made('fp16', () => Promise.reject(new VqaError('cancelled', 'stopped'))),
      ).rejects.toMatchObject({ code: 'cancelled' });
    },
    MAKING_TIMEOUT_MS,
  );
});

describe('what is said of it', () => {
  const little: PrecisionMeasures = {
    questions: 10,
    sameBest: 9,
    sameTopFive: 0.96,
    largestDifference: 0.02,
    movedAttention: 0.03,
    regions: 36,
    sameRegions: 35,
  };

  it('has no advice where little is lost', () => {
    expect(precisionSentences(little, 'int8')).toEqual([
      'Measured here against single precision: the best answer is the same for 9 of 10 questions, and 96 % of the five best are.',
      'A probability changes by 2 % at most, 3 % of the attention moves, and 35 of 36 regions stay.',
    ]);
  });

  it.each([
    [{ sameBest: 8 }, 'more bits than int8'],
    [{ movedAttention: 0.25 }, 'more bits than int8'],
    [{ sameRegions: 29 }, 'its detector in fp32'],
    [{ sameBest: 8, sameRegions: 29 }, 'more bits than int8'],
  ])('advises with %o', (lost, advice) => {
    expect(adviceOf(little)).toBeNull();
    expect(precisionSentences({ ...little, ...lost }, 'int8').at(-1)).toContain(advice);
  });
});
