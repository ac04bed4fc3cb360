/**
 * A question as the words that WordPiece sees, each with its place in the text as it was typed.
 * Normalising changes lengths (accents, case, control characters), so it goes unit by unit and keeps score.
 */

export interface Word {
  /** Normalised. */
  readonly text: string;
  /** For each UTF-16 unit of `text`, where its source starts and ends in the question. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A picture with all that is joined to it, a flag, or a character with the marks that combine with it. */
const UNITS =
  /\p{Extended_Pictographic}[\p{M}\p{EMod}]*(?:\u200d\p{Extended_Pictographic}[\p{M}\p{EMod}]*)*|\p{RI}\p{RI}|\P{M}\p{M}*|\p{M}+/gu;

/**
 * @param normalise the tokenizer's normaliser
 * @param split the tokenizer's pre-tokeniser: words in order, of which none contains white space
 */
export function splitWords(
  question: string,
  normalise: (text: string) => string,
  split: (text: string) => readonly string[],
): Word[] {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: unit, index } of question.matchAll(UNITS)) {
    const normalised = normalise(unit);
    for (let i = 0; i < normalised.length; i += 1) {
      starts.push(index);
      ends.push(index + unit.length);
    }
    text += normalised;
  }
  let cursor = 0;
  return split(text).map((word) => {
    const first = text.indexOf(word, cursor);
    cursor = first + word.length;
    return { text: word, starts: starts.slice(first, cursor), ends: ends.slice(first, cursor) };
  });
}
