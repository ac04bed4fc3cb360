/**
 * BERT's tokenizer as the `tokenizer.json` of a pack sets it up: clean the text, split it into words, cut each word into
 * pieces of the vocabulary (WordPiece). Every LXMERT reads its words in this way; a library for all kinds of tokenizers
 * would be a fifth of all the code that an embedding page has to fetch for an answer.
 */
import type { JsonField } from '../core/json-field.ts';

export interface WordPieces {
  /** The text of every piece, by id. */
  readonly pieces: readonly string[];
  readonly unknownId: number;
  /** Ids of what stands before and after every text. */
  readonly frame: readonly [first: number, last: number];
  /** The id of a piece. */
  readonly idOf: (piece: string) => number | undefined;
  /** Without control characters and, where the model has not learned them, without capitals and accents. */
  readonly normalise: (text: string) => string;
  /** The words of a normalised text; punctuation stands alone. */
  readonly split: (text: string) => readonly string[];
  /** The pieces of a word by id, each as long as can be; the unknown one alone where the word cannot be put together. */
  readonly cut: (word: string) => readonly number[];
}

/** A piece that goes on with a word starts with it; everything that reads tokens relies on that. */
const CONTINUES = '##';

/** Line breaks and tabs are control characters too, and white space. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\uFFFD]/gu;
/** What has no spaces between its words: each character is one. */
const IDEOGRAPH =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B820}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;
/** BERT counts every sign of ASCII as punctuation, `$` and `~` included. */
const PUNCTUATION = String.raw`\p{P}\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E`;
const WORD = new RegExp(`[^\\s${PUNCTUATION}]+|[${PUNCTUATION}]`, 'gu');

export function wordPiecesOf(root: JsonField): WordPieces {
  const normalizer = root.at('normalizer');
  normalizer.at('type').oneOf(['BertNormalizer']);
  root.at('pre_tokenizer').at('type').oneOf(['BertPreTokenizer']);
  const model = root.at('model');
  model.at('type').oneOf(['WordPiece']);
  model.at('continuing_subword_prefix').oneOf([CONTINUES]);
  const longest = model.at('max_input_chars_per_word').count();

  const vocabulary = model.at('vocab').entries();
  const ids = new Map<string, number>();
  const pieces = Array<string>(vocabulary.length).fill('');
  for (const [piece, field] of vocabulary) {
    const id = field.number({ min: 0, max: vocabulary.length - 1, integer: true });
    ids.set(piece, id);
    pieces[id] = piece;
  }
  const idOf = (field: JsonField): number => ids.get(field.text()) ?? field.fail('a piece of the vocabulary');
  const unknownId = idOf(model.at('unk_token'));

  return {
    pieces,
    unknownId,
    frame: frameOf(root.at('post_processor').at('single'), idOf),
    idOf: (piece) => ids.get(piece),
    normalise: normaliserOf(normalizer),
    split: (text) => text.match(WORD) ?? [],
    cut(word) {
      if (Array.from(word).length > longest) return [unknownId];
      const found: number[] = [];
      for (let start = 0; start < word.length;) {
        const mark = start === 0 ? '' : CONTINUES;
        let end = word.length;
        while (end > start && !ids.has(mark + word.slice(start, end))) end -= 1;
        const id = ids.get(mark + word.slice(start, end));
        // A stretch without a piece makes the whole word unknown.
        if (end === start || id === undefined) return [unknownId];
        found.push(id);
        start = end;
      }
      return found;
    },
  };
}

function normaliserOf(field: JsonField): (text: string) => string {
  for (const name of ['clean_text', 'handle_chinese_chars'])
    if (!field.at(name).flag()) field.at(name).fail('true');
  const isLowered = field.at('lowercase').flag();
  const accents = field.at('strip_accents');
  const isStripped = accents.value === null ? isLowered : accents.flag();
  return (text) => {
    const cleaned = text.replaceAll(CONTROL, '').replaceAll(/\s/gu, ' ').replaceAll(IDEOGRAPH, ' $& ');
    const plain = isStripped ? cleaned.normalize('NFD').replaceAll(/\p{Mn}/gu, '') : cleaned;
    return isLowered ? plain.toLowerCase() : plain;
  };
}

/** A mark, the text, a mark: [CLS] … [SEP]. */
function frameOf(single: JsonField, idOf: (field: JsonField) => number): WordPieces['frame'] {
  const [first, text, last, ...more] = single.items();
  if (!first || !text || !last || more.length > 0) single.fail('a mark, the text and a mark');
  text.at('Sequence');
  const markOf = (field: JsonField) => idOf(field.at('SpecialToken').at('id'));
  return [markOf(first), markOf(last)];
}
