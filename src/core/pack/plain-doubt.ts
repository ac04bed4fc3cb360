/** What speaks against any answer to a question, however sure the model is and whatever the photo shows. */
import type { Doubt } from '../types.ts';
import type { QuestionReading, QuestionWord } from './read-question.ts';
import { isUnread, NOTHING } from './read-question.ts';

/** @param reading of the same words */
export function plainDoubt(words: readonly QuestionWord[], reading: QuestionReading): Doubt | null {
  const { topic, strange, unpractised } = reading;
  if (topic === NOTHING) return { reason: 'no-question' };
  if (topic !== null) return { reason: 'beyond-photos', topic };
  return isUnread(reading, words) ? { reason: 'unknown-words', words: [...strange, ...unpractised] } : null;
}
