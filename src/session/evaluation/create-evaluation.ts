/** Many photos and a table of questions: the run over them, with pause and stop. Only answers are kept, never attention. */
import { createStore } from 'zustand/vanilla';
import {
  readQuestionTable,
  unscoredSentence,
  type EvaluationQuestion,
} from '../../core/evaluation/question-table.ts';
import { runEvaluation, type EvaluatedQuestion } from '../../core/evaluation/run-evaluation.ts';
import type { Engine } from '../../core/engine.ts';
import type { Session } from '../work/state.ts';

export interface EvaluationState {
  /** By name, as the table may call them. */
  readonly photos: ReadonlyMap<string, Blob>;
  readonly questions: readonly EvaluationQuestion[];
  /** What is wrong with what was given, one sentence each. */
  readonly missing: readonly string[];
  readonly status: 'idle' | 'running' | 'paused' | 'stopped' | 'done';
  /** By place in the table; a hole where nothing was answered yet. */
  readonly answers: readonly (EvaluatedQuestion | undefined)[];
  readonly answered: number;
}

export interface Evaluation {
  readonly getState: () => EvaluationState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Photos and one table, in any order and together; a later table takes the place of an earlier one. */
  readonly give: (files: readonly File[]) => Promise<void>;
  readonly run: () => Promise<void>;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends after the question at work; what is answered stays. */
  readonly stop: () => void;
  readonly clear: () => void;
  /** The photo that the table calls so. */
  readonly photoOf: (name: string) => Blob | null;
}

const EMPTY: EvaluationState = {
  photos: new Map(),
  questions: [],
  missing: [],
  status: 'idle',
  answers: [],
  answered: 0,
};
/** Photos are named in a sentence up to this many. */
const NAMED = 5;

export function createEvaluation(engine: Engine, session: Session): Evaluation {
  const store = createStore<EvaluationState>()(() => EMPTY);
  const { getState, setState } = store;
  let controller = new AbortController();
  /** Settles when the run may go on. */
  let going = Promise.resolve();
  let go: (() => void) | null = null;
  let said: readonly string[] = [];
  /** Names of files that the table has in several folders. */
  let shared: ReadonlySet<string> = new Set();

  const photoOf = (name: string): Blob | null => {
    const { photos } = getState();
    const base = baseOf(name);
    // A file says its name and not always its folder: without that, a name which stands for two photos stands for neither.
    return photos.get(name) ?? (shared.has(base) ? undefined : photos.get(base)) ?? null;
  };

  /** Ends the run, which then says nothing more of itself. */
  function abandon(): void {
    stop();
    controller = new AbortController();
  }

  function tell(): void {
    const { questions, photos } = getState();
    const absent = [...new Set(questions.map(({ photo }) => photo))].filter((name) => photoOf(name) === null);
    const unscored = unscoredSentence(questions);
    setState({
      missing: [
        ...said,
        ...(unscored === null ? [] : [unscored]),
        ...(photos.size > 0 && absent.length > 0 ? [absentSentence(absent)] : []),
        ...[...shared]
          .filter((base) => photos.has(base))
          .slice(0, 1)
          .map(sharedSentence),
      ],
    });
  }

  function resume(): void {
    if (getState().status === 'paused') setState({ status: 'running' });
    go?.();
  }

  function stop(): void {
    controller.abort();
    resume();
  }

  return {
    getState,
    subscribe: store.subscribe,
    photoOf,

    async give(files) {
      const photos = new Map(getState().photos);
      for (const file of files) {
        if (isTable(file)) {
          try {
            const { questions, missing } = await readQuestionTable(await file.text());
            said = missing;
            abandon();
            shared = sharedBases(questions);
            setState({ questions, answers: [], answered: 0, status: 'idle' });
          } catch (thrown) {
            said = [
              `${file.name} is no table of questions: ${thrown instanceof Error ? thrown.message : ''}.`,
            ];
          }
        } else {
          const path = file.webkitRelativePath;
          if (path) photos.set(path, file);
          photos.set(file.name, file);
        }
      }
      setState({ photos });
      tell();
    },

    async run() {
      const { questions, status } = getState();
      if (questions.length === 0 || status === 'running' || status === 'paused') return;
      controller = new AbortController();
      const { signal } = controller;
      setState({ status: 'running', answers: [], answered: 0 });
      await session.load();
      await modelsReady(session, signal);
      const answers: (EvaluatedQuestion | undefined)[] = Array.from({ length: questions.length });
      await runEvaluation(engine, questions, {
        signal,
        readPhoto(name) {
          const photo = photoOf(name);
          return photo
            ? Promise.resolve(photo)
            : Promise.reject(new Error('the photo is not among the files'));
        },
        async onAnswer(answer, index) {
          if (signal.aborted) return;
          answers[index] = answer;
          setState(({ answered }) => ({ answers: answers.slice(), answered: answered + 1 }));
          await going;
        },
      });
      if (controller.signal === signal) setState({ status: signal.aborted ? 'stopped' : 'done' });
    },

    pause() {
      if (getState().status !== 'running') return;
      going = new Promise((resolve) => {
        go = resolve;
      });
      setState({ status: 'paused' });
    },

    resume,
    stop,

    clear() {
      abandon();
      said = [];
      shared = new Set();
      setState(EMPTY);
    },
  };
}

