import { describe, expect, it } from 'vitest';
import { fakePrediction, fakeScene } from '../../core/testing/engine-fake-results.ts';
import type { Prediction } from '../../core/types.ts';
import { NO_EDITS } from './edits.ts';
import { compareAnswers, editedRegions, editedTokens, outcomeSentence } from './select-edits.ts';
import type { Exchange } from '../work/state.ts';

const box = { xmin: 0.1, ymin: 0.2, xmax: 0.3, ymax: 0.9 };
const scene = fakeScene('photo-1');
const before = fakePrediction('photo-1', 'What color is it?');
const exchange: Exchange = {
  id: 1,
  photo: { imageId: 'photo-1', blob: new Blob(), name: 'park.png', source: 'file' },
  scene,
  prediction: before,
};

const flipped: Prediction = {
  ...before,
  answers: [
    { answer: 'two', score: 0.4 },
    { answer: 'red', score: 0.2 },
  ],
  followed: [{ answer: 'brown', score: 0.1 }],
};

describe('edited regions', () => {
  it('keep their names, and new boxes get theirs when they have been looked at', () => {
    const edits = { ...NO_EDITS, regions: [1, box], hiddenRegions: [0] };
    expect(editedRegions(exchange, edits, null)).toMatchObject([
      { name: 'frisbee', isHidden: true, isOwn: false },
      { name: 'new box', isHidden: false, isOwn: true, box },
    ]);
    const looked = { ...scene, regions: [scene.regions[1]!, { ...scene.regions[0]!, box }] };
    const outcome = { edits, scene: looked, prediction: before };
    expect(editedRegions(exchange, edits, outcome)[1]).toMatchObject({ name: 'brown dog' });
    // An outcome of other boxes names none of these.
    expect(editedRegions(exchange, { ...edits, regions: [box] }, outcome)[0]).toMatchObject({
      name: 'new box',
    });
  });
});

it('has the words of the question that is asked now', () => {
  expect(editedTokens(exchange, NO_EDITS, null)).toBe(before.tokens);
  const edits = { ...NO_EDITS, question: 'Who?' };
  expect(editedTokens(exchange, edits, null)).toEqual([]);
  const prediction = fakePrediction('photo-1', 'Who?');
  expect(editedTokens(exchange, edits, { edits, scene, prediction })).toBe(prediction.tokens);
});

describe('a changed answer', () => {
  it('keeps the first one in sight', () => {
    expect(compareAnswers(before, flipped, 2)).toEqual([
      { answer: 'two', before: 0.12, after: 0.4 },
      { answer: 'brown', before: 0.63, after: 0.1 },
    ]);
  });

  it('is said in a sentence', () => {
    expect(outcomeSentence(before, flipped)).toBe(
      'The answer flips from “brown” to “two”, 40 %. “brown” falls from 63 % to 10 %.',
    );
    expect(outcomeSentence(before, before)).toBe('Still “brown”: it stays at 63 %.');
  });
});
