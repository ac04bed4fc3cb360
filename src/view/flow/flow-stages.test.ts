import { expect, it } from 'vitest';
import { fakePrediction } from '../../core/testing/engine-fake-results.ts';
import { flowStages, isSameLayer, layersOf } from './flow-stages.ts';

const { attention } = fakePrediction('photo-1', 'Where?');

it('goes through every layer of every module once, each stream alone first', () => {
  const stages = flowStages(attention);
  expect(stages.map(({ title }) => title)).toEqual(['Each alone', 'Crossing 1', 'Crossing 2']);
  expect(stages[0]?.words).toEqual([
    { module: 'language', layer: 0 },
    { module: 'language', layer: 1 },
  ]);
  const names = stages.flatMap(layersOf).map(({ module, layer }) => `${module} ${layer}`);
  expect(new Set(names).size).toBe(names.length);
  const layers = Object.values(attention).reduce((sum, { dims }) => sum + dims[0], 0);
  expect(names.length).toBe(layers);
});

it('looks across before it looks at itself', () => {
  const [, first] = flowStages(attention);
  expect(first?.words.map(({ module }) => module)).toEqual(['textToRegion', 'textSelf']);
  expect(first?.regions.map(({ module }) => module)).toEqual(['regionToText', 'regionSelf']);
});

it('tells layers apart', () => {
  expect(isSameLayer({ module: 'vision', layer: 1 }, { module: 'vision', layer: 1 })).toBe(true);
  expect(isSameLayer({ module: 'vision', layer: 1 }, { module: 'vision', layer: 0 })).toBe(false);
  expect(isSameLayer(null, { module: 'vision', layer: 0 })).toBe(false);
});
