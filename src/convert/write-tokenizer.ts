/** BERT's tokenizer from its list of pieces, in the format that the engine reads. */
import { VqaError } from '../core/errors.ts';

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;
const LONGEST_WORD = 100;

/**
 * The rules of the uncased English models: lower case, accents dropped, words split at punctuation.
 * @param vocabulary a piece a line; its line is its number, from 0 on
 * @throws VqaError `checkpoint-mismatch` where a piece is missing that every such model has
 */
export function tokenizerJson(vocabulary: string, name: string): string {
  const lines = vocabulary.replace(/\r/gu, '').replace(/\n$/u, '').split('\n');
  const numbers = new Map(lines.map((piece, index) => [piece, index]));
  const missing = SPECIAL.filter((piece) => !numbers.has(piece));
  if (missing.length > 0) {
    throw new VqaError(
      'checkpoint-mismatch',
      `${name} has no ${missing.join(', ')}: it is no vocabulary of BERT.`,
    );
  }
  const special = (piece: (typeof SPECIAL)[number]) => ({
    id: piece,
    ids: [numbers.get(piece)],
    tokens: [piece],
  });
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
      special_tokens: { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: LONGEST_WORD,
      vocab: Object.fromEntries(numbers),
    },
  });
}
