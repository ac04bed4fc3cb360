import { describe, expect, it } from 'vitest';
import type { Lexicon } from './lexicon.ts';
import { plainDoubt } from './plain-doubt.ts';
import { readQuestion } from './read-question.ts';

const lexicon: Lexicon = {
  names: new Map([
    ['cat', [1]],
    ['bus', [2]],
    ['fire hydrant', [3]],
  ]),
  practised: new Set(
    'what color is the cat there a on number are how many bus this animal die hat image to'.split(' '),
  ),
  topics: new Map([
    ['time', /(?:^| )when(?= |$)/u],
    ['writing', /(?:^| )(?:written|number is)(?= |$)/u],
    ['knowledge', /(?:^| )\d+ [-+=]+ \d+(?= |$)/u],
  ]),
  answerGroups: new Map(),
  askers: new Set(['what', 'how', 'is', 'are']),
};

/** Words that no tokenizer of English has in one piece are those of more than five letters here. */
function doubtOf(question: string) {
  const words = (question.toLowerCase().match(/[\p{L}]+|\d+|[^\s\p{L}\d]/gu) ?? []).map((text) => ({
    text,
    pieces: text.length > 5 && !lexicon.practised.has(text) ? 2 : 1,
  }));
  return plainDoubt(words, readQuestion(words, lexicon));
}

describe('an answer is never given without a warning', () => {
  it.each([
    ['in another language', '¿Qué animal es este?', 'unknown-words'],
    ['in a language that shares words with English', 'Welche Farbe hat die Katze?', 'unknown-words'],
    ['in another script', '這是什麼動物？', 'unknown-words'],
    ['about a thing of another language', 'Is there a gatito?', 'unknown-words'],
    ['when it is a sum', 'What is 2+2?', 'beyond-photos'],
    ['when it is code', "' OR 1=1 --", 'beyond-photos'],
    ['when nothing is asked', 'this image', 'no-question'],
    ['when there is no word', '?', 'no-question'],
    ['when a number has to be read', 'What number is on the bus?', 'beyond-photos'],
    ['when no photo tells', 'When is this?', 'beyond-photos'],
  ])('%s', (_, question, reason) => {
    expect(doubtOf(question)?.reason).toBe(reason);
  });

  it.each(['What color is the cat?', 'How many cat are there?', 'Is the bus on the fire hydrant?', 'cat'])(
    'but %s stands',
    (question) => {
      expect(doubtOf(question)).toBeNull();
    },
  );
});
