/** What speaks against any answer to a question, however sure the model is and whatever the photo shows. */
import type { Doubt } from '../types.ts';
import type { Lexicon } from './lexicon.ts';
import type { QuestionReading, QuestionWord } from './read-question.ts';

/** From this share of its words on, a question is mostly unknown. */
const MOSTLY = 1 / 3;

/** One of these is in every question in English that can be asked of a photo. */
const ASKING = new Set(
  `what which who whom whose where when why how is are was were am do does did can could will would
  has have had should any isn aren doesn wasn`.split(/\s+/u),
);

/** Numbers and letters on things have to be read. */
const READING =
  /^(?:what|which)(?: is| are)?(?: the)? (?:number|numbers|letter|letters|digit|digits|word|words) /u;
/** “2 + 2”, “1 = 1”. */
const SUM = /(?:^| )\d+ [+*/=<>×÷-]+ \d+(?: |$)/u;

/** @param reading of the same words */
export function plainDoubt(
  words: readonly QuestionWord[],
  { names, strange, topic }: QuestionReading,
  lexicon: Lexicon,
): Doubt | null {
  const said = words.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (said.length === 0) return null;
  const text = words.map((word) => word.text).join(' ');
  if (topic !== null) return { reason: 'beyond-photos', topic };
  if (READING.test(`${text} `)) return { reason: 'beyond-photos', topic: 'writing' };
  if (SUM.test(text)) return { reason: 'beyond-photos', topic: 'sums' };
  const known = new Set(names.flatMap((name) => name.split(' ')));
  const unknown = said
    .map((word) => word.text)
    .filter((word) => /\p{L}/u.test(word) && !lexicon.practised.has(word) && !known.has(word));
  if (strange.length > 0 || unknown.length >= said.length * MOSTLY)
    return { reason: 'unknown-words', words: unknown };
  return said.some((word) => ASKING.has(word.text)) ? null : { reason: 'no-question' };
}
