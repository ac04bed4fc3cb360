/**
 * Explanations over a made pack through the page's engine, against transformers' LXMERT and PyTorch's autograd
 * (models/published/lxmert_fixtures.py): fp32 and fp16, hidden words and regions as padding, and bytes without gradients.
 */
import { describe, expect, it, vi } from 'vitest';
import type { MemoryFolder } from '../../convert/folder/memory-folder.ts';
import type { Engine, LoadReport } from '../../core/engine.ts';
import type { JsonField } from '../../core/json-field.ts';
import { packFile, parsePackText } from '../../core/pack/parse-pack.ts';
import { PRECISIONS, type Precision } from '../../core/published.ts';
import { tensor } from '../../core/tensor.ts';
import type { AttentionMaps, BoundingBox } from '../../core/types.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import type { KeptRegions } from '../../engine/detect/region-record.ts';
import { NO_REGION_STORE } from '../../engine/detect/region-store.ts';
import { goldenLxmert as golden, makeSmallLxmert, smallLxmertText } from '../testing/small-lxmert.ts';

const TOLERANCE = 1e-4;
const MAKING_TIMEOUT_MS = 120_000;
vi.setConfig({ testTimeout: MAKING_TIMEOUT_MS });
const QUESTION = golden.at('question').text();
const MODULES = {
  language: 'language',
  vision: 'vision',
  textToRegion: 'text_to_region',
  regionToText: 'region_to_text',
  textSelf: 'text_self',
  regionSelf: 'region_self',
} as const satisfies Record<keyof AttentionMaps, string>;

const RECIPES = {
  'config.json': { recipe: 'lxmert-vqa', weights: 'model.safetensors' },
  'pretraining.config.json': { recipe: 'lxmert-base', weights: 'pretraining.safetensors' },
} as const;

/** The golden regions as if they had been found in a photo before. */
function keptRegions(featureSize: number, classes: number): KeptRegions {
  const boxes = golden
    .at('boxes')
    .items()
    .map((box) => box.numbers(4));
  const features = Float32Array.from(
    { length: boxes.length * featureSize },
    (_, index) => 2 + 2 * Math.sin(index * 0.37),
  );
  return {
    size: { width: 96, height: 64 },
    notices: [],
    regions: boxes.map((corners) => ({ box: boxOf(corners), label: 'thing', score: 0.5, attributes: [] })),
    features: {
      features: tensor<readonly ['region', 'feature']>([boxes.length, featureSize], features),
      boxes: tensor<readonly ['region', 'box']>([boxes.length, 4], Float32Array.from(boxes.flat())),
    },
    classScores: tensor<readonly ['region', 'class']>(
      [boxes.length, classes],
      new Float32Array(boxes.length * classes),
    ),
  };
}

function boxOf([xmin = 0, ymin = 0, xmax = 0, ymax = 0]: readonly number[]): BoundingBox {
  return { xmin, ymin, xmax, ymax };
}

async function load({
  files,
}: MemoryFolder): Promise<{ readonly engine: Engine; readonly report: LoadReport }> {
  const pack = parsePackText(new TextDecoder().decode(files.get('pack.json')));
  const { lxmert, labels } = pack;
  const kept = keptRegions(lxmert.featureSize, labels.objects.length);
  const engine = createEngine({
    readPixels: () => Promise.reject(new Error('the regions are kept')),
    openRuntime: () => Promise.resolve(openNodeRuntime(1)),
    findGpu: () => Promise.resolve({ gpu: 'none', because: 'this is a test' }),
    regionStore: { ...NO_REGION_STORE, read: () => Promise.resolve(kept) },
    packStore: {
      fetch: () =>
        Promise.resolve({
          pack,
          files,
          storage: 'memory',
          fetchLater: (path) => Promise.resolve(files.get(packFile(pack, path).path)!),
        }),
      inspect: () => Promise.resolve({ status: 'refused' }),
      clear: () => Promise.resolve(),
    },
  });
  const report = await engine.load({ packUrl: 'memory:///', backend: 'wasm' });
  await engine.detect({ imageId: 'photo', image: new Blob(['a photo']) });
  return { engine, report };
}

const making = new Map<string, ReturnType<typeof load>>();

/** Made once for all cases. */
function made(configuration: keyof typeof RECIPES, precision: Precision): ReturnType<typeof load> {
  const key = `${configuration} ${precision}`;
  const begun =
    making.get(key) ??
    makeSmallLxmert({
      ...RECIPES[configuration],
      precision,
      configuration: smallLxmertText(configuration),
    }).then(load);
  making.set(key, begun);
  return begun;
}

