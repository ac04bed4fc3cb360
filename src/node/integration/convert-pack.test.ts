/** Small checkpoints in the published layout become packs, which answer as transformers does. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../checkpoint/byte-source.ts';
import { createMemoryFolder, type MemoryFolder } from '../../convert/folder/memory-folder.ts';
import { makePack, type GivenFile, type MakePackParams } from '../../convert/make-pack.ts';
import { loadRecipe } from '../../convert/recipe/parse-recipe.ts';
import { VqaError } from '../../core/errors.ts';
import { JsonField } from '../../core/json-field.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { tensor } from '../../core/tensor.ts';
import type { MakeProgress, Precision } from '../../core/published.ts';
import { encodeLanguage } from '../../engine/lxmert/encode-language.ts';
import { encodeScene } from '../../engine/lxmert/encode-scene.ts';
import { openGraphs, releaseGraphs } from '../../engine/pack/pack-graphs.ts';
import { predictAnswer } from '../../engine/lxmert/predict-answer.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { SMALL_LXMERT, smallHubFile, smallPublishedFile } from '../testing/small-published.ts';

const BASE = 'https://page.test/published/';
const DETECTOR_ON_HUB = 'unc-nlp/frcnn-vg-finetuned/resolve/main/pytorch_model.bin';

const read = (url: string): Promise<Uint8Array<ArrayBuffer>> => {
  const file = smallPublishedFile(url.slice(BASE.length));
  return file ? Promise.resolve(new Uint8Array(file)) : Promise.reject(new Error(`${url} is not there`));
};

const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(SMALL_LXMERT, name)));

const given = (name: string, content: Uint8Array<ArrayBuffer>): GivenFile => ({
  kind: 'file',
  sources: [bytesSource(name, content)],
  identity: `${name} ${createHash('sha256').update(content).digest('hex')}`,
});

const detector = given('detector.bin', new Uint8Array(smallHubFile(DETECTOR_ON_HUB)!));

interface Making {
  readonly weights?: MakePackParams['weights'];
  readonly texts?: MakePackParams['texts'];
  readonly precision?: Precision;
  readonly folder?: MemoryFolder;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MakeProgress) => void;
}

async function make({
  weights = {},
  texts = {},
  precision = 'fp32',
  folder = createMemoryFolder(),
  signal,
  onProgress,
}: Making): Promise<{ readonly pack: ModelPack; readonly folder: MemoryFolder }> {
  const recipe = await loadRecipe(`${BASE}lxmert-vqa/recipe.json`, read);
  const lxmert = given('pytorch_model.bin', fixture('pytorch_model.zip.bin'));
  const environment = { read, fetch, hubUrls: ['https://hub.test'], downloads: createMemoryFolder(), folder };
  await makePack({ recipe, precision, weights: { lxmert, detector, ...weights }, texts }, environment, {
    signal,
    onProgress,
  });
  return { pack: parsePackText(new TextDecoder().decode(folder.files.get('pack.json'))), folder };
}

const golden = new JsonField(JSON.parse(readFileSync(join(SMALL_LXMERT, 'golden.json'), 'utf8')), 'golden');

/** Logits of the golden question over the golden regions. */
async function answer(pack: ModelPack, folder: MemoryFolder): Promise<readonly number[]> {
  const runtime = openNodeRuntime(1);
  const readFile = (path: string): Promise<Uint8Array> => Promise.resolve(folder.files.get(path)!);
  const graphs = await openGraphs(runtime, pack, readFile);
  const boxes = golden.at('boxes').items();
  const size = pack.lxmert.featureSize;
  const features = Float32Array.from({ length: boxes.length * size }, (_, i) => 2 + 2 * Math.sin(0.37 * i));
  const vision = await encodeScene(graphs.vision, {
    features: tensor<readonly ['region', 'feature']>([boxes.length, size], features),
    boxes: tensor<readonly ['region', 'box']>(
      [boxes.length, 4],
      Float32Array.from(boxes.flatMap((box) => box.numbers(4))),
    ),
  });
  const language = await encodeLanguage(graphs.language, Int32Array.from(golden.at('tokenIds').numbers()));
  const { logits } = await predictAnswer(graphs.cross, { language, vision });
  await releaseGraphs(graphs);
  return [...logits.data];
}

