import { describe, expect, it } from 'vitest';
import { barLine } from '../progress-bar.ts';
import { parseQuestions } from './read-questions.ts';
import { scoreLines, scorePredictions } from './score-predictions.ts';

describe('scorePredictions', () => {
  it('averages kinds, not questions, for the macro accuracy', () => {
    const scores = scorePredictions([
      { kind: 'colour', correct: true },
      { kind: 'count', correct: false },
      { kind: 'colour', correct: true },
      { kind: 'count', correct: true },
      { kind: 'count', correct: false },
      { kind: null, correct: false },
    ]);
    expect(scoreLines(scores)).toEqual([
      'colour 1.000 (2/2)',
      'count  0.333 (1/3)',
      'macro 0.667',
      'accuracy 0.500 (3/6)',
    ]);
  });

  it('has no macro accuracy without kinds, and counts nothing as nothing', () => {
    expect(scoreLines(scorePredictions([{ kind: null, correct: true }]))).toEqual(['accuracy 1.000 (1/1)']);
    expect(scoreLines(scorePredictions([]))).toEqual(['accuracy 0.000 (0/0)']);
  });
});

describe('parseQuestions', () => {
  it('takes one answer or several, with or without a kind', () => {
    expect(
      parseQuestions([
        { photo: 'a.jpg', question: 'How many?', answer: 2 },
        { photo: 'b.jpg', question: 'What?', answers: ['sofa', 'couch'], kind: 'object' },
      ]),
    ).toEqual([
      { photo: 'a.jpg', question: 'How many?', accepted: ['2'], kind: null },
      { photo: 'b.jpg', question: 'What?', accepted: ['sofa', 'couch'], kind: 'object' },
    ]);
  });

  it.each<[unknown, string]>([
    [{}, 'questions is an object, must be a list'],
    [[{ question: 'What?', answer: 'x' }], 'questions[0].photo is missing, must be a text that is not empty'],
    [[{ photo: 'a', question: 'What?' }], 'questions[0].answer is missing, must be a text'],
    [[{ photo: 'a', question: 'What?', answers: 'x' }], 'questions[0].answers is "x", must be a list'],
  ])('refuses %j', (json, message) => {
    expect(() => parseQuestions(json)).toThrow(message);
  });
});

it('draws how far it is, how fast, and how long it will be', () => {
  expect(barLine(30, 120, 10_000, 'accuracy 0.500')).toBe(
    '██████░░░░░░░░░░░░░░░░░░ 30/120  25 %  3.0/s  30 s left  accuracy 0.500',
  );
  expect(barLine(0, 5, 0, '')).toContain('0/5  0 %');
});
