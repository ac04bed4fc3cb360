/** A question as it was typed: what is read of it, and when it cannot be answered. */
import { VqaError } from '../../core/errors.ts';
import type { Token, TokenizedQuestion } from '../../core/types.ts';

const MAX_QUESTION_CHARACTERS = 500;

/** What a person types for a word to be filled in. */
export const MASK = '[MASK]';

/** @throws VqaError when a question cannot be answered, whatever the photo. */
export function checkQuestion(question: string, { tokens, overflow }: TokenizedQuestion): void {
  if (question.trim() === '') throw new VqaError('question-empty', 'The question is empty.');
  if (question.length > MAX_QUESTION_CHARACTERS) {
    const characters = question.length.toLocaleString('en');
    throw new VqaError(
      'question-too-long',
      `The question has ${characters} characters; the limit is ${MAX_QUESTION_CHARACTERS}.`,
    );
  }
  const known = wordsOf([...tokens, ...overflow]).some((pieces) => isKnown(pieces));
  if (!known) {
    throw new VqaError('question-unknown-words', 'The question has no word that the models know.');
  }
}

/** The pieces of each word; a piece that goes on with a word starts with ##. */
function wordsOf(tokens: readonly Token[]): Token[][] {
  const words: Token[][] = [];
  for (const token of tokens) {
    if (token.text.startsWith('##')) words.at(-1)?.push(token);
    else words.push([token]);
  }
  return words;
}

/** A word that falls apart into single letters means nothing to the models. */
function isKnown(pieces: readonly Token[]): boolean {
  return pieces.some(({ kind, text }) => {
    const letters = text.replace(/^##/u, '');
    const readable = kind === 'piece' && /[\p{L}\p{N}]/u.test(letters);
    return readable && (pieces.length === 1 || letters.length > 1 || /\p{N}/u.test(letters));
  });
}
