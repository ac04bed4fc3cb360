/** Our reading of BERT's tokenizer beside the library that reads all kinds. */
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { readPackJson } from '../core/parse-pack.ts';
import { wordPiecesOf } from './word-pieces.ts';

const text = readFileSync(new URL('../../models/fixtures/tiny-pack/tokenizer.json', import.meta.url), 'utf8');

/** A fresh copy, to be changed by a test. */
function tokenizerJson(): Record<string, Record<string, unknown>> {
  return JSON.parse(text);
}

const ours = readPackJson(tokenizerJson(), 'tokenizer', wordPiecesOf);
const library = new Tokenizer(tokenizerJson(), {});

/** Everything that the rules treat differently, beside plain words. */
const PARTS = [
  ['what', 'is', 'the', 'Dog', 'RED', 'walking', 'cup', 'x', 'ing', '42', '7th', "'s"],
  ['é', 'e\u0301', 'Ñ', 'İ', 'ß', 'ﬁ', 'Σ', '\u0301', 'й', 'ก', 'ि'],
  [' ', '  ', '\t', '\n', '\u00A0', '\u3000', '\u2028'],
  ['?', '!', '-', '—', '“', '…', '$', '~', '`', '^', '€', '·', '¿', '、'],
  ['狗', '豈', 'ひ', '한', '🐶', '👨‍👩‍👧', '\u0000', '\uFFFD', '\u200B', '\u00AD', '\uE000', '\u0007'],
].flat();

function randomTexts(count: number): string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => {
      return PARTS[Math.floor(random() * PARTS.length)] ?? '';
    }).join(random() < 0.5 ? ' ' : ''),
  );
}

const encode = (given: string): number[] => ours.split(ours.normalise(given)).flatMap(ours.cut);

describe('pieces of words', () => {
  it('are those that the library finds, in 5,000 texts', () => {
    const different = randomTexts(5000).filter(
      (given) =>
        encode(given).join(' ') !== library.encode(given, { add_special_tokens: false }).ids.join(' '),
    );
    expect(different).toEqual([]);
  });

  it('stand between the same marks', () => {
    expect(ours.frame).toEqual(library.encode('').ids);
    expect(ours.frame.map((id) => ours.pieces[id])).toEqual(['[CLS]', '[SEP]']);
  });

  it('separate ideographs beyond the first 65,536 characters, as BERT does', () => {
    expect(ours.split(ours.normalise('a𠀀b'))).toEqual(['a', '𠀀', 'b']);
  });

  it('keep capitals and accents where the model has learned them', () => {
    const json = tokenizerJson();
    Object.assign(json['normalizer'] ?? {}, { lowercase: false });
    const cased = readPackJson(json, 'tokenizer', wordPiecesOf);
    expect(cased.normalise('Café')).toBe('Café');
    Object.assign(json['normalizer'] ?? {}, { strip_accents: true });
    expect(readPackJson(json, 'tokenizer', wordPiecesOf).normalise('Café')).toBe('Cafe');
  });
});

describe('a tokenizer of another kind is refused by name:', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['normalizer', { type: 'NFC' }, 'tokenizer.normalizer.type is "NFC", must be "BertNormalizer"'],
    ['normalizer', { clean_text: false }, 'tokenizer.normalizer.clean_text is false, must be true'],
    ['pre_tokenizer', { type: 'Whitespace' }, 'tokenizer.pre_tokenizer.type is "Whitespace"'],
    ['model', { type: 'BPE' }, 'tokenizer.model.type is "BPE", must be "WordPiece"'],
    ['model', { unk_token: '<unk>' }, 'tokenizer.model.unk_token is "<unk>"'],
    ['model', { vocab: { a: 7 } }, 'tokenizer.model.vocab.a is 7'],
    ['post_processor', { single: [] }, 'tokenizer.post_processor.single is a list of 0'],
  ])('%s %j', (part, change, complaint) => {
    const json = tokenizerJson();
    Object.assign(json[part] ?? {}, change);
    expect(() => readPackJson(json, 'tokenizer', wordPiecesOf)).toThrow(complaint);
  });
});
