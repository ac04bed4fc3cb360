import { describe, expect, it } from 'vitest';
import { isAccepted, normaliseAnswer, rankAnswers, scoresOf, sigmoid, softmax } from './answers.ts';

describe('scores', () => {
  it('softmax sums to 1 and survives large logits', () => {
    const scores = softmax([1000, 1001, 999]);
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(scores[1]).toBeCloseTo(0.66524096, 7);
  });

  it('sigmoid scores each logit by itself', () => {
    expect([...sigmoid([0, 1000, -1000])]).toEqual([0.5, 1, 0]);
  });

  it('follows the pack', () => {
    expect(scoresOf([0, 0], 'softmax')[0]).toBe(0.5);
    expect(scoresOf([0, 0, 0, 0], 'softmax')[0]).toBe(0.25);
    expect(scoresOf([0, 0, 0, 0], 'sigmoid')[0]).toBe(0.5);
  });
});

describe('rankAnswers', () => {
  it('ranks by falling score and keeps the order of equals', () => {
    expect(rankAnswers([0.1, 0.4, 0.1, 0.4], ['red', 'cat', 'two', 'yes'], 3)).toEqual([
      { answer: 'cat', score: 0.4 },
      { answer: 'yes', score: 0.4 },
      { answer: 'red', score: 0.1 },
    ]);
  });

  it('gives ten answers at most', () => {
    const answers = Array.from({ length: 30 }, (_, index) => `answer ${index}`);
    expect(rankAnswers(new Float64Array(30), answers)).toHaveLength(10);
  });
});

describe('comparing answers', () => {
  it.each([
    ['  A Dog ', 'dog'],
    ['the left side', 'left side'],
    ['an apple', 'apple'],
    ['theatre', 'theatre'],
    ['a', 'a'],
  ])('%j is compared as %j', (answer, normalised) => {
    expect(normaliseAnswer(answer)).toBe(normalised);
  });

  it('accepts any of several', () => {
    expect(isAccepted('Couch', ['sofa', 'the couch'])).toBe(true);
    expect(isAccepted('chair', ['sofa', 'couch'])).toBe(false);
    expect(isAccepted('chair', [])).toBe(false);
  });
});
