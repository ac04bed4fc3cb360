/** Against what Python wrote (models/answerability/cases.py), and what the page is told. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeAnswer, presence, signalsOf, type Evidence } from './answerability.ts';
import { doubtSentence } from './doubt-sentence.ts';
import { JsonField } from '../json-field.ts';
import { lexiconOf } from './lexicon.ts';
import type { Answerability } from './pack.ts';
import { readQuestion, wordsOf } from './read-question.ts';
import { tensor } from '../tensor.ts';
import type { Token } from '../types.ts';

const TOLERANCE = 1e-5;
const file = new URL('../../../models/fixtures/cases/answerability-signals.json', import.meta.url);
const golden = new JsonField(JSON.parse(readFileSync(file, 'utf8')), 'golden');
const lexicon = lexiconOf(golden.at('lexicon'));
const answers = golden.at('answers').texts();
const rows = golden
  .at('classScores')
  .items()
  .map((row) => row.numbers());
const classScores = tensor<readonly ['region', 'class']>(
  [rows.length, rows[0]?.length ?? 0],
  Float32Array.from(rows.flat()),
);

function evidenceOf(item: JsonField): Evidence {
  const words = item
    .at('words')
    .items()
    .map((word) => ({ text: word.at('text').text(), pieces: word.at('pieces').number() }));
  return {
    words,
    isCut: item.at('cut').value === true,
    scores: item.at('scores').numbers(),
    answers,
    classScores,
  };
}

const cases = golden
  .at('cases')
  .items()
  .map((item): [string, Evidence, JsonField] => [
    item.at('question').text(),
    evidenceOf(item),
    item.at('expected'),
  ]);

describe.each(cases)('%s', (_, evidence, expected) => {
  const reading = readQuestion(evidence.words, lexicon);

  it('is read as Python reads it', () => {
    expect(reading).toEqual({
      names: expected.at('names').value,
      strange: expected.at('strange').value,
      unpractised: expected.at('unpractised').value,
      topic: expected.at('topic').value,
    });
  });

  it('gives the signals that the weights were fitted on', () => {
    const signals = signalsOf(evidence, reading, lexicon);
    const wanted = expected.at('signals').entries();
    expect(Object.keys(signals).toSorted()).toEqual(wanted.map(([name]) => name).toSorted());
    for (const [name, value] of wanted)
      expect(Math.abs((signals[name] ?? Number.NaN) - value.number()), name).toBeLessThan(TOLERANCE);
  });
});

/** Warns of everything, and is sure of nothing. */
const WARY: Answerability = {
  words: 'question-words.json',
  bias: -1,
  weights: { certainty: 0.1 },
  warnBelow: 1,
  notFoundBelow: 0.2,
  measured: null,
};
const FLAT = [0.1, 0.1, 0.1, 0.1, 0.3, 0.1, 0.1, 0.1];

function plainWords(question: string): Evidence['words'] {
  return (question.match(/\w+|\?/gu) ?? []).map((text) => ({ text, pieces: text.length > 8 ? 3 : 1 }));
}

function sentenceOf(question: string, scores: readonly number[] = FLAT, isCut = false): string | null {
  const words = plainWords(question);
  const confidence = judgeAnswer({ words, isCut, scores, answers, classScores }, lexicon, WARY);
  return doubtSentence({ confidence, overflow: [] });
}

function unknownWords(...words: readonly string[]): string | null {
  return doubtSentence({
    confidence: { chance: 0, doubt: { reason: 'unknown-words', words } },
    overflow: [],
  });
}

function unreadable(text: string): readonly string[] {
  return readQuestion([{ text, pieces: 0 }], lexicon).strange;
}

