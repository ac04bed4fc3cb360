/**
 * The published Faster R-CNN's way from photo to regions against PyTorch's (models/published/frcnn_cases.py): the same
 * architecture at a small size, with random weights, in every lineage.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boxAt, intersectionOverUnion } from '../../core/boxes.ts';
import type { DetectorSettings, ImageSettings } from '../../core/pack/detector-settings.ts';
import { JsonField } from '../../core/json-field.ts';
import { parseDetector, parseImage } from '../../core/pack/parse-detector.ts';
import { tensor } from '../../core/tensor.ts';
import type { Pixels } from '../../core/types.ts';
import { cosine } from '../testing/cosine.ts';
import { readPixelsNode } from '../read-pixels-node.ts';
import { classifyRegions, proposeRegions, type DetectedRegions } from '../../engine/detect/detect-regions.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { poolRegions } from '../../engine/detect/pool-regions.ts';
import { preprocessImage } from '../../engine/photo/preprocess-image.ts';
import type { Graph } from '../../engine/runtime/runtime.ts';
import { selectRegions } from '../../engine/detect/select-regions.ts';

/** Levels of a pixel. */
const PIXEL_TOLERANCE = 0.01;
const SAME_BOX_IOU = 0.99;
const SAME_FEATURE_COSINE = 0.999;
const SCORE_TOLERANCE = 1e-3;

