/** Asks every question of a list, photo by photo, so that each photo is looked at once. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isAccepted } from '../../core/answers.ts';
import type { Engine } from '../../core/engine.ts';
import type { AnswerCandidate, Confidence } from '../../core/types.ts';
import { explained } from '../command.ts';
import type { EvaluationQuestion } from './read-questions.ts';

export const TOP = 5;

export interface EvaluatedQuestion extends EvaluationQuestion {
  readonly predicted: string | null;
  readonly correct: boolean;
  readonly top: readonly AnswerCandidate[];
  /** Null without a prediction, and for packs that do not say how far an answer can be trusted. */
  readonly confidence: Confidence | null;
  /** Why there is no prediction. */
  readonly error?: string;
}

export interface EvaluationEvents {
  /** After each question, in the order of asking. */
  readonly onAnswer: (evaluated: EvaluatedQuestion) => void;
  /** A photo or a question that could not be answered; it counts as wrong, and the run goes on. */
  readonly onFailure: (subject: string, reason: string) => void;
}

/** @returns the questions in the order of the list */
export async function runEvaluation(
  engine: Engine,
  photoFolder: string,
  questions: readonly EvaluationQuestion[],
  { onAnswer, onFailure }: EvaluationEvents,
): Promise<readonly EvaluatedQuestion[]> {
  const evaluated: EvaluatedQuestion[] = [];
  for (const [photo, indices] of indicesByPhoto(questions)) {
    const failure = await detect(engine, photoFolder, photo);
    if (failure !== null) onFailure(photo, failure);
    for (const index of indices) {
      const question = questions[index];
      if (question === undefined) continue;
      const answered = failure === null ? await answer(engine, question) : unanswered(question, failure);
      if (failure === null && answered.error !== undefined)
        onFailure(`${photo}: ${question.question}`, answered.error);
      evaluated[index] = answered;
      onAnswer(answered);
    }
    await engine.forget({ imageId: photo });
  }
  return evaluated;
}

/** @returns why the photo cannot be asked about, or null */
async function detect(engine: Engine, photoFolder: string, photo: string): Promise<string | null> {
  try {
    const file = await readFile(resolve(photoFolder, photo)).catch((thrown: unknown) => {
      throw new Error('the photo cannot be read', { cause: thrown });
    });
    await engine.detect({ imageId: photo, image: new Blob([file]) });
    return null;
  } catch (thrown) {
    return explained(thrown);
  }
}

async function answer(engine: Engine, question: EvaluationQuestion): Promise<EvaluatedQuestion> {
  try {
    const { answers, confidence } = await engine.ask({
      imageId: question.photo,
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

function indicesByPhoto(questions: readonly EvaluationQuestion[]): Map<string, number[]> {
  const byPhoto = new Map<string, number[]>();
  for (const [index, { photo }] of questions.entries()) {
    const indices = byPhoto.get(photo) ?? [];
    indices.push(index);
    byPhoto.set(photo, indices);
  }
  return byPhoto;
}
