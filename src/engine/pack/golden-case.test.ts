import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { checkLabelCounts, parseGoldenCase } from './golden-case.ts';

const folder = new URL('../../../models/fixtures/tiny-pack/', import.meta.url);
const pack = parsePackText(readFileSync(new URL('pack.json', folder), 'utf8'));
const json: unknown = JSON.parse(readFileSync(new URL(pack.golden!.file, folder), 'utf8'));

describe('the golden case of a pack', () => {
  it('makes its pixels from a wave', () => {
    const { pixels, boxes, tokenIds } = parseGoldenCase(json);
    expect(pixels.dims).toEqual([1, 3, 64, 96]);
    expect(pixels.data[10]).toBeCloseTo(Math.sin(3.7), 6);
    expect(boxes.dims).toEqual([5, 4]);
    expect(tokenIds.length).toBeGreaterThan(2);
  });

  it('complains about what is missing', () => {
    expect(() => parseGoldenCase({ pixelDims: [1, 3, 2, 2], boxes: [[0, 0, 1]] })).toThrow(
      'golden.boxes[0] is a list of 3, must be a list of 4 numbers',
    );
  });

  it('notices a label list of another length', () => {
    const golden = parseGoldenCase(json);
    const answers = pack.labels.answers.slice(1);
    checkLabelCounts(pack, golden);
    expect(() => checkLabelCounts({ ...pack, labels: { ...pack.labels, answers } }, golden)).toThrow(
      'labels.answers is a list of 11, must be one of 12',
    );
  });
});