const FOLDER = new URL('../../../models/fixtures/frcnn/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, FOLDER));
const json = (name: string): JsonField => new JsonField(JSON.parse(read(name).toString('utf8')), name);

const cases = json('cases.json');
const packPart = json('recipe/recipe.json').at('pack');

/** As the recipe has it, with the case's lineage and sides. */
function settingsOf(golden: JsonField): { image: ImageSettings; detector: DetectorSettings } {
  const [shortSide, longSide] = golden.at('sides').numbers(2);
  const detector = new JsonField(
    {
      ...Object(packPart.at('detector').value),
      lineage: golden.at('lineage').text(),
      regions: { attributeMinScore: 0 },
    },
    'detector',
  );
  const resize = { rule: 'short-side', shortSide, longSide };
  const image = new JsonField({ ...Object(packPart.at('image').value), resize }, 'image');
  return {
    image: parseImage(image, detector),
    detector: parseDetector(detector, (field) => field.text()),
  };
}

async function pixelsOf(golden: JsonField): Promise<Pixels> {
  const photo = new Blob([new Uint8Array(read(golden.at('photo').text()))], { type: 'image/png' });
  return (await readPixelsNode(photo)).pixels;
}

const runtime = openNodeRuntime(1);
interface DetectorGraphs {
  readonly backbone: readonly Graph[];
  readonly roiHead: Graph;
}

let opened: DetectorGraphs | null = null;
async function graphs(): Promise<DetectorGraphs> {
  if (opened) return opened;
  const backbone: Graph[] = [];
  for (const file of packPart.at('detector').at('backbone').texts()) {
    backbone.push(await runtime.open(read(file)));
  }
  opened = { backbone, roiHead: await runtime.open(read('roi-head.onnx')) };
  return opened;
}

const rowsOf = (field: JsonField): Float32Array =>
  Float32Array.from(field.items().flatMap((row) => row.numbers()));

const detections = cases
  .at('detections')
  .items()
  .map((golden) => [`${golden.at('photo').text()}, ${golden.at('lineage').text()}`, golden] as const);

describe.each(detections)('%s', (_, golden) => {
  const settings = settingsOf(golden);

  it('gives the network the same pixels', async () => {
    const input = preprocessImage(await pixelsOf(golden), settings.image);
    expect(input.dims).toEqual(golden.at('pixels').at('dims').numbers());
    for (const sample of golden.at('pixels').at('samples').items()) {
      const [index = 0, value = 0] = sample.numbers(2);
      expect(Math.abs((input.data[index] ?? Number.NaN) - value)).toBeLessThan(PIXEL_TOLERANCE);
    }
  });

  it('proposes the same boxes in the same order', async () => {
    const photo = await pixelsOf(golden);
    const input = preprocessImage(photo, settings.image);
    const { backbone } = await graphs();
    const { boxes } = await proposeRegions(backbone, input, settings.detector, photo);
    expect(boxes.dims[0]).toBe(golden.at('proposalCount').number());
    const expected = rowsOf(golden.at('proposals'));
    for (let row = 0; row < expected.length / 4; row += 1) {
      expect(intersectionOverUnion(boxAt(boxes.data, row), boxAt(expected, row))).toBeGreaterThan(
        SAME_BOX_IOU,
      );
    }
  });

  it('finds the same regions', async () => {
    const photo = await pixelsOf(golden);
    const input = preprocessImage(photo, settings.image);
    const { backbone, roiHead } = await graphs();
    const proposals = await proposeRegions(backbone, input, settings.detector, photo);
    const names = packPart.at('labels');
    const labels = {
      objects: names.at('objects').texts(),
      attributes: names.at('attributes').texts(),
      answers: [],
    };
    const found = await classifyRegions(roiHead, proposals, { detector: settings.detector, labels });
    const expected = golden.at('regions').items();
    expect(found.regions).toHaveLength(expected.length);
    for (const [row, region] of expected.entries()) expectSame(found, row, region);
  });
});

function expectSame({ regions, features }: DetectedRegions, row: number, expected: JsonField): void {
  const region = regions[row]!;
  expect(region.label).toBe(`object ${expected.at('label').number()}`);
  expect(Math.abs(region.score - expected.at('score').number())).toBeLessThan(SCORE_TOLERANCE);
  const [attribute] = region.attributes;
  expect(attribute?.label).toBe(`attribute ${expected.at('attribute').number()}`);
  expect(Math.abs((attribute?.score ?? 0) - expected.at('attributeScore').number())).toBeLessThan(
    SCORE_TOLERANCE,
  );
  const box = boxAt(expected.at('box').numbers(4), 0);
  expect(intersectionOverUnion(region.box, box)).toBeGreaterThan(SAME_BOX_IOU);
  // What LXMERT reads.
  expect(intersectionOverUnion(boxAt(features.boxes.data, row), box)).toBeGreaterThan(SAME_BOX_IOU);
  const width = features.features.dims[1];
  const vector = features.features.data.subarray(row * width, (row + 1) * width);
  expect(cosine(vector, expected.at('features').numbers(width))).toBeGreaterThan(SAME_FEATURE_COSINE);
}

describe.each([...cases.at('selections').items().entries()])('selection %i', (_, golden) => {
  it('keeps the same regions', () => {
    const detector = parseDetector(
      new JsonField(
        {
          ...Object(packPart.at('detector').value),
          lineage: golden.at('lineage').text(),
          regions: { count: golden.at('count').number(), attributeMinScore: 0 },
        },
        'detector',
      ),
      (field) => field.text(),
    );
    const boxes = rowsOf(golden.at('boxes'));
    const scores = rowsOf(golden.at('classScores'));
    const rows = boxes.length / 4;
    const width = scores.length / rows;
    const classScores = tensor<readonly ['box', 'class']>([rows, width], scores);
    const best = Float32Array.from({ length: rows }, (_unused, row) =>
      Math.max(...scores.subarray(row * width, (row + 1) * width)),
    );
    expect(selectRegions(boxes, classScores, best, detector.regions)).toEqual(golden.at('kept').numbers());
  });
});

describe('poolRegions', () => {
  const golden = cases.at('pooling');

  it('takes the highest of each bin, its borders rounded as PyTorch rounds them', () => {
    const dims = golden.at('dims').numbers();
    const size = dims.reduce((product, length) => product * length, 1);
    const map = { dims, data: Float32Array.from({ length: size }, (_, i) => Math.abs(Math.sin(i * 0.37))) };
    const rows = rowsOf(golden.at('boxes'));
    const boxes = tensor<readonly ['box', 'corner']>([rows.length / 4, 4], rows);
    const input = {
      width: golden.at('input').at('width').number(),
      height: golden.at('input').at('height').number(),
    };
    const [bins, stride] = [golden.at('bins').number(), golden.at('stride').number()];
    const pooled = poolRegions(map, boxes, input, { bins, stride });
    const expected = golden.at('pooled').numbers();
    expect(pooled.data).toHaveLength(expected.length);
    const largest = Math.max(...expected.map((value, i) => Math.abs(value - pooled.data[i]!)));
    expect(largest).toBeLessThan(1e-4);
  });
});