function largestDifference(found: ArrayLike<number> | undefined, expected: readonly number[]): number {
  expect(found?.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - (found?.[i] ?? Infinity))));
}

const cases = golden.at('explained').items();
const nameOf = (item: JsonField): string =>
  `${item.at('configuration').text()}, ${item.at('precision').text()}, ${item.at('hiddenTokens').items().length} words hidden`;

describe.each(cases.map((item) => [nameOf(item), item] as const))('%s', (_, item) => {
  it('is explained as by autograd over transformers', async () => {
    const precision = item.at('precision').oneOf(PRECISIONS);
    const { engine, report } = await made(
      item.at('configuration').oneOf(['config.json', 'pretraining.config.json']),
      precision,
    );
    const { answers } = report.pack.labels;
    const against = answers[item.at('against').number()];
    const found = await engine.explain({
      imageId: 'photo',
      question: QUESTION,
      method: 'relevance',
      answer: answers[item.at('answer').number()]!,
      ...(against !== undefined && { against }),
      change: {
        hiddenRegions: item.at('hiddenRegions').numbers(),
        hiddenTokens: item.at('hiddenTokens').numbers(),
      },
    });
    expect(Math.abs(found.logit - item.at('logit').number())).toBeLessThan(TOLERANCE);
    expect(largestDifference(found.regions, item.at('regions').numbers())).toBeLessThan(TOLERANCE);
    // [SEP] is no evidence: the engine leaves it out.
    const tokens = [...item.at('tokens').numbers().slice(0, -1), 0];
    expect(Math.max(...tokens)).toBeGreaterThan(100 * TOLERANCE);
    expect(largestDifference(found.tokens, tokens)).toBeLessThan(TOLERANCE);
    if (item.at('gradients').value === undefined) return;
    for (const [module, name] of Object.entries(MODULES)) {
      const wanted = item.at('gradients').at(name);
      const maps: Readonly<Record<string, AttentionMaps[keyof AttentionMaps]>> = { ...found.gradients! };
      expect(maps[module]?.dims, module).toEqual(wanted.at('dims').numbers());
      const difference = largestDifference(maps[module]?.data, wanted.at('values').numbers());
      expect(difference, module).toBeLessThan(TOLERANCE);
    }
  });
});

/** Softmax over the last axis. */
function softmaxRows({ dims, data }: AttentionMaps[keyof AttentionMaps]): number[] {
  const width = dims[3];
  return Array.from({ length: data.length / width }, (_, row) => {
    const scores = data.subarray(row * width, (row + 1) * width);
    const highest = Math.max(...scores);
    const powers = Array.from(scores, (score) => Math.exp(score - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }).flat();
}

describe('a made pack', () => {
  it('tells of every head what its attention is made of', async () => {
    const { engine, report } = await made('config.json', 'fp32');
    const asked = { imageId: 'photo', question: QUESTION };
    const { attention } = await engine.ask(asked);
    const { scores, values } = await engine.inspectHeads(asked);
    const { hiddenSize, heads } = report.pack.lxmert;
    for (const [module, maps] of Object.entries(scores)) {
      const shown: Readonly<Record<string, AttentionMaps[keyof AttentionMaps]>> = { ...attention };
      expect(largestDifference(shown[module]?.data, softmaxRows(maps)), module).toBeLessThan(TOLERANCE);
    }
    expect(values.textToRegion.dims.slice(-2)).toEqual([5, hiddenSize / heads]);
  });

  it.each(['fp16', 'fp32'] as const)(
    'in %s has no byte of weights more for its gradients',
    async (precision) => {
      const { report } = await made('config.json', precision);
      const { lxmert, externalData = {}, files } = report.pack;
      const lenders = [lxmert.vision, lxmert.language, lxmert.cross].flatMap(
        (graph) => externalData[graph] ?? [],
      );
      expect(new Set(externalData[lxmert.explain!])).toEqual(new Set(lenders));
      expect(files.some(({ path }) => path.startsWith('lxmert-explain.weights'))).toBe(false);
    },
  );

  it('of bytes goes without gradients, and says so when they are asked for', async () => {
    const { engine, report } = await made('config.json', 'int8');
    expect(report.pack.lxmert.explain).toBeUndefined();
    expect(report.abilities.methods).not.toContain('relevance');
    expect(report.abilities.methods).toContain('leave-one-out');
    await expect(
      engine.explain({ imageId: 'photo', question: QUESTION, method: 'relevance' }),
    ).rejects.toMatchObject({ code: 'gradients-missing' });
  });
});
