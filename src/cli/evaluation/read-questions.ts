/** What `evaluate` and `faithfulness` read from the disk: the table of questions, and the photos that it names. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readQuestionTable, type QuestionTable } from '../../core/evaluation/question-table.ts';
import { UsageError } from '../command.ts';

export async function readQuestions(path: string): Promise<QuestionTable> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new UsageError(`${path} cannot be read`, { cause: thrown });
  });
  try {
    return await readQuestionTable(text);
  } catch (thrown) {
    throw new UsageError(`${path} is no list of questions: ${String(Object(thrown).message)}`, {
      cause: thrown,
    });
  }
}

export function photosOf(folder: string): (photo: string) => Promise<Blob> {
  return async (photo) => {
    const file = await readFile(resolve(folder, photo)).catch((thrown: unknown) => {
      throw new Error('the photo cannot be read', { cause: thrown });
    });
    return new Blob([file]);
  };
}
