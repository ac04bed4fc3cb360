/** From logits to ranked answers, and when two answers count as the same. */
import type { AnswerCandidate } from './types.ts';

export const MAX_ANSWERS = 10;

/** Probabilities that sum to 1, in double precision. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i += 1) highest = Math.max(highest, logits[i] ?? 0);
  const shares = Float64Array.from(logits, (logit) => Math.exp(logit - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** One independent probability per logit, in double precision. */
export function sigmoid(logits: ArrayLike<number>): Float64Array {
  return Float64Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
}

/** The pack says which of the two turns its logits into scores. */
export function scoresOf(logits: ArrayLike<number>, scoring: 'softmax' | 'sigmoid'): Float64Array {
  return scoring === 'softmax' ? softmax(logits) : sigmoid(logits);
}

/** The best answers by falling score; among equals the pack's order. */
export function rankAnswers(
  scores: ArrayLike<number>,
  answers: readonly string[],
  count = MAX_ANSWERS,
): AnswerCandidate[] {
  return answers
    .map((answer, index) => ({ answer, score: scores[index] ?? 0 }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, count);
}

/** The scores of the answers in `wanted`, in that order; 0 for one that is not in the list. */
export function scoresOfAnswers(
  scores: ArrayLike<number>,
  answers: readonly string[],
  wanted: readonly string[],
): AnswerCandidate[] {
  return wanted.map((answer) => ({ answer, score: scores[answers.indexOf(answer)] ?? 0 }));
}

/** Lower case, trimmed, without a leading article: the form in which answers are compared. */
export function normaliseAnswer(answer: string): string {
  return answer
    .toLowerCase()
    .trim()
    .replace(/^(?:a|an|the)\s+/u, '');
}

/** Whether `answer` equals any accepted one after normalising both. */
export function isAccepted(answer: string, accepted: readonly string[]): boolean {
  const normalised = normaliseAnswer(answer);
  return accepted.some((other) => normaliseAnswer(other) === normalised);
}
