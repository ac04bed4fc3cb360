import { describe, expect, it } from 'vitest';
import { lookingSentence, shareOfPhoto, verdictOf, type LookingTest } from './looking.ts';

const test: LookingTest = {
  answer: 'brown',
  score: 0.6,
  blind: { best: { answer: 'white', score: 0.3 }, score: 0.06 },
  otherPhoto: { best: { answer: 'black', score: 0.5 }, score: 0.12 },
  shuffled: { best: { answer: 'brown', score: 0.4 }, score: 0.4 },
};

describe('looking or guessing', () => {
  it('counts the better of the two guesses', () => {
    expect(shareOfPhoto(test)).toBeCloseTo(0.8);
    expect(shareOfPhoto({ ...test, otherPhoto: null })).toBeCloseTo(0.9);
  });

  it('never finds less than nothing', () => {
    expect(shareOfPhoto({ ...test, blind: { ...test.blind, score: 0.9 } })).toBe(0);
    expect(shareOfPhoto({ ...test, score: 0 })).toBe(0);
  });

  it.each([
    [0.06, 'looked'],
    [0.3, 'partly'],
    [0.55, 'guessed'],
  ] as const)('calls a blind score of %f %s', (score, verdict) => {
    expect(verdictOf({ ...test, otherPhoto: null, blind: { ...test.blind, score } })).toBe(verdict);
  });

  it('says every number', () => {
    expect(lookingSentence(test)).toBe(
      'It looked: the photo decided. “brown” gets 60 % with this photo, 6 % without any (it would say “white”), 12 % with another photo and 40 % with the boxes shuffled.',
    );
  });

  it('says nothing of another answer or photo where there is none', () => {
    const guess = { ...test, otherPhoto: null, blind: { best: { answer: 'brown', score: 0.5 }, score: 0.5 } };
    expect(lookingSentence(guess)).toBe(
      'Mostly a guess: the photo mattered little. “brown” gets 60 % with this photo, 50 % without any and 40 % with the boxes shuffled.',
    );
  });
});