describe('a warning', () => {
  it.each<[string, string, string, (readonly number[])?, boolean?]>([
    [
      'a thing that is not there',
      'what color is the fire hydrant ?',
      'I cannot clearly make out any fire hydrant in this photo.',
    ],
    ['a word nobody taught', 'what color is the frobnicator ?', 'I do not know the word “frobnicator”.'],
    ['what no photo tells', 'what is written on the dog ?', 'I cannot read writing.'],
    [
      'two answers',
      'what color is the dog ?',
      'it is a close call between “red” and “left”.',
      [0, 0, 0, 0, 0.5, 0.4, 0, 0.1],
    ],
    [
      'nothing in particular',
      'what color is the dog ?',
      'answers like this one are right about 3 times in 10.',
    ],
    ['a question cut off', 'what color is the dog ?', 'too long', FLAT, true],
  ])('names %s', (_, question, words, scores, isCut) => {
    expect(sentenceOf(question, scores, isCut)).toMatch(/^I am not sure: /u);
    expect(sentenceOf(question, scores, isCut)).toContain(words);
  });

  it('names words, no marks, and asks for English when it knows few of them', () => {
    expect(unknownWords('que')).toBe('I am not sure: I do not know the word “que”.');
    expect(unknownWords('siehst', 'du', 'auf', 'dem', 'bild')).toBe(
      'I am not sure: I do not know the words “siehst”, “du”, “auf” and “dem”; I only read plain English.',
    );
    expect(unreadable('¿')).toEqual([]);
    expect(unreadable('🍕')).toEqual(['🍕']);
  });

  it('does not miss what the answer names in another form', () => {
    const twoNames = {
      ...lexicon,
      names: new Map([...lexicon.names, ['hydrants', [0]], ['hydrant', [0]]] as const),
    };
    const evidence: Evidence = {
      words: plainWords('what hydrants are these ?'),
      isCut: false,
      scores: [1],
      answers: ['hydrant'],
      classScores: tensor<readonly ['region', 'class']>([1, 1], Float32Array.of(0)),
    };
    expect(judgeAnswer(evidence, twoNames, WARY).doubt?.reason).not.toBe('not-found');
    expect(judgeAnswer({ ...evidence, answers: ['grass'] }, twoNames, WARY).doubt?.reason).toBe('not-found');
  });

  it('of a missing thing is no argument against “no”', () => {
    expect(sentenceOf('is there a fire hydrant ?', [0.1, 0.4, 0, 0.1, 0.1, 0.1, 0.1, 0.1])).not.toContain(
      'found',
    );
  });

  it('is not given above the threshold', () => {
    const evidence: Evidence = {
      words: plainWords('where is the dog'),
      isCut: false,
      scores: FLAT,
      answers,
      classScores,
    };
    expect(judgeAnswer(evidence, lexicon, { ...WARY, warnBelow: 0.1 })).toMatchObject({ doubt: null });
  });

  it('is always given to a question that was cut, also by a pack that judges nothing', () => {
    const evidence: Evidence = { words: [], isCut: true, scores: FLAT, answers, classScores };
    const sure = judgeAnswer(evidence, lexicon, { ...WARY, warnBelow: 0 });
    expect(sure).toMatchObject({ doubt: { reason: 'cut-off' } });
    expect(doubtSentence({ confidence: null, overflow: [token('red', 0, 3)] })).toBe(
      'I am not sure: the question is too long for me to read to the end.',
    );
    expect(doubtSentence({ confidence: null, overflow: [] })).toBeNull();
  });

  it.each([
    ['what no photo tells', 'what does the sign say', { reason: 'beyond-photos', topic: 'writing' }],
    ['what asks nothing', 'just a lot of words of a dog', { reason: 'no-question' }],
    ['words that nobody taught, where none is known', 'is there a frobnicator', { reason: 'unknown-words' }],
    [
      'two answers of one score',
      'what color is the dog',
      { reason: 'undecided' },
      [0, 0, 0, 0, 0.5, 0.44, 0, 0.06],
    ],
  ])('is given above the threshold of %s', (_, question, doubt, scores = FLAT) => {
    const evidence: Evidence = { words: plainWords(question), isCut: false, scores, answers, classScores };
    expect(judgeAnswer(evidence, lexicon, { ...WARY, warnBelow: 0 }).doubt).toMatchObject(doubt);
  });
});

it('adds the classes of one region, not of several', () => {
  expect(presence([0, 1], classScores)).toBeCloseTo(0.9);
  expect(presence([], classScores)).toBe(0);
});

function token(text: string, start: number, end: number, kind: Token['kind'] = 'piece'): Token {
  return { text, start, end, kind };
}

it('puts words together from their pieces', () => {
  const tokens = [token('[CLS]', 0, 0, 'special'), token('dog', 0, 3), token('##gy', 3, 5)];
  const overflow = [token('[UNK]', 6, 8, 'unknown')];
  expect(wordsOf('Doggy 🐶', { tokens, overflow, maxTokens: 3 })).toEqual([
    { text: 'doggy', pieces: 2 },
    { text: '🐶', pieces: 0 },
  ]);
});
