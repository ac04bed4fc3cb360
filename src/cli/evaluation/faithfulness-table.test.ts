import { describe, expect, it } from 'vitest';
import type { FaithfulnessCurve, Ranking } from '../../core/explanation.ts';
import { rankTruths, truthLines, truthsOf, type Truths } from './faithfulness-table.ts';

function curve(ranking: Ranking, direction: FaithfulnessCurve['direction'], area: number): FaithfulnessCurve {
  return {
    ranking,
    removal: 'mask',
    direction,
    fractions: Float32Array.of(0, 1),
    scores: Float32Array.of(0, 1),
    area,
  };
}

const question = (relevance: number, random: number): Truths =>
  new Map<Ranking, number>([
    ['random', random],
    ['relevance', relevance],
  ]);

describe('the truth of a ranking', () => {
  it('is the area of insertion less that of deletion, of one removal', () => {
    const curves = [
      curve('relevance', 'insertion', 0.75),
      curve('relevance', 'deletion', 0.25),
      { ...curve('relevance', 'deletion', 0.5), removal: 'zero-feature' as const },
    ];
    expect([...truthsOf({ curves }, 'mask')]).toEqual([['relevance', 0.5]]);
  });
});

describe('rankTruths', () => {
  it('compares question by question, and puts the truest first', () => {
    // Questions differ far more from each other than the two rankings do on each.
    const questions = [question(0.9, 0.85), question(0.1, 0.05), question(0.5, 0.45), question(-0.4, -0.45)];
    const ranked = rankTruths(questions);
    expect(ranked.map(({ ranking }) => ranking)).toEqual(['relevance', 'random']);
    const above = ranked[0]?.above.get('random');
    expect(above?.low).toBeCloseTo(0.05);
    expect(above?.high).toBeCloseTo(0.05);
    expect(ranked[0]?.truth.low).toBeLessThan(0.1);
  });

  it('is told in lines', () => {
    const ranked = rankTruths([question(0.5, 0.25), question(0.5, 0.25)]);
    const lines = truthLines(ranked, { scope: 'words', removal: 'mask' });
    expect(lines[0]).toBe('scope: words, removal: mask');
    expect(lines[1]).toBe('ranking    truth                 less random');
    expect(lines[2]).toMatch(/^relevance +0\.500 \[0\.500, 0\.500\] +0\.250 \[0\.250, 0\.250\]$/u);
  });
});
