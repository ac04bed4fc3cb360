import { describe, expect, it } from 'vitest';
import { fakePrediction } from '../core/testing/engine-fake-results.ts';
import { breadth, evenness, isMeasurable, measureModule, type HeadStatistic } from './head-statistics.ts';
import { tensor } from '../core/tensor.ts';
import type { AttentionMaps, AttentionModule } from '../core/types.ts';

const { attention, tokens } = fakePrediction('photo-1', 'Where?');
const row = (...weights: number[]) => Float32Array.from(weights);

/** Two layers of three heads over the tokens [CLS] Where? [SEP]; all rows the same but for the head named. */
function languageOf(
  rows: Readonly<Record<'layer' | 'head', number>> & { readonly data: readonly number[] },
): AttentionMaps {
  const data = new Float32Array(2 * 3 * 9).fill(1 / 3);
  data.set(rows.data, (rows.layer * 3 + rows.head) * 9);
  return { ...attention, language: tensor<readonly ['layer', 'head', 'token', 'token']>([2, 3, 3, 3], data) };
}

describe('of one row', () => {
  it.each([
    [[1, 0, 0, 0], 0],
    [[0.25, 0.25, 0.25, 0.25], 1],
    [[0.5, 0.5, 0, 0], 0.5],
    [[1], 1],
  ])('evenness of %j', (weights, expected) => {
    expect(evenness(row(...weights))).toBeCloseTo(expected, 6);
  });

  it.each([
    [[1, 0, 0, 0], 0.25],
    [[0.25, 0.25, 0.25, 0.25], 1],
    [[0.05, 0.8, 0.05, 0.1], 0.5],
    [[0.1, 0.2, 0.3, 0.4], 0.75],
  ])('breadth of %j', (weights, expected) => {
    expect(breadth(row(...weights))).toBeCloseTo(expected, 6);
  });

  it('leaves its row as it was', () => {
    const weights = row(0.7, 0.1, 0.2);
    breadth(weights);
    expect([...weights]).toEqual([...row(0.7, 0.1, 0.2)]);
  });
});

describe('of a head', () => {
  const maps = languageOf({ layer: 1, head: 2, data: [1, 0, 0, 0.2, 0.6, 0.2, 0.5, 0.5, 0] });

  it.each<[HeadStatistic, number, number, number]>([
    ['peak', 0.5, 0.6, 1],
    ['marks', 0.4, 0.5, 1],
    ['breadth', 1 / 3, 2 / 3, 1],
  ])('%s is told by its lowest, median and highest row', (statistic, lowest, median, highest) => {
    const measured = measureModule(maps, 'language', statistic, tokens);
    expect(measured?.heads.map((layer) => layer.length)).toEqual([3, 3]);
    const head = measured?.heads[1]?.[2];
    expect(head?.lowest).toBeCloseTo(lowest, 6);
    expect(head?.median).toBeCloseTo(median, 6);
    expect(head?.highest).toBeCloseTo(highest, 6);
  });

  it('stands apart from its neighbours', () => {
    const measured = measureModule(maps, 'language', 'evenness', tokens);
    const even = { lowest: 1, median: 1, highest: 1 };
    expect(measured?.heads[0]).toEqual([even, even, even]);
    expect(measured?.heads[1]?.[2]?.lowest).toBe(0);
  });

  it('the mean of the heads is measured as one', () => {
    const measured = measureModule(maps, 'language', 'peak', tokens);
    expect(measured?.means[0]?.highest).toBeCloseTo(1 / 3, 6);
    expect(measured?.means[1]?.highest).toBeCloseTo((1 + 1 / 3 + 1 / 3) / 3, 6);
  });

  it('an even number of rows has its median between the middle two', () => {
    const twoTokens = tensor<readonly ['layer', 'head', 'token', 'token']>([1, 1, 2, 2], row(1, 0, 0.6, 0.4));
    const measured = measureModule({ ...attention, language: twoTokens }, 'language', 'peak', tokens);
    expect(measured?.heads[0]?.[0]?.median).toBeCloseTo(0.8, 6);
  });
});

describe('weight on the end marks', () => {
  const modules: AttentionModule[] = [
    'language',
    'vision',
    'textToRegion',
    'regionToText',
    'textSelf',
    'regionSelf',
  ];

  it('is measured where tokens are looked at, and nowhere else', () => {
    const measured = modules.filter((module) => measureModule(attention, module, 'marks', tokens) !== null);
    expect(measured).toEqual(['language', 'regionToText', 'textSelf']);
    expect(modules.filter((module) => isMeasurable('marks', module))).toEqual(measured);
    expect(modules.every((module) => isMeasurable('peak', module))).toBe(true);
  });
});
