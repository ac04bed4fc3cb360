import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { createQuestionEncoder } from './encode-question.ts';
import { checkQuestion, straightenQuotes } from './question-text.ts';

const tokenizerJson: unknown = JSON.parse(
  readFileSync(new URL('../../../models/fixtures/tiny-pack/tokenizer.json', import.meta.url), 'utf8'),
);
const encode = createQuestionEncoder(Object(tokenizerJson), 20);

/** Each token with the text that it stands for, special ones left out. */
function spans(question: string): string[] {
  const { tokens, overflow } = encode(question);
  return [...tokens, ...overflow]
    .filter(({ kind }) => kind !== 'special')
    .map(({ text, start, end }) => `${text}=${question.slice(start, end)}`);
}

function complaint(question: string): string {
  try {
    checkQuestion(question, encode(question));
  } catch (thrown) {
    if (thrown instanceof VqaError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'no complaint';
}

describe('createQuestionEncoder', () => {
  it('frames the pieces with [CLS] and [SEP]', () => {
    const { tokens, ids, overflow, maxTokens } = encode('Is it red?');
    expect(tokens).toEqual([
      { text: '[CLS]', start: 0, end: 0, kind: 'special' },
      { text: 'is', start: 0, end: 2, kind: 'piece' },
      { text: 'it', start: 3, end: 5, kind: 'piece' },
      { text: 'red', start: 6, end: 9, kind: 'piece' },
      { text: '?', start: 9, end: 10, kind: 'piece' },
      { text: '[SEP]', start: 10, end: 10, kind: 'special' },
    ]);
    expect(ids).toHaveLength(6);
    expect([ids[0], ids[4], ids[5]]).toEqual([2, 5, 3]);
    expect(overflow).toEqual([]);
    expect(maxTokens).toBe(20);
  });

  it.each<[string, string[]]>([
    ['Dogs  walking', ['dog=Dog', '##s=s', 'w=w', '##a=a', '##l=l', '##k=k', '##ing=ing']],
    ["what's that?", ['what=what', "'='", 's=s', 'that=that', '?=?']],
    ['réd cafe\u0301', ['red=réd', 'c=c', '##a=a', '##f=f', '##e=e\u0301']],
    ['a 🐶 dog', ['a=a', '[UNK]=🐶', 'dog=dog']],
    ['👨‍👩‍👧 person', ['[UNK]=👨‍👩‍👧', 'person=person']],
    ['狗 dog狗狗', ['[UNK]=狗', 'dog=dog', '[UNK]=狗', '[UNK]=狗']],
    ['\u0000what\u00a0is\tİt', ['what=what', 'is=is', 'it=İt']],
    ['ΟΔΟΣ red', ['[UNK]=ΟΔΟΣ', 'red=red']],
    ['[sep]', ['[UNK]=[', 's=s', '##e=e', '##p=p', '[UNK]=]']],
    ['', []],
    [' \n', []],
  ])('knows where the pieces of %j stand', (question, expected) => {
    expect(spans(question)).toEqual(expected);
  });

  it('takes a word of more than 100 letters for unknown', () => {
    expect(spans('a '.padEnd(103, 'b'))).toEqual(['a=a', `[UNK]=${'b'.repeat(101)}`]);
  });

  it('cuts at the limit and keeps [SEP]', () => {
    const { tokens, overflow, ids } = encode('red '.repeat(30));
    expect(tokens).toHaveLength(20);
    expect(ids).toHaveLength(20);
    expect(tokens.at(-1)?.text).toBe('[SEP]');
    expect(overflow).toHaveLength(12);
    expect(overflow[0]).toEqual({ text: 'red', start: 72, end: 75, kind: 'piece' });
  });

  it('survives five thousand characters', () => {
    expect(encode('what is this? '.repeat(360)).tokens).toHaveLength(20);
  });
});

it('straightens the quotes of phones without moving anything', () => {
  expect(straightenQuotes('What’s “that”, ‘red’?')).toBe("What's \"that\", 'red'?");
});

describe('checkQuestion', () => {
  it.each([
    ['Is it red?', 'no complaint'],
    ['xyzzy dog', 'no complaint'],
    ['42', 'no complaint'],
    ['xyzzy qwrt!', 'question-unknown-words'],
    ['🐶 dog', 'no complaint'],
    ['3', 'no complaint'],
    ['', 'question-empty: The question is empty.'],
    [' \t\n', 'question-empty: The question is empty.'],
    ['狗狗？', 'question-unknown-words: The question has no word that the models know.'],
    ['🐶🐶?', 'question-unknown-words'],
    ['???', 'question-unknown-words'],
  ])('of %j: %s', (question, expected) => {
    expect(complaint(question)).toContain(expected);
  });

  it('names the limit of length', () => {
    expect(complaint('red '.repeat(1250))).toBe(
      'question-too-long: The question has 5,000 characters; the limit is 500.',
    );
  });
});
