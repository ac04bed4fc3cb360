/** A question in terms of a pack's lexicon. */
import type { Lexicon } from './lexicon.ts';
import type { TokenizedQuestion } from '../types.ts';

const LONGEST_NAME = 3;
/** A name alone is a question in a text of so many words. */
const SHORT = 5;
/** The topic of words that ask nothing. */
export const NOTHING = 'nothing';
/** Of any script: “¿” is no word that one could know. */
const MARKS = /^[\p{P}$+<=>^`|~]+$/u;

/** A normalised word, and into how many pieces the tokenizer splits it; 0 when it has none for it. */
export interface QuestionWord {
  readonly text: string;
  readonly pieces: number;
}

export interface QuestionReading {
  /** Phrases that name things, longest match first. */
  readonly names: readonly string[];
  /** Words that the tokenizer does not have in one piece and that no training question used. */
  readonly strange: readonly string[];
  /** Words of the tokenizer that no training question used. */
  readonly unpractised: readonly string[];
  /** What it asks for that no photo tells, or `nothing`. */
  readonly topic: string | null;
}

/** The words of the whole question, also those beyond the limit. */
export function wordsOf(question: string, { tokens, overflow }: TokenizedQuestion): QuestionWord[] {
  const words: QuestionWord[] = [];
  for (const { text, kind, start, end } of [...tokens, ...overflow]) {
    if (kind === 'special') continue;
    const last = words.at(-1);
    if (kind === 'unknown') words.push({ text: question.slice(start, end).toLowerCase(), pieces: 0 });
    else if (text.startsWith('##') && last)
      words[words.length - 1] = { text: last.text + text.slice(2), pieces: last.pieces + 1 };
    else words.push({ text, pieces: 1 });
  }
  return words;
}

export function readQuestion(words: readonly QuestionWord[], lexicon: Lexicon): QuestionReading {
  const names: string[] = [];
  const strange: string[] = [];
  const unpractised: string[] = [];
  for (let place = 0; place < words.length;) {
    const name = nameAt(words, place, lexicon);
    const word = words[place];
    if (name) names.push(name.phrase);
    else if (word && !lexicon.practised.has(word.text) && (isUnreadable(word) || /\p{L}/u.test(word.text)))
      (word.pieces === 1 ? unpractised : strange).push(word.text);
    place += name?.length ?? 1;
  }
  const { askers } = lexicon;
  const named = names.length > 0 && spoken(words) <= SHORT;
  const reading = { names, strange, unpractised, topic: topicOf(words, lexicon) };
  const asks = askers.size === 0 || named || words.some(({ text }) => askers.has(text));
  if (reading.topic !== null || asks || strange.length > 0 || isUnread(reading, words)) return reading;
  return { ...reading, topic: NOTHING };
}

/** The tokenizer has no pieces for it, and it is more than a mark. */
function isUnreadable({ text, pieces }: QuestionWord): boolean {
  return pieces === 0 && !MARKS.test(text);
}

/** Words are unknown, and either nothing that is known is named or half of all words are unknown. */
export function isUnread(
  { names, strange, unpractised }: QuestionReading,
  words: readonly QuestionWord[],
): boolean {
  const unknown = strange.length + unpractised.length;
  return (strange.length > 0 && names.length === 0) || (unknown >= 2 && 2 * unknown >= spoken(words));
}

/** How many are more than marks. */
function spoken(words: readonly QuestionWord[]): number {
  return words.filter(({ text }) => /[\p{L}\p{N}_]/u.test(text)).length;
}

function nameAt(
  words: readonly QuestionWord[],
  place: number,
  { names }: Lexicon,
): { readonly phrase: string; readonly length: number } | null {
  for (let length = Math.min(LONGEST_NAME, words.length - place); length > 0; length -= 1) {
    const phrase = words
      .slice(place, place + length)
      .map(({ text }) => text)
      .join(' ');
    if (names.has(phrase)) return { phrase, length };
  }
  return null;
}

/** The first topic of which a pattern occurs. */
function topicOf(words: readonly QuestionWord[], { topics }: Lexicon): string | null {
  const text = words.map((word) => word.text).join(' ');
  for (const [topic, pattern] of topics) if (pattern.test(text)) return topic;
  return null;
}
