import { describe, expect, it } from 'vitest';
import { attentionFrom, attentionTo, headMean, heaviest, oneHead } from './attention.ts';
import { tensor, type Tensor } from './tensor.ts';

/** One layer, two heads, two tokens, three regions; all weights are exact in float32. */
const maps = tensor<readonly ['layer', 'head', 'token', 'region']>(
  [1, 2, 2, 3],
  Float32Array.of(0.5, 0.25, 0.25, 0, 1, 0, 0, 0.75, 0.25, 1, 0, 0),
);

describe('attention maps', () => {
  it('give one head without copying it', () => {
    const second = oneHead(maps, 0, 1);
    expect([...second.data]).toEqual([0, 0.75, 0.25, 1, 0, 0]);
    expect(second.data.buffer).toBe(maps.data.buffer);
  });

  it('give the mean of the heads, whose rows still sum to 1', () => {
    const mean = headMean(maps, 0);
    expect(mean.dims).toEqual([2, 3]);
    expect([...mean.data]).toEqual([0.25, 0.5, 0.25, 0.5, 0.5, 0]);
  });

  it.each([
    [1, 0, 'layer 1 of 1'],
    [0, 2, 'head 2 of 2'],
    [0, 0.5, 'head 0.5 of 2'],
  ])('refuse layer %s, head %s', (layer, head, message) => {
    expect(() => oneHead(maps, layer, head)).toThrow(message);
  });

  it('keep query and key apart in their type', () => {
    const mean: Tensor<readonly ['token', 'region']> = headMean(maps, 0);
    // @ts-expect-error tokens ask here, regions answer
    const turned: Tensor<readonly ['region', 'token']> = headMean(maps, 0);
    expect(turned).toEqual(mean);
  });

  it('are read by row for a query and by column for a key', () => {
    const first = oneHead(maps, 0, 0);
    expect([...attentionFrom(first, 1)]).toEqual([0, 1, 0]);
    expect([...attentionTo(first, 1)]).toEqual([0.25, 1]);
  });
});

describe('weights', () => {
  it('are ranked with the lower index first among equals', () => {
    expect(heaviest([0.2, 0.4, 0.4], 2)).toEqual([
      { index: 1, weight: 0.4 },
      { index: 2, weight: 0.4 },
    ]);
    expect(heaviest([0.5], 3)).toHaveLength(1);
  });
});