function largestDifference(found: readonly number[], wanted: readonly number[]): number {
  expect(found).toHaveLength(wanted.length);
  return Math.max(...found.map((value, index) => Math.abs(value - wanted[index]!)));
}

describe('a made pack', () => {
  it.each(['pytorch_model.zip.bin', 'pytorch_model.stream.bin', 'model.safetensors'])(
    'from %s answers as transformers does',
    async (file) => {
      const { pack, folder } = await make({ weights: { lxmert: given(file, fixture(file)) } });
      const wanted = golden.at('models').at('config.json').at('logits').numbers();
      expect(largestDifference(await answer(pack, folder), wanted)).toBeLessThan(1e-3);
    },
  );

  it.each(['fp16', 'int8'] as const)('in %s answers as the same weights do in Python', async (precision) => {
    const { pack, folder } = await make({ precision });
    const wanted = golden.at('stored').at(precision).numbers();
    expect(largestDifference(await answer(pack, folder), wanted)).toBeLessThan(1e-3);
  });

  it('lists its files with their sizes and hashes, and says where its weights came from', async () => {
    const { pack, folder } = await make({ precision: 'int8' });
    for (const { path, bytes, sha256 } of pack.files) {
      const content = folder.files.get(path)!;
      expect(content, path).toHaveLength(bytes);
      expect(createHash('sha256').update(content).digest('hex'), path).toBe(sha256);
    }
    expect([...folder.files.keys()].toSorted()).toEqual(
      ['pack.json', ...pack.files.map(({ path }) => path)].toSorted(),
    );
    expect(pack.provenance.startWeights.map(({ name }) => name)).toEqual([
      'pytorch_model.bin',
      'detector.bin',
    ]);
    expect(pack).toMatchObject({ id: 'lxmert-vqa-own-int8', golden: null });
    expect(pack.lxmert).toMatchObject({
      hiddenSize: 24,
      heads: 3,
      languageLayers: 2,
      visionLayers: 1,
      crossLayers: 3,
    });
    // The first published answer is an empty text, which nobody could read.
    expect(pack.labels.answers.slice(0, 2)).toEqual(['(no answer)', 'yes']);
  });

  it('comes out of weights of another lineage alike', async () => {
    const original = fixture('model.safetensors');
    const length = Number(new DataView(original.buffer, original.byteOffset).getBigUint64(0, true));
    const header = new TextDecoder().decode(original.subarray(8, 8 + length));
    const renamed = header
      .replaceAll('"lxmert.', '"module.bert.')
      .replaceAll('"answer_head.logit_fc.', '"module.logit_fc.');
    const head = new TextEncoder().encode(renamed);
    const content = new Uint8Array(original.length - length + head.length);
    new DataView(content.buffer).setBigUint64(0, BigInt(head.length), true);
    content.set(head, 8);
    content.set(original.subarray(8 + length), 8 + head.length);
    const plain = await make({});
    const other = await make({ weights: { lxmert: given('BEST.safetensors', content) } });
    expect(other.pack.files).toEqual(plain.pack.files);
  });
});

