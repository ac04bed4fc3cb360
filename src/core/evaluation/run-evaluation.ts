/** Asks every question of a table, photo by photo, so that each photo is looked at once and none is kept. */
import { isAccepted } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { VqaError } from '../errors.ts';
import type { AnswerCandidate, Confidence } from '../types.ts';
import type { EvaluationQuestion } from './question-table.ts';

export const TOP = 5;

export interface EvaluatedQuestion extends EvaluationQuestion {
  readonly predicted: string | null;
  /** False without a prediction, and where no answer is accepted. */
  readonly correct: boolean;
  readonly top: readonly AnswerCandidate[];
  /** Null without a prediction, and for packs that do not say how far an answer can be trusted. */
  readonly confidence: Confidence | null;
  /** Why there is no prediction. */
  readonly error?: string;
}

export interface EvaluationEvents {
  /** @throws Error with the reason why the photo cannot be had */
  readonly readPhoto: (photo: string) => Promise<Blob>;
  /** After each question, in the order of asking; `index` counts in the table. The run waits for it. */
  readonly onAnswer: (evaluated: EvaluatedQuestion, index: number) => void | Promise<void>;
  /** A photo or a question that could not be answered; it counts as wrong, and the run goes on. */
  readonly onFailure?: (subject: string, reason: string) => void;
  /** Ends the run after the question at work; what was answered is given back. */
  readonly signal?: AbortSignal;
}

/** @returns the questions in the order of the table; of a run that was ended, those that were answered */
export async function runEvaluation(
  engine: Engine,
  questions: readonly EvaluationQuestion[],
  { readPhoto, onAnswer, onFailure, signal }: EvaluationEvents,
): Promise<readonly EvaluatedQuestion[]> {
  const evaluated: EvaluatedQuestion[] = [];
  for (const [photo, indices] of indicesByPhoto(questions)) {
    if (signal?.aborted) break;
    const failure = await detect(engine, readPhoto, photo);
    if (failure !== null) onFailure?.(photo, failure);
    for (const index of indices) {
      const question = questions[index];
      if (question === undefined || signal?.aborted) continue;
      const answered = failure === null ? await answer(engine, question) : unanswered(question, failure);
      if (failure === null && answered.error !== undefined)
        onFailure?.(`${photo}: ${question.question}`, answered.error);
      evaluated[index] = answered;
      await onAnswer(answered, index);
    }
    await engine.forget({ imageId: idOf(photo) });
  }
  return evaluated.filter((each) => each !== undefined);
}

/** Apart from the photos of whoever else uses the engine. */
function idOf(photo: string): string {
  return `evaluation:${photo}`;
}

/** @returns why the photo cannot be asked about, or null */
async function detect(
  engine: Engine,
  readPhoto: EvaluationEvents['readPhoto'],
  photo: string,
): Promise<string | null> {
  try {
    await engine.detect({ imageId: idOf(photo), image: await readPhoto(photo) });
    return null;
  } catch (thrown) {
    return explained(thrown);
  }
}

async function answer(engine: Engine, question: EvaluationQuestion): Promise<EvaluatedQuestion> {
  try {
    const { answers, confidence } = await engine.ask({
      imageId: idOf(question.photo),
      question: question.question,
    });
    const predicted = answers[0]?.answer ?? null;
    const correct = predicted !== null && isAccepted(predicted, question.accepted);
    return { ...question, predicted, correct, top: answers.slice(0, TOP), confidence };
  } catch (thrown) {
    return unanswered(question, explained(thrown));
  }
}

function unanswered(question: EvaluationQuestion, error: string): EvaluatedQuestion {
  return { ...question, predicted: null, correct: false, top: [], confidence: null, error };
}

/** What happened, in one line. */
function explained(thrown: unknown): string {
  if (thrown instanceof VqaError) return `${thrown.code}: ${thrown.message}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function indicesByPhoto(questions: readonly EvaluationQuestion[]): Map<string, number[]> {
  const byPhoto = new Map<string, number[]>();
  for (const [index, { photo }] of questions.entries()) {
    const indices = byPhoto.get(photo) ?? [];
    indices.push(index);
    byPhoto.set(photo, indices);
  }
  return byPhoto;
}

/** The questions of shard `shard` of `shards`, from 1: whole photos, so that each is looked at by one shard alone. */
export function shardOf<Question extends Pick<EvaluationQuestion, 'photo'>>(
  questions: readonly Question[],
  { shard, shards }: { readonly shard: number; readonly shards: number },
): readonly Question[] {
  const photos = [...new Set(questions.map(({ photo }) => photo))];
  const mine = new Set(photos.filter((_, index) => index % shards === shard - 1));
  return questions.filter(({ photo }) => mine.has(photo));
}
