/** A question in terms of a pack's lexicon. */
import type { Lexicon } from './lexicon.ts';
import type { TokenizedQuestion } from '../types.ts';

const LONGEST_NAME = 3;

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
  /** What it asks for that no photo tells. */
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
    else if (word && !lexicon.practised.has(word.text) && (word.pieces === 0 || /[a-z]/u.test(word.text)))
      (word.pieces === 1 ? unpractised : strange).push(word.text);
    place += name?.length ?? 1;
  }
  return { names, strange, unpractised, topic: topicOf(words, lexicon) };
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

/** The first topic of which a phrase occurs. */
function topicOf(words: readonly QuestionWord[], { topics }: Lexicon): string | null {
  const text = ` ${words.map((word) => word.text).join(' ')} `;
  for (const [topic, phrases] of topics) {
    if (phrases.some((phrase) => text.includes(` ${phrase} `))) return topic;
  }
  return null;
}
