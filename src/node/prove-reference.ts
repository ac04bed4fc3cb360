/**
 * Holds the page's engine against what other code found with the same weights (`models/published/write_reference.py`): the
 * regions of each photo, and answers and attention about the regions that the reference found.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readNpz, type StoredArray } from '../checkpoint/read-npz.ts';
import { boxAt, intersectionOverUnion } from '../core/boxes.ts';
import { VqaError } from '../core/errors.ts';
import type { JsonField } from '../core/json-field.ts';
import { readPackJson } from '../core/pack/parse-pack.ts';
import { tensor } from '../core/tensor.ts';
import type { RegionFeatures } from '../core/types.ts';
import { classifyRegions, proposeRegions, type DetectedRegions } from '../engine/detect/detect-regions.ts';
import { encodeLanguage } from '../engine/lxmert/encode-language.ts';
import { createQuestionEncoder } from '../engine/lxmert/encode-question.ts';
import { encodeScene } from '../engine/lxmert/encode-scene.ts';
import { predictAnswer } from '../engine/lxmert/predict-answer.ts';
import { openPackGraph, usingParts, type ReadFile } from '../engine/pack/pack-graphs.ts';
import { preprocessImage } from '../engine/photo/preprocess-image.ts';
import { openNodeRuntime } from '../engine/runtime/open-node-runtime.ts';
import { diskSource } from './disk-folder.ts';
import { folderPackStore } from './folder-pack-store.ts';
import { readPixelsNode } from './read-pixels-node.ts';

/** What two programs agree on. */
export const SAME = { iou: 0.99, cosine: 0.999, difference: 1e-3 } as const;

export interface PhotoProof {
  readonly photo: string;
  readonly regions: number;
  /** With the name and the box of the reference's region at the same place. */
  readonly inPlace: number;
  /** Of the features of those. */
  readonly leastCosine: number;
  readonly agrees: boolean;
}

export interface QuestionProof {
  readonly photo: string;
  readonly question: string;
  readonly hasSameTokens: boolean;
  readonly hasSameBest: boolean;
  /** Largest difference of a logit, and of an attention's probability. */
  readonly logits: number;
  readonly attention: number;
  readonly agrees: boolean;
}

interface Reference {
  readonly photo: string;
  readonly regions: string;
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
}

/** @throws VqaError `pack-…`, `image-…`, or `checkpoint-invalid` for a reference that lacks something */
export async function proveReference(
  folder: string,
  packFolder: string,
  threads: number,
): Promise<{ readonly photos: readonly PhotoProof[]; readonly questions: readonly QuestionProof[] }> {
  const references = readPackJson(
    JSON.parse(await readFile(join(folder, 'reference.json'), 'utf8')),
    'reference',
    (root) => root.at('photos').items().map(referenceOf),
  );
  const fetched = await folderPackStore.fetch(`${pathToFileURL(resolve(packFolder)).href}/`, {});
  const { pack } = fetched;
  const fileOf: ReadFile = async (path) => fetched.files.get(path) ?? (await fetched.fetchLater(path, {}));
  const runtime = openNodeRuntime(threads);
  const use = usingParts(pack, (path) => openPackGraph(runtime, pack, fileOf, path));
  const tokenizer: unknown = JSON.parse(new TextDecoder().decode(await fileOf(pack.tokenizer)));
  const encode = createQuestionEncoder(Object(tokenizer), pack.lxmert.maxTokens);

  const photos: PhotoProof[] = [];
  const questions: QuestionProof[] = [];
  for (const { photo, regions, questions: asked } of references) {
    const { pixels } = await readPixelsNode(new Blob([await readFile(join(folder, photo))]));
    const expected = await arraysOf(folder, regions, ['boxes', 'labels', 'features']);
    const input = preprocessImage(pixels, pack.image);
    const proposals = await use('backbone', (backbone) =>
      proposeRegions(backbone, input, pack.detector, pixels),
    );
    const found = await use('roiHead', (roiHead) => classifyRegions(roiHead, proposals, pack));
    photos.push(comparedRegions(photo, found, expected, pack.labels.objects));
    const scene = await use('vision', (vision) => encodeScene(vision, featuresOf(expected)));
    for (const { question, answer } of asked) {
      const wanted = await arraysOf(folder, answer, ['token_ids', 'logits', ...MAPS]);
      const encoded = encode(question);
      const language = await use('language', (graph) =>
        encodeLanguage(graph, Int32Array.from(wanted('token_ids').data, Number)),
      );
      const { logits, attention } = await use('cross', (cross) =>
        predictAnswer(cross, { language, vision: scene }),
      );
      const maps = { ...attention, language: language.attention, vision: scene.attention };
      const proof = {
        photo,
        question,
        hasSameTokens: difference(encoded.ids, wanted('token_ids')) === 0,
        hasSameBest: best(logits.data) === best(wanted('logits').data),
        logits: difference(logits.data, wanted('logits')),
        attention: Math.max(
          difference(maps.language.data, wanted('language_attention')),
          difference(maps.vision.data, wanted('vision_attention')),
          difference(maps.textToRegion.data, wanted('text_to_region_attention')),
        ),
      };
      const { hasSameTokens, hasSameBest } = proof;
      const isNear = Math.max(proof.logits, proof.attention) <= SAME.difference;
      questions.push({ ...proof, agrees: hasSameTokens && hasSameBest && isNear });
    }
  }
  return { photos, questions };
}

