/** Looking or guessing: how much of an answer is left when the photo is taken away or exchanged. */
import { percent } from '../core/percent.ts';
import type { AnswerCandidate } from '../core/types.ts';

/** One run with less to look at. */
export interface Trial {
  /** The best answer of this run. */
  readonly best: AnswerCandidate;
  /** Probability of the answer that is tested, 0..1. */
  readonly score: number;
}

export interface LookingTest {
  readonly answer: string;
  /** Probability of the answer on the photo itself, 0..1. */
  readonly score: number;
  /** No region at all. */
  readonly blind: Trial;
  /** Null when there was no other photo to show. */
  readonly otherPhoto: Trial | null;
  /** Every region in another region's place. */
  readonly shuffled: Trial;
}

export type Verdict = 'looked' | 'partly' | 'guessed';

/** Part of the probability that must go with the photo before we say so. */
const MUCH = 2 / 3;
const LITTLE = 1 / 3;

/** The part of the answer's probability that goes when its photo does, 0..1; the better of the two guesses counts. */
export function shareOfPhoto({ score, blind, otherPhoto }: LookingTest): number {
  const guessed = Math.max(blind.score, otherPhoto?.score ?? 0);
  return score > 0 ? Math.min(1, Math.max(0, 1 - guessed / score)) : 0;
}

export function verdictOf(test: LookingTest): Verdict {
  const share = shareOfPhoto(test);
  if (share >= MUCH) return 'looked';
  return share >= LITTLE ? 'partly' : 'guessed';
}

const FINDINGS: Readonly<Record<Verdict, string>> = {
  looked: 'It looked: the photo decided',
  partly: 'Partly a guess: the photo mattered somewhat',
  guessed: 'Mostly a guess: the photo mattered little',
};

/** One sentence with every number: what each trial did to the answer. */
export function lookingSentence(test: LookingTest): string {
  const { answer, score, blind, otherPhoto, shuffled } = test;
  const instead = blind.best.answer === answer ? '' : ` (it would say “${blind.best.answer}”)`;
  const trials = [
    `${percent(score)} with this photo`,
    `${percent(blind.score)} without any${instead}`,
    otherPhoto && `${percent(otherPhoto.score)} with another photo`,
    `${percent(shuffled.score)} with the boxes shuffled`,
  ].filter(Boolean);
  return `${FINDINGS[verdictOf(test)]}. “${answer}” gets ${trials.slice(0, -1).join(', ')} and ${trials.at(-1)}.`;
}
