import { describe, expect, it } from 'vitest';
import { fakeFaithfulness } from '../../core/testing/explanation-fake.ts';
import { disagreementSentence, scoreRankings, truthSentence } from './faithfulness-words.ts';

const measured = fakeFaithfulness({ imageId: 'photo-1', question: 'What color is it?' });

describe('the truth meter in words', () => {
  it('puts the truest ranking first', () => {
    const scores = scoreRankings(measured.curves);
    expect(scores.map(({ ranking }) => ranking)).toEqual([
      'attention',
      'rollout',
      'relevance',
      'leave-one-out',
      'leave-one-out-keep-one',
      'shapley',
      'random',
      'box-area',
      'detector-confidence',
    ]);
    expect(scores[0]?.areas).toHaveLength(4);
  });

  it('says how often a method beats each baseline', () => {
    expect(truthSentence(measured, 'relevance')).toBe(
      'Truest here: Attention. The map on screen beats “Random order” in 4 of 4 measurements, “Largest box first” in 4 and “Surest region first” in 4.',
    );
  });

  it('admits when a baseline does as well as any method', () => {
    const curves = measured.curves.map((curve) =>
      curve.ranking === 'random' ? { ...curve, area: curve.direction === 'deletion' ? 0 : 1 } : curve,
    );
    expect(truthSentence({ ...measured, curves }, 'relevance')).toContain('No method is true here');
  });

  it('names methods that disagree, the strongest disagreement first', () => {
    expect(
      disagreementSentence({
        scope: 'regions',
        agreements: [
          { left: 'relevance', right: 'rollout', correlation: 0.1 },
          { left: 'relevance', right: 'shapley', correlation: -0.25 },
          { left: 'rollout', right: 'shapley', correlation: 0.8 },
        ],
      }),
    ).toBe(
      'These disagree on which regions matter (rank correlation): Relevance and Shapley values (−0.25); Relevance and Rollout (0.10).',
    );
    expect(
      disagreementSentence({
        scope: 'words',
        agreements: [{ left: 'rollout', right: 'shapley', correlation: 0.8 }],
      }),
    ).toBeNull();
  });
});