async function modelsReady(session: Session, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const isSettled = () => {
      const { status } = session.getState().engine;
      return status === 'ready' || status === 'failed' || signal.aborted;
    };
    if (isSettled()) return resolve();
    const unsubscribe = session.subscribe(() => {
      if (!isSettled()) return;
      unsubscribe();
      resolve();
    });
    signal.addEventListener('abort', () => {
      unsubscribe();
      resolve();
    });
  });
}

function isTable({ name, type }: File): boolean {
  return /\.(?:csv|tsv|json|txt)$/iu.test(name) || type === 'text/csv' || type === 'application/json';
}

function baseOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

function absentSentence(names: readonly string[]): string {
  const named = names.slice(0, NAMED).join(', ');
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return names.length === 1
    ? `One photo of the table is not here: ${named}.`
    : `${names.length} photos of the table are not here: ${named}${more}.`;
}

function sharedBases(questions: readonly EvaluationQuestion[]): ReadonlySet<string> {
  const names = new Set(questions.map(({ photo }) => photo));
  const seen = new Set<string>();
  return new Set(
    [...names].map(baseOf).filter((base) => {
      const isAgain = seen.has(base);
      seen.add(base);
      return isAgain;
    }),
  );
}

function sharedSentence(base: string): string {
  return `Photos in several folders are called ${base}: give each a name of its own.`;
}

/** Which rows are on screen. */
export type RowFilter = 'all' | 'right' | 'wrong' | 'warned' | 'failed';

export function passes(filter: RowFilter, answer: EvaluatedQuestion): boolean {
  if (filter === 'all') return true;
  if (filter === 'failed') return answer.error !== undefined;
  if (filter === 'warned') return answer.confidence !== null && answer.confidence.doubt !== null;
  return answer.accepted.length > 0 && answer.correct === (filter === 'right');
}

/** The rows as a CSV: the table that was given, with what was answered. */
export function csvOf(answers: readonly EvaluatedQuestion[]): string {
  const header = ['photo', 'question', 'answers', 'kind', 'predicted', 'score', 'right', 'warned', 'error'];
  const lines = answers.map((answer) => [
    answer.photo,
    answer.question,
    answer.accepted.join('|'),
    answer.kind ?? '',
    answer.predicted ?? '',
    answer.top[0] ? String(answer.top[0].score) : '',
    answer.accepted.length > 0 ? String(answer.correct) : '',
    answer.confidence ? String(answer.confidence.doubt !== null) : '',
    answer.error ?? '',
  ]);
  return [header, ...lines].map((line) => line.map(quoted).join(',')).join('\r\n') + '\r\n';
}

/** A cell that a spreadsheet would take for a formula is kept from being one. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
