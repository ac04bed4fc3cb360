/** Reads one question of a recording, with its answers and their attention. */
import type { JsonField } from '../core/json-field.ts';
import type { AttentionMaps, Confidence, Doubt, Token } from '../core/types.ts';
import { parseMaps, type SpendWeights } from './parse-attention.ts';
import { parseExplanation } from './parse-explanation.ts';
import type { RecordedAnswer } from './recording.ts';

const MAX_TOKENS = 512;
const DOUBTS = [
  'cut-off',
  'beyond-photos',
  'unknown-words',
  'not-found',
  'no-question',
  'undecided',
  'unsure',
] as const satisfies readonly Doubt['reason'][];

/** `vision` is the same for every question about the photo, and its buffer is shared between them. */
export async function parseAnswer(
  field: JsonField,
  vision: AttentionMaps['vision'],
  regions: number,
  spend: SpendWeights,
): Promise<RecordedAnswer> {
  const question = field.at('question').text();
  const tokens = parseTokens(field.at('tokens'), question);
  if (tokens.length === 0) field.at('tokens').fail('a list with at least one token');
  const words = tokens.length;
  const attention = field.at('attention');
  const lap = (name: string) => field.at('timings').at(name).number({ min: 0 });
  const candidates = field.at('answers').items();
  if (candidates.length === 0) field.at('answers').fail('a list with at least one answer');
  const [language, textToRegion, regionToText, textSelf, regionSelf] = await Promise.all([
    parseMaps<'token', 'token'>(attention.at('language'), [words, words], spend),
    parseMaps<'token', 'region'>(attention.at('textToRegion'), [words, regions], spend),
    parseMaps<'region', 'token'>(attention.at('regionToText'), [regions, words], spend),
    parseMaps<'token', 'token'>(attention.at('textSelf'), [words, words], spend),
    parseMaps<'region', 'region'>(attention.at('regionSelf'), [regions, regions], spend),
  ]);
  return {
    question,
    tokens,
    overflow: parseTokens(field.at('overflow'), question),
    answers: candidates.map((candidate) => ({
      answer: candidate.at('answer').text(),
      score: candidate.at('score').fraction(),
    })),
    confidence: parseConfidence(field.at('confidence')),
    attention: { language, vision, textToRegion, regionToText, textSelf, regionSelf },
    timings: {
      tokenizeMs: lap('tokenizeMs'),
      languageMs: lap('languageMs'),
      crossMs: lap('crossMs'),
    },
    explanations: field
      .at('explanations')
      .items()
      .map((item) => parseExplanation(item, { tokens: words, regions })),
  };
}

function parseTokens(field: JsonField, question: string): Token[] {
  const items = field.items();
  if (items.length > MAX_TOKENS) field.fail(`a list of at most ${MAX_TOKENS} tokens`);
  return items.map((item) => {
    const start = item.at('start').number({ min: 0, max: question.length, integer: true });
    return {
      text: item.at('text').text(),
      start,
      end: item.at('end').number({ min: start, max: question.length, integer: true }),
      kind: item.at('kind').oneOf(['special', 'piece', 'unknown']),
    };
  });
}

function parseConfidence(field: JsonField): Confidence | null {
  if (field.value === null) return null;
  const doubt = field.at('doubt');
  return {
    chance: field.at('chance').fraction(),
    doubt: doubt.value === null ? null : parseDoubt(doubt),
  };
}

function parseDoubt(field: JsonField): Doubt {
  const reason = field.at('reason').oneOf(DOUBTS);
  switch (reason) {
    case 'beyond-photos':
      return { reason, topic: field.at('topic').text() };
    case 'unknown-words':
      return { reason, words: field.at('words').texts() };
    case 'not-found':
      return { reason, names: field.at('names').texts() };
    case 'undecided': {
      const [first = '', second = '', ...more] = field.at('answers').texts();
      if (second === '' || more.length > 0) field.at('answers').fail('a list of two answers');
      return { reason, answers: [first, second] };
    }
    default:
      return { reason };
  }
}