/** As `write_reference.py` names them. */
const MAPS = ['language_attention', 'vision_attention', 'text_to_region_attention'] as const;

function referenceOf(field: JsonField): Reference {
  return {
    photo: field.at('photo').text(),
    regions: field.at('regions').text(),
    questions: field
      .at('questions')
      .items()
      .map((item) => ({ question: item.at('question').text(), answer: item.at('answer').text() })),
  };
}

type Arrays = (name: string) => StoredArray;

async function arraysOf(folder: string, file: string, names: readonly string[]): Promise<Arrays> {
  const arrays = await readNpz(await diskSource(join(folder, file)));
  const arrayOf: Arrays = (name) => {
    const found = arrays.get(name);
    if (found === undefined) throw new VqaError('checkpoint-invalid', `${file} has no array ${name}.`);
    return found;
  };
  for (const name of names) arrayOf(name);
  return arrayOf;
}

function featuresOf(expected: Arrays): RegionFeatures {
  const { dims, data } = expected('features');
  const [regions = 0, width = 0] = dims;
  return {
    features: tensor<readonly ['region', 'feature']>([regions, width], Float32Array.from(data, Number)),
    boxes: tensor<readonly ['region', 'box']>(
      [regions, 4],
      Float32Array.from(expected('boxes').data, Number),
    ),
  };
}

function comparedRegions(
  photo: string,
  { regions, features }: DetectedRegions,
  expected: Arrays,
  names: readonly string[],
): PhotoProof {
  const wanted = featuresOf(expected);
  const labels = expected('labels').data;
  const width = wanted.features.dims[1];
  const cosines = regions.flatMap(({ box, label }, row) => {
    const isThere =
      row < labels.length &&
      label === names[Number(labels[row])] &&
      intersectionOverUnion(box, boxAt(wanted.boxes.data, row)) >= SAME.iou;
    const rowOf = ({ data }: { data: Float32Array }) => data.subarray(row * width, (row + 1) * width);
    return isThere ? [cosine(rowOf(features.features), rowOf(wanted.features))] : [];
  });
  const leastCosine = Math.min(1, ...cosines);
  const isWhole = cosines.length === labels.length && regions.length === labels.length;
  return {
    photo,
    regions: labels.length,
    inPlace: cosines.length,
    leastCosine,
    agrees: isWhole && leastCosine >= SAME.cosine,
  };
}

/** Infinite for another count of numbers: a shape that differs agrees in nothing. */
function difference(found: ArrayLike<number>, { data }: StoredArray): number {
  if (found.length !== data.length) return Infinity;
  let largest = 0;
  for (let at = 0; at < found.length; at += 1) {
    largest = Math.max(largest, Math.abs(found[at]! - Number(data[at])));
  }
  return Number.isNaN(largest) ? Infinity : largest;
}

function best(numbers: ArrayLike<number | bigint>): number {
  let place = 0;
  for (let at = 1; at < numbers.length; at += 1) if (numbers[at]! > numbers[place]!) place = at;
  return place;
}

function cosine(one: Float32Array, other: Float32Array): number {
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

function product(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}
