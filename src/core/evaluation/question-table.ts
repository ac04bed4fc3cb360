/** A table of questions about photos, as `npm run evaluate` and the page's lab read it: JSON, or CSV with a header. */
import { JsonField, JsonFieldError } from '../json-field.ts';

export interface EvaluationQuestion {
  /** Relative to the folder of photos. */
  readonly photo: string;
  readonly question: string;
  /** Any of these counts; none where the table gives no answer, which is not scored. */
  readonly accepted: readonly string[];
  readonly kind: string | null;
}

export interface QuestionTable {
  readonly questions: readonly EvaluationQuestion[];
  /** What the table lacks, one sentence each. */
  readonly missing: readonly string[];
}

/** Between several answers in one cell of a CSV. */
const ANSWER_MARK = '|';
const COLUMNS: ReadonlySet<string> = new Set(['photo', 'question', 'answer', 'answers', 'kind']);
const NAMED_LINES = 5;

/** @throws Error that says what is wrong with the text */
export async function readQuestionTable(text: string): Promise<QuestionTable> {
  const plain = text.replace(/^\uFEFF/u, '');
  if (!/^\s*[[{]/u.test(plain)) return await readCsv(plain);
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch (cause) {
    throw new Error('it is not JSON', { cause });
  }
  return { questions: parseQuestions(json), missing: [] };
}

/** A list of `{photo, question, answer?, kind?}` or `{photo, question, answers?, kind?}`. */
export function parseQuestions(json: unknown): readonly EvaluationQuestion[] {
  return new JsonField(json, 'questions').items().map((item) => ({
    photo: item.at('photo').text(),
    question: stringOf(item.at('question')),
    accepted: acceptedOf(item),
    kind: item.at('kind').value === undefined ? null : item.at('kind').text(),
  }));
}

function acceptedOf(item: JsonField): readonly string[] {
  if (item.at('answers').value !== undefined) return item.at('answers').items().map(stringOf);
  return item.at('answer').value === undefined ? [] : [stringOf(item.at('answer'))];
}

/** Numbers are answers too, and an empty question is a case worth counting. */
function stringOf(field: JsonField): string {
  if (typeof field.value === 'number') return String(field.value);
  return typeof field.value === 'string' ? field.value : field.fail('a text');
}

/** The columns photo and question, in any order; answer or answers (several with | between them) and kind may be there. */
async function readCsv(text: string): Promise<QuestionTable> {
  const { default: papa } = await import('papaparse');
  const { data, meta, errors } = papa.parse<Record<string, string | undefined>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  const columns = meta.fields ?? [];
  for (const needed of ['photo', 'question']) {
    if (columns.includes(needed)) continue;
    throw new JsonFieldError(
      `the header has no column “${needed}”; it has ${columns.map((name) => `“${name}”`).join(', ') || 'none'}`,
    );
  }
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new Error(`line ${(broken.row ?? 0) + 1}: ${broken.message}`);
  const isWhole = ({ photo, question }: (typeof data)[number]) => cell(photo) !== '' && cell(question) !== '';
  const questions = data.filter(isWhole).map((row) => ({
    photo: cell(row['photo']),
    question: cell(row['question']),
    accepted: cell(row['answers'] ?? row['answer'])
      .split(ANSWER_MARK)
      .map(cell)
      .filter((answer) => answer !== ''),
    kind: cell(row['kind']) || null,
  }));
  const skipped = [...data.entries()].filter(([, row]) => !isWhole(row)).map(([index]) => index + 1);
  const unknown = columns.filter((name) => !COLUMNS.has(name));
  return {
    questions,
    missing: [
      ...(skipped.length > 0
        ? [
            `${rows(skipped)} without a photo or a question, and ${skipped.length === 1 ? 'was' : 'were'} left out.`,
          ]
        : []),
      ...(unknown.length > 0 ? [`Not read: ${unknown.map((name) => `“${name}”`).join(', ')}.`] : []),
    ],
  };
}

/** How many questions cannot be scored; null where all can. */
export function unscoredSentence(questions: readonly EvaluationQuestion[]): string | null {
  const count = questions.filter(({ accepted }) => accepted.length === 0).length;
  if (count === 0) return null;
  return count === 1
    ? 'One question comes without an answer and is not scored.'
    : `${count} questions come without an answer and are not scored.`;
}

function rows(numbers: readonly number[]): string {
  const named = numbers.slice(0, NAMED_LINES).join(', ');
  const more = numbers.length > NAMED_LINES ? ` and ${numbers.length - NAMED_LINES} more` : '';
  return numbers.length === 1 ? `Row ${named} is` : `Rows ${named}${more} are`;
}

function cell(text: string | undefined): string {
  return (text ?? '').trim();
}