describe('making a pack', () => {
  it('counts to the end without falling', async () => {
    const seen: MakeProgress[] = [];
    await make({ onProgress: (progress) => seen.push(progress) });
    const done = seen.map(({ doneBytes, totalBytes }) => doneBytes / totalBytes);
    expect(done).toEqual(done.toSorted((left, right) => left - right));
    expect(done.at(-1)).toBe(1);
  });

  it('goes on after it was stopped, without writing finished graphs again', async () => {
    const folder = createMemoryFolder();
    const controller = new AbortController();
    const stopAt = (progress: MakeProgress) => {
      if (progress.subject === 'lxmert-language.onnx' && progress.stage === 'convert') controller.abort();
    };
    await expect(make({ folder, signal: controller.signal, onProgress: stopAt })).rejects.toThrow(/abort/u);
    expect(folder.files.has('pack.json')).toBe(false);
    const backbone = folder.files.get('detector-backbone-1.weights-0.bin');
    expect(backbone).toBeDefined();
    const { pack } = await make({ folder });
    expect(folder.files.get('detector-backbone-1.weights-0.bin')).toBe(backbone);
    const fresh = await make({});
    expect(pack.files).toEqual(fresh.pack.files);
    expect(folder.files.has('making.json')).toBe(false);
  });

  it('starts over with other weights', async () => {
    const folder = createMemoryFolder();
    const controller = new AbortController();
    const stopAt = ({ subject }: MakeProgress) => {
      if (subject === 'lxmert-vision.onnx') controller.abort();
    };
    await expect(make({ folder, signal: controller.signal, onProgress: stopAt })).rejects.toThrow(/abort/u);
    const backbone = folder.files.get('detector-backbone-1.weights-0.bin');
    const other = given('other.bin', new Uint8Array(smallHubFile(DETECTOR_ON_HUB)!));
    await make({ folder, weights: { detector: other } });
    expect(folder.files.get('detector-backbone-1.weights-0.bin')).not.toBe(backbone);
  });

  it('says when there is no room, and keeps what it has', async () => {
    const folder = createMemoryFolder(300_000);
    await expect(make({ folder })).rejects.toMatchObject({ code: 'storage-full' });
    expect(folder.files.has('detector-backbone-1.weights-0.bin')).toBe(true);
  });
});

const config = (changes: object): string =>
  JSON.stringify({ ...JSON.parse(readFileSync(join(SMALL_LXMERT, 'config.json'), 'utf8')), ...changes });

/** What a checkpoint that does not fit is told. */
async function mismatch(making: Making): Promise<string> {
  const error: unknown = await make(making).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VqaError)) throw new Error(`was ${String(error)}`);
  expect(error.code).toBe('checkpoint-mismatch');
  return error.message;
}

describe('refuses', () => {
  it('the detector in place of the LXMERT', async () => {
    expect(await mismatch({ weights: { lxmert: detector } })).toMatch(
      'give the two files the other way round',
    );
  });

  it('weights of another shape than config.json says', async () => {
    expect(await mismatch({ texts: { configuration: config({ intermediate_size: 48 }) } })).toMatch(
      /has \d+ parameters of another shape: lxmert\.\S+ is 40, must be 48; lxmert\.\S+ is 40×24, must be 48×24; .*; \d+ more/u,
    );
  });

  it.each([
    [{ l_layers: 3 }, 'config.json says 3 language layers, and pytorch_model.bin has 2.'],
    [{ hidden_act: 'relu' }, 'config.json says hidden_act is "relu"; only gelu is supported.'],
    [
      { num_attention_heads: 5 },
      'pytorch_model.bin has 5 heads for 24 hidden numbers, which they cannot share.',
    ],
    [
      { visual_feat_dim: 2048 },
      'Faster R-CNN, Visual Genome gives a featureSize of 64, and the weights for LXMERT, VQA v2 take 2048.',
    ],
  ])('config.json with %j', async (changes, message) => {
    expect(await mismatch({ texts: { configuration: config(changes) } })).toBe(message);
  });

  it.each([
    [{ answers: '["yes", "no"]' }, 'The weights choose among 9 answers, and 2 names of answers are known'],
    [{ answers: '{"yes": 1}' }, 'your answers is no list of names'],
    [{ answers: '[1, 2]' }, 'your answers is no list of names'],
    [{ vocabulary: 'a\nb\n' }, 'your vocabulary has no [PAD], [UNK], [CLS], [SEP], [MASK]'],
    [{ configuration: 'x' }, 'config.json is not JSON.'],
  ])('texts %j', async (texts, message) => {
    expect(await mismatch({ texts })).toContain(message);
  });

  it('weights that half precision does not hold', async () => {
    const content = fixture('model.safetensors');
    // The last numbers of the file belong to some weight; no weight may become infinite without a word.
    new Float32Array(content.buffer, content.length - 400, 100).fill(1e6);
    await expect(
      make({ precision: 'fp16', weights: { lxmert: given('model.safetensors', content) } }),
    ).rejects.toMatchObject({ code: 'checkpoint-unsupported' });
  });
});

it('takes names of answers out of config.json', async () => {
  const id2label = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index, `answer ${index}`]));
  const { pack } = await make({ texts: { configuration: config({ id2label }) } });
  expect(pack.labels.answers).toEqual(Object.values(id2label));
});
