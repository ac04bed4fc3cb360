/** How many answers counted, over all questions and kind by kind. */
import type { Confidence } from '../types.ts';

export interface ScoredQuestion {
  readonly kind: string | null;
  readonly correct: boolean;
  readonly confidence?: Confidence | null;
  /** None: there is nothing to score. */
  readonly accepted?: readonly string[];
}

export interface Accuracy {
  readonly correct: number;
  readonly total: number;
  /** 0..1; 0 when nothing was asked. */
  readonly accuracy: number;
}

export interface Scores extends Accuracy {
  /** In the order in which the kinds first came. */
  readonly kinds: ReadonlyMap<string, Accuracy>;
  /** The mean of the kinds' accuracies; null when no question has a kind. */
  readonly macro: number | null;
}

export function scorePredictions(all: readonly ScoredQuestion[]): Scores {
  const questions = all.filter(({ accepted }) => accepted?.length !== 0);
  const byKind = new Map<string, ScoredQuestion[]>();
  for (const question of questions) {
    if (question.kind === null) continue;
    const sameKind = byKind.get(question.kind) ?? [];
    sameKind.push(question);
    byKind.set(question.kind, sameKind);
  }
  const kinds = new Map([...byKind].map(([kind, asked]) => [kind, accuracyOf(asked)]));
  const sum = [...kinds.values()].reduce((total, { accuracy }) => total + accuracy, 0);
  return { ...accuracyOf(questions), kinds, macro: kinds.size === 0 ? null : sum / kinds.size };
}

/** One line per kind, the macro average when there are kinds, and last the accuracy. */
export function scoreLines({ kinds, macro, ...all }: Scores): string[] {
  const width = Math.max(0, ...[...kinds.keys()].map((kind) => kind.length));
  const lines = [...kinds].map(([kind, score]) => `${kind.padEnd(width)} ${fractionOf(score)}`);
  if (macro !== null) lines.push(`macro ${macro.toFixed(3)}`);
  return [...lines, `accuracy ${fractionOf(all)}`];
}

/** How the accuracy rises when answers that come with a warning are left out; null when none could. */
export function doubtLine(questions: readonly ScoredQuestion[]): string | null {
  const judged = questions.filter(({ confidence, accepted }) => confidence && accepted?.length !== 0);
  if (judged.length === 0) return null;
  const [trusted, doubted] = [false, true].map((isDoubted) =>
    accuracyOf(judged.filter(({ confidence }) => (confidence?.doubt !== null) === isDoubted)),
  );
  if (!trusted || !doubted) return null;
  return `without a warning ${fractionOf(trusted)}, with one ${fractionOf(doubted)}`;
}

function accuracyOf(questions: readonly ScoredQuestion[]): Accuracy {
  const total = questions.length;
  const correct = questions.filter((question) => question.correct).length;
  return { correct, total, accuracy: total === 0 ? 0 : correct / total };
}

function fractionOf({ accuracy, correct, total }: Accuracy): string {
  return `${accuracy.toFixed(3)} (${correct}/${total})`;
}
