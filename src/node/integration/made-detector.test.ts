/** The small Faster R-CNN's checkpoint, made into a pack by the converter, finds the regions that PyTorch finds with it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../checkpoint/byte-source.ts';
import { makePack, type GivenFile } from '../../convert/make-pack.ts';
import { createMemoryFolder } from '../../convert/folder/memory-folder.ts';
import { loadRecipe } from '../../convert/recipe/parse-recipe.ts';
import { boxAt, intersectionOverUnion } from '../../core/boxes.ts';
import { JsonField } from '../../core/json-field.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import type { Precision } from '../../core/published.ts';
import { classifyRegions, proposeRegions, type DetectedRegions } from '../../engine/detect/detect-regions.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { openPackGraph } from '../../engine/pack/pack-graphs.ts';
import { preprocessImage } from '../../engine/photo/preprocess-image.ts';
import { cosine } from '../testing/cosine.ts';
import { readPixelsNode } from '../read-pixels-node.ts';
import { SMALL_LXMERT, smallPublishedFile } from '../testing/small-published.ts';

const BASE = 'https://page.test/published/';
const FOLDER = resolve(import.meta.dirname, '../../../models/fixtures/frcnn');

/** The first of the golden cases has the recipe's own lineage and sides. */
const [golden = new JsonField(null, 'no case')] = new JsonField(
  JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')),
  'cases',
)
  .at('detections')
  .items();

function given(name: string, path: string): GivenFile {
  const content = new Uint8Array(readFileSync(path));
  return { kind: 'file', sources: [bytesSource(name, content)], identity: name };
}

async function regionsOf(precision: Precision): Promise<DetectedRegions> {
  const read = (url: string): Promise<Uint8Array<ArrayBuffer>> => {
    const file = smallPublishedFile(url.slice(BASE.length));
    return file ? Promise.resolve(new Uint8Array(file)) : Promise.reject(new Error(`${url} is not there`));
  };
  const folder = createMemoryFolder();
  const weights = {
    lxmert: given('lxmert.bin', join(SMALL_LXMERT, 'pytorch_model.zip.bin')),
    detector: given('detector.bin', join(FOLDER, 'checkpoint.bin')),
  };
  const recipe = await loadRecipe(`${BASE}lxmert-vqa/recipe.json`, read);
  const environment = { read, fetch, hubUrls: [BASE], downloads: createMemoryFolder(), folder };
  await makePack({ recipe, precision, weights, texts: {} }, environment, {});
  const pack = parsePackText(new TextDecoder().decode(folder.files.get('pack.json')));
  const open = async (path: string) =>
    await openPackGraph(openNodeRuntime(1), pack, (name) => Promise.resolve(folder.files.get(name)!), path);
  const photo = readFileSync(join(FOLDER, golden.at('photo').text()));
  const { pixels } = await readPixelsNode(new Blob([new Uint8Array(photo)]));
  const proposals = await proposeRegions(
    await Promise.all(pack.detector.backbone.map(open)),
    preprocessImage(pixels, pack.image),
    pack.detector,
    pixels,
  );
  return await classifyRegions(await open(pack.detector.roiHead), proposals, pack);
}

/** Golden regions with whose name a region of the pack lies on the same box and looks the same. */
function countFound({ regions, features }: DetectedRegions, least: { iou: number; cosine: number }): number {
  const width = features.features.dims[1];
  return golden
    .at('regions')
    .items()
    .filter((region) => {
      const box = boxAt(region.at('box').numbers(4), 0);
      const vector = region.at('features').numbers(width);
      return regions.some(
        (found, row) =>
          found.label === `object ${region.at('label').number()}` &&
          intersectionOverUnion(found.box, box) >= least.iou &&
          cosine(features.features.data.subarray(row * width, (row + 1) * width), vector) >= least.cosine,
      );
    }).length;
}

/** The first also waits for the runtime and for the test runner's own compiling. */
const MAKING_TIMEOUT_MS = 120_000;

describe('a made pack', () => {
  it.each([
    ['fp32', 36, { iou: 0.99, cosine: 0.999 }],
    // Rounded weights move boxes a little; a few regions of nearly the same score change places with others.
    ['fp16', 35, { iou: 0.97, cosine: 0.999 }],
    // Its detector is in halves too.
    ['int8', 35, { iou: 0.97, cosine: 0.999 }],
  ] as const)(
    'of %s finds at least %i of the 36 regions',
    async (precision, least, closeness) => {
      const found = await regionsOf(precision);
      expect(found.regions).toHaveLength(36);
      expect(countFound(found, closeness)).toBeGreaterThanOrEqual(least);
    },
    MAKING_TIMEOUT_MS,
  );
});
