/**
 * A question to token ids, each token with its span in the text as it was typed.
 *
 * Imported when a pack is loaded, and not before: the tokenizer's library is fetched beside the models.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { VqaError } from '../../core/errors.ts';
import type { Token, TokenizedQuestion } from '../../core/types.ts';
import { latinLetters, plainLetters } from './plain-letters.ts';
import { MASK } from './question-text.ts';
import { splitWords, type Word } from './split-words.ts';

export interface EncodedQuestion extends TokenizedQuestion {
  /** Of `tokens`, with [CLS] and [SEP]. */
  readonly ids: Int32Array;
}

export interface EncodeQuestion {
  (question: string): EncodedQuestion;
  /** The same for a sentence whose every [MASK] is a token of its own; `masks` are their places among `tokens`. */
  withMasks(sentence: string): EncodedQuestion & { readonly masks: readonly number[] };
  /** The text of every piece, by id. */
  readonly pieces: readonly string[];
}

interface NumberedToken extends Token {
  readonly id: number;
}

/**
 * @param tokenizerJson the parsed `tokenizer.json` of a pack
 * @param plain what the tokenizer is given for a character with its marks
 */
export function createQuestionEncoder(
  tokenizerJson: object,
  maxTokens: number,
  plain: (cluster: string) => string = plainLetters,
): EncodeQuestion {
  const tokenizer = new Tokenizer(tokenizerJson, {});
  const unknownId = tokenizer.model?.unk_token_id;
  const normalise = (cluster: string): string => {
    const letters = plain(cluster);
    return tokenizer.normalizer?.normalize(letters) ?? letters;
  };
  const split = (text: string): string[] => tokenizer.pre_tokenizer?.pre_tokenize(text) ?? text.split(/\s+/u);

  // One word at a time: a typed "[SEP]" stays text, and a piece's place follows from its length.
  const piecesOf = (word: Word): NumberedToken[] => {
    const { ids, tokens } = tokenizer.encode(word.text, { add_special_tokens: false });
    let cursor = 0;
    return tokens.map((text, index) => {
      const id = ids[index] ?? 0;
      const unknown = id === unknownId;
      const first = cursor;
      cursor = unknown ? word.text.length : cursor + text.replace(/^##/u, '').length;
      return {
        id,
        text,
        start: word.starts[first] ?? 0,
        end: word.ends[cursor - 1] ?? 0,
        kind: unknown ? 'unknown' : 'piece',
      };
    });
  };

  const frame = tokenizer.encode('', { add_special_tokens: true });
  if (frame.ids.length !== 2) {
    throw new VqaError(
      'pack-invalid',
      `the tokenizer frames a text with ${frame.ids.length} tokens, must be 2`,
    );
  }

  const special = (index: number, place: number): NumberedToken => ({
    id: frame.ids[index] ?? 0,
    text: frame.tokens[index] ?? '',
    start: place,
    end: place,
    kind: 'special',
  });

  const framed = (pieces: readonly NumberedToken[], length: number): EncodedQuestion => {
    const room = maxTokens - 2;
    const read = [special(0, 0), ...pieces.slice(0, room), special(1, length)];
    return {
      ids: Int32Array.from(read, ({ id }) => id),
      tokens: read.map(withoutId),
      overflow: pieces.slice(room).map(withoutId),
      maxTokens,
    };
  };
  const maskId = tokenizer.token_to_id(MASK);
  const piecesFrom = (text: string, start: number): NumberedToken[] =>
    splitWords(latinLetters(text), normalise, split)
      .flatMap(piecesOf)
      .map(({ id, text: piece, kind, start: from, end: to }) => ({
        id,
        text: piece,
        kind,
        start: start + from,
        end: start + to,
      }));

  return Object.assign((question: string) => framed(piecesFrom(question, 0), question.length), {
    withMasks(sentence: string) {
      if (maskId === undefined) throw new VqaError('pack-invalid', `the tokenizer has no ${MASK}`);
      const pieces: NumberedToken[] = [];
      let cursor = 0;
      for (const part of sentence.split(MASK)) {
        if (cursor > 0) {
          const mask = { id: maskId, text: MASK, start: cursor - MASK.length, end: cursor };
          pieces.push({ ...mask, kind: 'special' });
        }
        pieces.push(...piecesFrom(part, cursor));
        cursor += part.length + MASK.length;
      }
      const encoded = framed(pieces, sentence.length);
      const masks = [...encoded.ids.keys()].filter((place) => encoded.ids[place] === maskId);
      return { ...encoded, masks };
    },
    pieces: tokenizer.model?.vocab ?? [],
  });
}

function withoutId({ text, start, end, kind }: NumberedToken): Token {
  return { text, start, end, kind };
}
