import { describe, expect, it } from 'vitest';
import { tensor } from '../../core/tensor.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { attendedRelevance } from './attended-relevance.ts';
import { lastAttention } from './attention.ts';
import { headImportance, relevance } from './relevance.ts';
import { rollout } from './rollout.ts';

/** One layer of each kind, two tokens and two regions; the last of each is padding when asked for. */
function maps(value: number, padded: boolean): AttentionMaps {
  const rows = padded ? [1, 0, 1, 0] : [0.75, 0.25, 0.5, 0.5];
  const of = () =>
    tensor<readonly ['layer', 'head', string, string]>(
      [1, 1, 2, 2],
      Float32Array.from(rows, (row) => value * row),
    );
  return Object.assign(
    {},
    ...['language', 'vision', 'textToRegion', 'regionToText', 'textSelf', 'regionSelf'].map((name) => ({
      [name]: of(),
    })),
  );
}

/** A row of equations 8 and 9, with the identity's 1 at `own`. */
const bar = (row: [number, number], own: 0 | 1): [number, number] => {
  const sum = row[0] + row[1];
  return [row[0] / sum + (own === 0 ? 1 : 0), row[1] / sum + (own === 1 ? 1 : 0)];
};

const product = (l: number[][], r: number[][]) =>
  l.map((row) => [0, 1].map((column) => row[0]! * r[0]![column]! + row[1]! * r[1]![column]!));

describe('relevance', () => {
  it('is what equations 5 to 11 give by hand', () => {
    // With one layer R_tr = R̄_tt' Ā R̄_rr before the text looks at itself, Ā being the attention for gradients of 1.
    const { regions, tokens } = relevance(maps(1, false), maps(1, false));
    const squared = [0.5625, 0.0625, 0.25, 0.25]; // attention × gradient
    const b = [bar([0.5625, 0.0625], 0), bar([0.25, 0.25], 1)];
    const a = [squared.slice(0, 2), squared.slice(2)];
    const turned = [
      [b[0]![0], b[1]![0]],
      [b[0]![1], b[1]![1]],
    ];
    const across = product(turned, product(a, b));
    const looked = product(a, across).map((row, i) => row.map((value, j) => value + across[i]![j]!));
    expect(regions[0]).toBeCloseTo(looked[0]![0]!, 6);
    expect(regions[1]).toBeCloseTo(looked[0]![1]!, 6);
    expect(tokens[0]).toBe(0);
  });

  it('is a number where padding has rows of zeros', () => {
    const { tokens, regions } = relevance(maps(1, true), maps(0, true));
    expect([...tokens, ...regions]).toEqual([0, 0, 0, 0]);
    const padded = relevance(maps(1, true), maps(1, true));
    expect([...padded.tokens, ...padded.regions].every(Number.isFinite)).toBe(true);
    expect(padded.regions[1]).toBe(0);
  });

  it('counts what is positive alone', () => {
    const { regions } = relevance(maps(1, false), maps(-1, false));
    expect([...regions]).toEqual([0, 0]);
  });
});

describe('attention without gradients', () => {
  it('of the last layer is the row of [CLS]', () => {
    const { tokens, regions } = lastAttention(maps(1, false));
    expect([...regions]).toEqual([0.75, 0.25]);
    expect([...tokens]).toEqual([0, 0.25]);
  });

  it('multiplied through the layers leaves padding alone', () => {
    const { tokens, regions } = rollout(maps(1, true));
    expect(tokens[1]).toBe(0);
    expect(regions[1]).toBe(0);
    expect(regions[0]).toBeGreaterThan(0);
  });
});

describe('headImportance', () => {
  it('is the size of the sum over a head', () => {
    const { textSelf } = headImportance(maps(1, false), maps(-1, false));
    expect(textSelf.dims).toEqual([1, 1]);
    expect(textSelf.data[0]).toBeCloseTo(0.5625 + 0.0625 + 0.25 + 0.25);
  });
});

describe('attendedRelevance', () => {
  it('shares the regions’ relevance out by what was looked at, and leaves the words', () => {
    const found = attendedRelevance(
      { tokens: Float32Array.of(0, 0.5), regions: Float32Array.of(0.2, 0.3, 0.5) },
      { tokens: Float32Array.of(1, 1), regions: Float32Array.of(0.5, 0.5, 0) },
    );
    expect([...found.tokens]).toEqual([0, 0.5]);
    // 0.2² and 0.3², equally attended to.
    expect(found.regions[0]).toBeCloseTo(4 / 13);
    expect(found.regions[1]).toBeCloseTo(9 / 13);
    expect(found.regions[2]).toBe(0);
  });

  it('stays relevance where nothing of it was looked at', () => {
    const relevant = { tokens: Float32Array.of(0), regions: Float32Array.of(0.7, 0) };
    const attended = { tokens: Float32Array.of(0), regions: Float32Array.of(0, 1) };
    expect([...attendedRelevance(relevant, attended).regions]).toEqual([...relevant.regions]);
  });
});
