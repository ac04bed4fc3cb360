import { describe, expect, it } from 'vitest';
import { LINEAGES } from './detector-settings.ts';
import { JsonField } from '../json-field.ts';
import { parseDetector, parseImage } from './parse-detector.ts';

const files = { backbone: 'backbone.onnx', roiHead: 'roi.onnx', featureMaps: ['res4'] };
const colours = { channelOrder: 'BGR', mean: [1, 2, 3], std: [1, 1, 1] };

const detectorOf = (json: object) =>
  parseDetector(new JsonField({ ...files, ...json }, 'detector'), (field) => field.text());
const imageOf = (image: object, detector: object = {}) =>
  parseImage(new JsonField({ ...colours, ...image }, 'image'), new JsonField(detector, 'detector'));

describe('a pack without a lineage', () => {
  const rules = {
    proposals: { count: 110, minScore: 0.1, nmsIou: 0.7 },
    regions: { count: 36, nmsIou: 0.4, attributeMinScore: 0.5 },
  };

  it('gets what packs have always had', () => {
    expect(detectorOf(rules)).toEqual({
      ...files,
      backbone: ['backbone.onnx'],
      lineage: null,
      pooling: null,
      roiChunk: null,
      keepRegions: false,
      proposals: { candidates: null, count: 110, minScore: 0.1, nmsIou: 0.7, minSidePixels: null },
      regions: {
        count: 36,
        nmsIous: [0.4],
        suppression: 'any-class',
        boxes: 'refined',
        attributeMinScore: 0.5,
      },
    });
    expect(imageOf({ width: 96, height: 64 }).resize).toEqual({
      rule: 'stretch',
      width: 96,
      height: 64,
      resampling: 'triangle',
    });
  });

  it('must say its rules itself', () => {
    expect(() => detectorOf({ ...rules, proposals: { count: 3, nmsIou: 0.7 } })).toThrow(
      'detector.proposals.minScore is missing',
    );
    expect(() => detectorOf({ ...rules, regions: { count: 3, attributeMinScore: 0 } })).toThrow(
      'detector.regions.nmsIou is missing',
    );
    expect(() => imageOf({ width: 96 })).toThrow('image.height is missing');
  });

  it('may say what its scores are worth', () => {
    const scoreCalibration = { slope: 0.8, shift: -0.2 };
    expect(detectorOf({ ...rules, scoreCalibration }).scoreCalibration).toEqual(scoreCalibration);
    expect(() => detectorOf({ ...rules, scoreCalibration: { slope: -1, shift: 0 } })).toThrow(
      'detector.scoreCalibration.slope',
    );
  });

  it('may have its backbone in several graphs', () => {
    const backbone = ['first.onnx', 'second.onnx'];
    expect(detectorOf({ ...rules, backbone }).backbone).toEqual(backbone);
    expect(() => detectorOf({ ...rules, backbone: [] })).toThrow('detector.backbone');
    expect(() => detectorOf({ ...rules, backbone: ['first.onnx', 2] })).toThrow('detector.backbone[1]');
  });

  it('may say more', () => {
    const { pooling, roiChunk, keepRegions, regions } = detectorOf({
      ...rules,
      pooling: { bins: 14, stride: 16 },
      roiChunk: 8,
      keepRegions: true,
      regions: { ...rules.regions, laterNmsIous: [0.5, 0.6], suppression: 'same-class', boxes: 'proposed' },
    });
    expect({ pooling, roiChunk, keepRegions }).toEqual({
      pooling: { bins: 14, stride: 16 },
      roiChunk: 8,
      keepRegions: true,
    });
    expect(regions).toEqual({
      count: 36,
      nmsIous: [0.4, 0.5, 0.6],
      suppression: 'same-class',
      boxes: 'proposed',
      attributeMinScore: 0.5,
    });
    expect(() => detectorOf({ ...rules, keepRegions: 'yes' })).toThrow(
      'detector.keepRegions is "yes", must be true or false',
    );
  });
});

describe('a pack with a lineage', () => {
  it.each(Object.entries(LINEAGES))('needs no other word: %s', (lineage, expected) => {
    const { proposals, regions } = detectorOf({ lineage, regions: { attributeMinScore: 0.1 } });
    expect(proposals).toEqual(expected.proposals);
    expect(regions).toEqual({ ...expected.regions, attributeMinScore: 0.1 });
    expect(imageOf({}, { lineage }).resize).toEqual(expected.resize);
  });

  it('may differ from it', () => {
    const lineage = 'hugging-face';
    const resize = { rule: 'short-side', shortSide: 96, longSide: 170 };
    expect(imageOf({ resize }, { lineage }).resize).toEqual({ ...resize, resampling: 'linear' });
    const { proposals, regions } = detectorOf({
      lineage,
      proposals: { count: 100 },
      regions: { attributeMinScore: 0.1, nmsIou: 0.5 },
    });
    expect(proposals).toEqual({ ...LINEAGES[lineage].proposals, count: 100 });
    expect(regions.nmsIous).toEqual([0.5]);
  });

  it('must be one of the three', () => {
    expect(() => detectorOf({ lineage: 'yolo' })).toThrow(
      'detector.lineage is "yolo", must be "caffe" or "detectron2" or "hugging-face"',
    );
  });
});
