import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { createQuestionEncoder } from './encode-question.ts';
import { checkQuestion } from './question-text.ts';

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

const words = (question: string): string[] => encode(question).tokens.map(({ text }) => text);

describe('letters that look the same', () => {
  it.each<[string, string]>([
    ['What’s “that”, ‘red’?', `What's "that", 'red'?`],
    ...Array.from('`´‘’ʼ′＇ꞌ‵', (mark): [string, string] => [`that${mark}s red`, "that's red"]),
    ['is it red？', 'is it red?'],
    ['is\u3000it\u00a0red\u2009?', 'is it red ?'],
    ['is it red?\u2028', 'is it red?'],
    ['is it a ﬁsh?', 'is it a fish?'],
    ['Is it ｒｅｄ？', 'is it red?'],
    ['𝗜𝘀 𝑖𝑡 𝓻𝓮𝓭?', 'is it red?'],
    ['Ⓘⓢ 🅘🅣 🅁🄴🄳?', 'is it red?'],
    ['ɪs ɪᴛ ʀᴇᴅ?', 'is it red?'],
    ['is it red…', 'is it red...'],
    ['is it red‼', 'is it red!!'],
    ['is it–red?', 'is it-red?'],
    ['is it r\u200bed\u200d?\ufeff', 'is it red?'],
    ['is it r\u00ade\u00add?', 'is it red?'],
    ['\u202dis it red?\u202c', 'is it red?'],
    ['is it r\u0336e\u0336d\u0336?', 'is it red?'],
    ['is it r\u20dde\u20ddd?', 'is it red?'],
    ['iѕ іt rеd?', 'is it red?'],
    ['is it α dοg?', 'is it α dog?'],
    ['is it réd?', 'is it red?'],
    ['is it red™?', 'is it red?'],
    ['is it ½ red?', 'is it 1/2 red?'],
  ])('%j is read as %j', (question, plain) => {
    expect(words(question)).toEqual(words(plain));
  });

  it.each<[string, string[]]>([
    ['dog🐶?', ['dog=dog', '[UNK]=🐶', '?=?']],
    ['🐶dog❤️red', ['[UNK]=🐶', 'dog=dog', '[UNK]=❤️', 'red=red']],
    ['red→dog', ['red=red', '[UNK]=→', 'dog=dog']],
    ['dog🇨🇦', ['dog=dog', '[UNK]=🇨🇦']],
    ['𝗿𝗲𝗱 d\u200bog ﬁ', ['red=𝗿𝗲𝗱', 'dog=d\u200bog', 'f=ﬁ', '##i=ﬁ']],
    ['is…red', ['is=is', '.=…', '.=…', '.=…', 'red=red']],
  ])('a place in %j is the place of what was typed', (question, expected) => {
    expect(spans(question)).toEqual(expected);
  });
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
