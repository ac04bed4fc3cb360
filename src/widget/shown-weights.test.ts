import { expect, it } from 'vitest';
import { fakePrediction, fakeScene } from '../core/testing/engine-fake-results.ts';
import { showFocused, showSlice } from '../session/inquiry/show-attention.ts';
import type { Exchange } from '../session/work/state.ts';
import { shownWeights } from './shown-weights.ts';
import { createShowing } from './show.ts';

const exchange: Exchange = {
  id: 1,
  photo: { imageId: 'a', blob: new Blob(), name: 'a.jpg', source: 'file' },
  scene: fakeScene('a'),
  prediction: fakePrediction('a', 'What color is the dog?'),
};

it('ends the scale at the heaviest weight that is shown, and not below three even shares', () => {
  const sliced = showSlice(exchange, { module: 'textToRegion', layer: 'last', head: 'mean' });
  const [, keys] = sliced.slice.weights.dims;
  const shown = createShowing().show({ source: 'none' }, { explain: 'attention' }, { status: 'none' });
  const highestOf = (weights: readonly number[]) => {
    const attention = showFocused(exchange, { ...sliced, heaviest: 9 }, { kind: 'none' });
    const overRegions = { ...attention.overRegions!, weights: Float32Array.from(weights) };
    return shownWeights({ ...shown, attention: { ...attention, overRegions } })?.highest;
  };
  expect(keys).toBe(3);
  expect(highestOf([2, 1, 0])).toBe(2);
  expect(highestOf([0.4, 0.3, 0.3])).toBe(1);
});
