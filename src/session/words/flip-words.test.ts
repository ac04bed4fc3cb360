import { expect, it } from 'vitest';
import { fakePrediction, fakeScene } from '../../core/testing/engine-fake-results.ts';
import { fakeFlip } from '../../core/testing/explanation-fake.ts';
import type { Candidate } from '../../explain/find-flip.ts';
import { flipSentence, flipStepName } from './flip-words.ts';

const question = 'What color is the dog?';
const exchange = {
  id: 1,
  photo: { imageId: 'photo-1', blob: new Blob(), name: 'dog.jpg', source: 'file' },
  scene: fakeScene('photo-1'),
  prediction: fakePrediction('photo-1', question),
} as const;

it('says what the change turns into what, or that the answer holds', () => {
  const flip = fakeFlip({ imageId: 'photo-1', question });
  expect(flipSentence(flip)).toBe('2 steps turn “brown” into “two”, 40 %.');
  expect(flipSentence({ ...flip, to: null })).toBe('“brown” holds: 2 steps did not flip it.');
});

it.each<[Candidate, string]>([
  [{ kind: 'region', index: 0 }, 'Without box 1, brown dog'],
  [{ kind: 'token', index: 2 }, 'Without “color”'],
  [
    { kind: 'head', place: { module: 'textToRegion', layer: 0, head: 1 } },
    'Without head 2 of layer 1, Words → regions',
  ],
])('names a step: %o', (step, name) => {
  expect(flipStepName(step, exchange)).toBe(name);
});
