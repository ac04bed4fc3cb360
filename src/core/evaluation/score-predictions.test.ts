import { describe, expect, it } from 'vitest';
import { parseQuestions, readQuestionTable, unscoredSentence } from './question-table.ts';
import { shardOf } from './run-evaluation.ts';
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
    [[{ photo: 'a', question: 'What?', answer: true }], 'questions[0].answer is true, must be a text'],
    [[{ photo: 'a', question: 'What?', answers: 'x' }], 'questions[0].answers is "x", must be a list'],
  ])('refuses %j', (json, message) => {
    expect(() => parseQuestions(json)).toThrow(message);
  });
});

describe('a table as CSV', () => {
  it('reads columns in any order, quotes, several answers and an answer that is missing', async () => {
    const text =
      '\uFEFFKind,Question,photo,answers\r\ncount,"How many, in all?",a b.jpg,2|two\r\n,"Is it ""red""?",c.jpg,\r\n';
    const { questions, missing } = await readQuestionTable(text);
    expect(missing).toEqual([]);
    expect(questions).toEqual([
      { photo: 'a b.jpg', question: 'How many, in all?', accepted: ['2', 'two'], kind: 'count' },
      { photo: 'c.jpg', question: 'Is it "red"?', accepted: [], kind: null },
    ]);
    expect(unscoredSentence(questions)).toBe('One question comes without an answer and is not scored.');
  });

  it('takes semicolons and tabs, and says what it left out', async () => {
    expect((await readQuestionTable('photo;question;answer\na.jpg;What?;dog')).questions).toHaveLength(1);
    const { questions, missing } = await readQuestionTable(
      'photo\tquestion\tnote\na.jpg\tWhat?\tx\n\tWho?\ty',
    );
    expect(questions).toHaveLength(1);
    expect(missing).toEqual([
      'Row 2 is without a photo or a question, and was left out.',
      'Not read: “note”.',
    ]);
  });

  it.each([
    ['picture,question\na,b', 'the header has no column “photo”; it has “picture”, “question”'],
    ['photo,question\na.jpg,"What?', 'line 2'],
    ['[{"photo"', 'it is not JSON'],
  ])('refuses %j', async (text, message) => {
    await expect(readQuestionTable(text)).rejects.toThrow(message);
  });
});

it('scores only what has an answer', () => {
  const scores = scorePredictions([
    { kind: 'count', correct: true, accepted: ['2'] },
    { kind: 'count', correct: false, accepted: [] },
  ]);
  expect(scoreLines(scores)).toEqual(['count 1.000 (1/1)', 'macro 1.000', 'accuracy 1.000 (1/1)']);
});

it('gives every photo to one shard', () => {
  const questions = ['a', 'b', 'a', 'c', 'd'].map((photo, id) => ({ photo, id }));
  const shards = [1, 2].map((shard) => shardOf(questions, { shard, shards: 2 }).map(({ id }) => id));
  expect(shards).toEqual([
    [0, 2, 3],
    [1, 4],
  ]);
});
