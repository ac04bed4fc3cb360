import { describe, expect, it } from 'vitest';
import { fakePrediction } from '../../core/testing/engine-fake-results.ts';
import type { AttentionModule } from '../../core/types.ts';
import { reachesAnswer, selectFocused, selectSlice } from './select-attention.ts';
import type { AttentionView, Focus } from '../work/state.ts';

/** [CLS] Where? [SEP] and three regions; two layers of two heads. */
const { attention } = fakePrediction('photo-1', 'Where?');
const MODULES: AttentionModule[] = [
  'textToRegion',
  'regionToText',
  'language',
  'vision',
  'textSelf',
  'regionSelf',
];
const none: Focus = { kind: 'none' };
const token = (index: number): Focus => ({ kind: 'token', index, locked: false });
const region = (index: number): Focus => ({ kind: 'region', index, locked: false });

function show(module: AttentionModule, focus: Focus, view: Partial<AttentionView> = {}) {
  return selectFocused(selectSlice(attention, { module, layer: 'last', head: 'mean', ...view }), focus);
}

describe('a slice', () => {
  it.each(MODULES)('of %s has rows that sum to 1, for every layer and head', (module) => {
    for (const layer of [0, 1]) {
      for (const head of [0, 1, 'mean'] as const) {
        const { weights } = selectSlice(attention, { module, layer, head });
        const [queries, keys] = weights.dims;
        for (let query = 0; query < queries; query += 1) {
          const row = weights.data.subarray(query * keys, (query + 1) * keys);
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
        }
      }
    }
  });

  it('falls back to the last layer and the mean where the module has fewer', () => {
    expect(selectSlice(attention, { module: 'vision', layer: 8, head: 12 })).toMatchObject({
      layer: 1,
      layers: 2,
      head: 'mean',
      heads: 2,
    });
  });
});

describe('a focus', () => {
  it.each([
    ['textToRegion', none, { focus: { kind: 'token', index: 0 }, direction: 'from', over: 'region' }],
    ['textToRegion', token(1), { focus: { kind: 'token', index: 1 }, direction: 'from', over: 'region' }],
    ['textToRegion', region(2), { focus: { kind: 'region', index: 2 }, direction: 'to', over: 'token' }],
    ['regionToText', none, { focus: { kind: 'token', index: 0 }, direction: 'to', over: 'region' }],
    ['regionToText', region(2), { focus: { kind: 'region', index: 2 }, direction: 'from', over: 'token' }],
    ['regionToText', token(1), { focus: { kind: 'token', index: 1 }, direction: 'to', over: 'region' }],
    ['language', none, { focus: { kind: 'token', index: 0 }, direction: 'from', over: 'token' }],
    ['language', region(1), { focus: { kind: 'token', index: 0 }, direction: 'from', over: 'token' }],
    ['vision', none, { focus: { kind: 'region', index: 0 }, direction: 'from', over: 'region' }],
    ['vision', region(1), { focus: { kind: 'region', index: 1 }, direction: 'from', over: 'region' }],
    ['textToRegion', token(99), { focus: { kind: 'token', index: 0 }, direction: 'from', over: 'region' }],
  ] as const)('in %s on %j', (module, focus, expected) => {
    expect(show(module, focus)).toMatchObject(expected);
  });

  it('reads the weights of its row as they are', () => {
    const { weights } = show('textToRegion', token(1), { layer: 0, head: 0 });
    expect([...weights].map((weight) => Math.round(weight * 6))).toEqual([2, 3, 1]);
  });
});

function reaches(module: AttentionModule, layer: number): boolean {
  return reachesAnswer(module, selectSlice(attention, { module, layer, head: 'mean' }));
}

describe('what can change the answer', () => {
  it('is every module but those that update regions in the last cross layer', () => {
    expect(MODULES.filter((module) => !reaches(module, 1))).toEqual(['regionToText', 'regionSelf']);
    expect(MODULES.filter((module) => !reaches(module, 0))).toEqual([]);
  });
});
