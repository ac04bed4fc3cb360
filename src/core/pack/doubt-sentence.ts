/** Doubt in plain words, for people and for screen readers. */
import type { Doubt, Prediction } from '../types.ts';

const TOPICS: Readonly<Record<string, string>> = {
  writing: 'I cannot read writing',
  identity: 'I cannot tell who people are or what belongs to whom',
  cause: 'a photo does not show reasons',
  age: 'I cannot tell ages',
  time: 'a photo does not show dates and times',
  value: 'a photo does not show prices and brands',
  measure: 'I cannot measure in a photo',
  sense: 'I cannot hear, smell or read thoughts',
  place: 'I cannot tell the name of a place',
  knowledge: 'I know nothing beyond what a photo shows',
  description: 'I answer in a word or two and cannot describe photos',
  opinion: 'I have no opinions',
};

/** One sentence, or null when there is nothing to say. A question that was cut is told so whatever the pack can judge. */
export function doubtSentence({
  confidence,
  overflow,
}: Pick<Prediction, 'confidence' | 'overflow'>): string | null {
  const doubt: Doubt | null = overflow.length > 0 ? { reason: 'cut-off' } : (confidence?.doubt ?? null);
  return doubt && `I am not sure: ${explained(doubt, confidence?.chance ?? 0)}.`;
}

function explained(doubt: Doubt, chance: number): string {
  switch (doubt.reason) {
    case 'cut-off':
      return 'the question is too long for me to read to the end';
    case 'beyond-photos':
      return TOPICS[doubt.topic] ?? 'a photo does not show that';
    case 'unknown-words':
      return unknownWords(doubt.words);
    case 'no-question':
      return 'I see no question; ask one like “What color is the car?”';
    case 'not-found':
      // Not that there is none: a region may bear the name, at a score that says little.
      return `I cannot clearly make out any ${listed(doubt.names.map(thing), 'or')} in this photo`;
    case 'undecided':
      return `it is a close call between “${doubt.answers[0]}” and “${doubt.answers[1]}”`;
    case 'unsure':
      return oftenRight(chance);
    default:
      return doubt satisfies never;
  }
}

/** So many at once are rarely names: it is another language, or misspelt. */
const SEVERAL = 3;

function unknownWords(all: readonly string[]): string {
  const words = [...new Set(all)].map((word) => `“${word}”`);
  const hint = words.length < SEVERAL ? '' : '; I only read plain English';
  return `I do not know the ${words.length > 1 ? 'words' : 'word'} ${listed(words.slice(0, 4), 'and')}${hint}`;
}

function oftenRight(chance: number): string {
  const times = Math.round(chance * 10);
  if (times === 0) return 'answers like this one are rarely right';
  return `answers like this one are right about ${times} ${times === 1 ? 'time' : 'times'} in 10`;
}

/** “Is there anyone?” looks for a person. */
function thing(name: string): string {
  return /^(?:some|any)(?:one|body)$/u.test(name) ? 'person' : name;
}

function listed(words: readonly string[], last: string): string {
  const distinct = [...new Set(words)];
  if (distinct.length < 2) return distinct.join('');
  return `${distinct.slice(0, -1).join(', ')} ${last} ${distinct.at(-1) ?? ''}`;
}
