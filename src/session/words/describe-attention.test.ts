import { describe, expect, it } from 'vitest';
import { describePlace, describeRegionAttention, describeTokenAttention } from './describe-attention.ts';
import { FAKE_REGIONS, fakeTokens } from '../../core/testing/engine-fake-results.ts';
import { percent } from '../../core/percent.ts';
import type { BoundingBox, Region } from '../../core/types.ts';

const at = (x: number, y: number): BoundingBox => ({
  xmin: x - 0.1,
  ymin: y - 0.1,
  xmax: x + 0.1,
  ymax: y + 0.1,
});

const dog = (box: BoundingBox): Region => ({ box, label: 'dog', score: 1, attributes: [] });

describe('attention in words', () => {
  it('says where the first region is and leaves out what hardly counts', () => {
    expect(describeRegionAttention([0.7, 0.25, 0.05], FAKE_REGIONS)).toBe(
      'mostly the dog at the lower left, 70 %; then the frisbee, 25 %',
    );
  });

  it('says where each is when several have one name', () => {
    expect(
      describeRegionAttention([0.3, 0.7, 0], [dog(at(0.2, 0.5)), dog(at(0.8, 0.5)), dog(at(0.5, 0.5))]),
    ).toBe('mostly the dog on the right, 70 %; then the dog on the left, 30 %');
  });

  it('adds up regions that show the same thing', () => {
    const regions = [dog(at(0.2, 0.5)), dog(at(0.8, 0.5)), dog(at(0.22, 0.52))];
    expect(describeRegionAttention([0.4, 0.2, 0.4], regions)).toBe(
      'spread over all 3 regions; most on the dog on the left, 80 %',
    );
  });

  it('does not call an even spread a preference', () => {
    expect(describeRegionAttention([0.3, 0.36, 0.34], FAKE_REGIONS)).toBe(
      'spread over all 3 regions; most on the frisbee in the middle, 36 %',
    );
  });

  it('quotes tokens', () => {
    const { tokens } = fakeTokens('What color?');
    expect(describeTokenAttention([0.1, 0.1, 0.8, 0], tokens)).toBe('mostly “color?”, 80 %');
  });

  it('has something to say about nothing', () => {
    expect(describeRegionAttention([], [])).toBe('no regions');
  });
});

it.each([
  [at(0.2, 0.2), 'at the upper left'],
  [at(0.5, 0.2), 'at the top'],
  [at(0.5, 0.5), 'in the middle'],
  [at(0.8, 0.5), 'on the right'],
  [at(0.5, 0.8), 'at the bottom'],
  [at(0.8, 0.8), 'at the lower right'],
])('a box at %j is %s', (box, place) => {
  expect(describePlace(box)).toBe(place);
});

it.each([
  [0, '0 %'],
  [0.001, '<1 %'],
  [0.006, '1 %'],
  [0.414, '41 %'],
  [1, '100 %'],
])('a share of %s reads %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
