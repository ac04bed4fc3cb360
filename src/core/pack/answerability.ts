/**
 * How far an answer can be trusted, from what is known beside it: the words of the question, the scores of all
 * answers, and what was detected. `models/answerability/signals.py` does the same and fits the weights.
 */
import type { Lexicon } from './lexicon.ts';
import type { Answerability } from './pack.ts';
import type { QuestionReading, QuestionWord } from './read-question.ts';
import { readQuestion } from './read-question.ts';
import { plainDoubt } from './plain-doubt.ts';
import type { Tensor } from '../tensor.ts';
import type { Confidence, Doubt } from '../types.ts';

type ClassScores = Tensor<readonly ['region', 'class']>;

/** In units of the natural logarithm; beyond it an answer is no surer. */
const LARGEST_ODDS = 5;
const MOST_WORDS = 2;
/** A second answer with this share of the first one's score might as well be the first. */
const NEARLY_AS_LIKELY = 0.6;
/** As likely as this, nobody could say which of the two it is, and the warning comes whatever the weights say. */
const AS_LIKELY = 0.8;

export interface Evidence {
  readonly words: readonly QuestionWord[];
  /** The question was longer than the model reads. */
  readonly isCut: boolean;
  /** Of every answer the pack knows, in the pack's order. */
  readonly scores: ArrayLike<number>;
  readonly answers: readonly string[];
  readonly classScores: ClassScores;
}

export function judgeAnswer(evidence: Evidence, lexicon: Lexicon, fitted: Answerability): Confidence {
  const reading = readQuestion(evidence.words, lexicon);
  const signals = signalsOf(evidence, reading, lexicon);
  const sum = Object.entries(fitted.weights).reduce(
    (total, [name, weight]) => total + weight * (signals[name] ?? 0),
    fitted.bias,
  );
  const chance = 1 / (1 + Math.exp(-sum));
  const isDoubted = evidence.isCut || chance < fitted.warnBelow;
  const plain = evidence.isCut ? null : plainDoubt(evidence.words, reading);
  const doubt =
    plain ??
    (isDoubted ? doubtOf(evidence, reading, lexicon, fitted) : null) ??
    undecided(evidence, AS_LIKELY);
  return { chance, doubt };
}

function undecided({ scores, answers }: Evidence, share: number): Doubt | null {
  const { first, second, best, next } = bestTwo(scores);
  if (next < 0 || second < share * first) return null;
  return { reason: 'undecided', answers: [answers[best] ?? '', answers[next] ?? ''] };
}

/** By the names that the pack's weights have. */
export function signalsOf(
  { scores, answers, classScores, isCut }: Evidence,
  { names, strange, unpractised, topic }: QuestionReading,
  lexicon: Lexicon,
): Readonly<Record<string, number>> {
  const { first, second, best } = bestTwo(scores);
  const group = groupOf(answers[best] ?? '', lexicon);
  const least = Math.min(1, ...names.map((name) => presence(lexicon.names.get(name) ?? [], classScores)));
  const missing = 1 - least;
  return {
    certainty: boundedOdds(first, 1 - first),
    lead: boundedOdds(first, second),
    spread: spread(scores),
    strangeWords: Math.min(MOST_WORDS, strange.length),
    unpractisedWords: Math.min(MOST_WORDS, unpractised.length),
    beyondPhotos: Number(topic !== null),
    cut: Number(isCut),
    named: Number(names.length > 0),
    missing: group === 'yes' || group === 'no' ? 0 : missing,
    missingYetYes: group === 'yes' ? missing : 0,
    foundYetNo: group === 'no' && names.length > 0 ? least : 0,
    recognised: classScores.data.reduce((highest, score) => Math.max(highest, score), 0),
    ...Object.fromEntries(
      [...lexicon.answerGroups.keys()].map((name) => [`answer:${name}`, Number(name === group)]),
    ),
  };
}

/** The probability, 0..1, that the likeliest region shows one of the classes. */
export function presence(classes: readonly number[], { dims: [regions, width], data }: ClassScores): number {
  let highest = 0;
  for (let region = 0; region < regions; region += 1) {
    const sum = classes.reduce((total, index) => total + (data[region * width + index] ?? 0), 0);
    highest = Math.max(highest, sum);
  }
  return Math.min(1, highest);
}

/** The plainest thing that speaks against the answer, in the order in which a person would name it. */
function doubtOf(
  evidence: Evidence,
  { names, strange, unpractised, topic }: QuestionReading,
  lexicon: Lexicon,
  { notFoundBelow }: Answerability,
): Doubt {
  const { isCut, scores, answers, classScores } = evidence;
  if (isCut) return { reason: 'cut-off' };
  if (topic !== null) return { reason: 'beyond-photos', topic };
  if (strange.length > 0) return { reason: 'unknown-words', words: strange };
  const answer = answers[bestTwo(scores).best] ?? '';
  const classesOf = (name: string) => lexicon.names.get(name) ?? [];
  const answered = classesOf(answer);
  // What the answer itself names, be it “flower” for “flowers”, has been made out.
  const missing = names.filter(
    (name) =>
      name !== answer &&
      !classesOf(name).some((index) => answered.includes(index)) &&
      presence(classesOf(name), classScores) < notFoundBelow,
  );
  if (missing.length > 0 && groupOf(answer, lexicon) !== 'no') return { reason: 'not-found', names: missing };
  if (unpractised.length > 0) return { reason: 'unknown-words', words: unpractised };
  return undecided(evidence, NEARLY_AS_LIKELY) ?? { reason: 'unsure' };
}

function groupOf(answer: string, { answerGroups }: Lexicon): string {
  for (const [group, answers] of answerGroups) if (answers.has(answer)) return group;
  return 'other';
}

/** Scores and places of the best two answers; among equals the pack's order. */
function bestTwo(scores: ArrayLike<number>): { first: number; second: number; best: number; next: number } {
  let [best, next] = [-1, -1];
  const at = (place: number): number => (place < 0 ? -Infinity : (scores[place] ?? 0));
  for (let i = 0; i < scores.length; i += 1) {
    if (at(i) > at(best)) [best, next] = [i, best];
    else if (at(i) > at(next)) next = i;
  }
  return { first: Math.max(0, at(best)), second: Math.max(0, at(next)), best, next };
}

function boundedOdds(share: number, against: number): number {
  if (share <= 0) return -LARGEST_ODDS;
  if (against <= 0) return LARGEST_ODDS;
  return Math.max(-LARGEST_ODDS, Math.min(LARGEST_ODDS, Math.log(share / against)));
}

/** Entropy of the scores as shares of their sum, over its greatest: 0 one answer alone, 1 all alike. */
function spread(scores: ArrayLike<number>): number {
  if (scores.length < 2) return 0;
  let total = 0;
  for (let i = 0; i < scores.length; i += 1) total += scores[i] ?? 0;
  let entropy = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const share = (scores[i] ?? 0) / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy / Math.log(scores.length);
}
