/** The list of questions that `evaluate` reads. */
import { readFile } from 'node:fs/promises';
import { JsonField } from '../../core/json-field.ts';
import { UsageError } from '../command.ts';

export interface EvaluationQuestion {
  /** Relative to the folder of photos. */
  readonly photo: string;
  readonly question: string;
  /** Any of these counts. */
  readonly accepted: readonly string[];
  readonly kind: string | null;
}

export async function readQuestions(path: string): Promise<readonly EvaluationQuestion[]> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new UsageError(`${path} cannot be read`, { cause: thrown });
  });
  try {
    return parseQuestions(JSON.parse(text));
  } catch (thrown) {
    const what = thrown instanceof SyntaxError ? 'it is not JSON' : String(Object(thrown).message);
    throw new UsageError(`${path} is no list of questions: ${what}`, { cause: thrown });
  }
}

/** A list of `{photo, question, answer}` or `{photo, question, answers, kind?}`. */
export function parseQuestions(json: unknown): readonly EvaluationQuestion[] {
  return new JsonField(json, 'questions').items().map((item) => ({
    photo: item.at('photo').text(),
    question: stringOf(item.at('question')),
    accepted:
      item.at('answers').value === undefined
        ? [stringOf(item.at('answer'))]
        : item.at('answers').items().map(stringOf),
    kind: item.at('kind').value === undefined ? null : item.at('kind').text(),
  }));
}

/** Numbers are answers too, and an empty question is a case worth counting. */
function stringOf(field: JsonField): string {
  if (typeof field.value === 'number') return String(field.value);
  return typeof field.value === 'string' ? field.value : field.fail('a text');
}
