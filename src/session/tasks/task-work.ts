/** One task's work on the photo on screen: what the person wrote, what came of it, and what came before. */
import { createStore } from 'zustand/vanilla';
import type { Engine, Steps } from '../../core/engine.ts';
import { asVqaError } from '../../core/errors.ts';
import type { TaskId } from '../../core/task.ts';
import type { ErrorReport, Scene } from '../../core/types.ts';
import { createLatest } from '../work/latest.ts';
import type { Photo } from '../work/state.ts';
import { photoAtHand } from './photo-at-hand.ts';
import type { Tasks } from './create-tasks.ts';

/** What a run of a task has at hand. */
export interface TaskTools<Result> {
  readonly tasks: Tasks;
  readonly engine: Engine;
  readonly photo: Photo;
  readonly scene: Scene;
  readonly signal: AbortSignal;
  /** Shows what is known by now, and how far the rest is. */
  readonly tell: (known: Result, steps: Steps) => void;
  /** Shows what was asked for and keeps it: only its evidence is still to come, which may be stopped or fail. */
  readonly answer: (result: Result, steps: Steps) => void;
}

export interface TaskDefinition<Draft, Result> {
  readonly id: TaskId;
  readonly empty: Draft;
  /** A draft as parts of an address, and back; what cannot be read counts as left out. */
  readonly write: (draft: Draft) => ReadonlyMap<string, string>;
  readonly read: (fields: ReadonlyMap<string, string>) => Draft;
  /** Whether there is anything to run. */
  readonly isComplete: (draft: Draft) => boolean;
  readonly run: (draft: Draft, tools: TaskTools<Result>) => Promise<Result>;
}

/** A draft that was run, with the photo and the regions that it was run on. */
export interface TaskRun<Draft, Result> {
  readonly id: number;
  readonly draft: Draft;
  readonly result: Result;
  readonly photo: Photo;
  readonly scene: Scene;
}

export interface TaskState<Draft, Result> {
  readonly draft: Draft;
  readonly work:
    | { readonly status: 'idle' }
    | { readonly status: 'running'; readonly steps: Steps | null }
    | { readonly status: 'failed'; readonly error: ErrorReport };
  /** On screen; while it runs, what is known by now. */
  readonly shown: TaskRun<Draft, Result> | null;
  /** Newest first. */
  readonly history: readonly TaskRun<Draft, Result>[];
}

export interface TaskWork<Draft, Result> {
  readonly definition: TaskDefinition<Draft, Result>;
  readonly getState: () => TaskState<Draft, Result>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly edit: (draft: Draft) => void;
  /** Runs a draft on the photo on screen; failures become part of the state. */
  readonly run: (draft?: Draft) => Promise<void>;
  readonly recall: (id: number) => void;
  readonly clearHistory: () => void;
  readonly stop: () => void;
}

/** The work of a task: one for each session's tasks, kept while the person is elsewhere. */
export function taskWorkOf<Draft, Result>(
  definition: TaskDefinition<Draft, Result>,
): (tasks: Tasks) => TaskWork<Draft, Result> {
  const works = new WeakMap<Tasks, TaskWork<Draft, Result>>();
  return (tasks) => {
    const work = works.get(tasks) ?? createTaskWork(definition, tasks);
    works.set(tasks, work);
    return work;
  };
}

function createTaskWork<Draft, Result>(
  definition: TaskDefinition<Draft, Result>,
  tasks: Tasks,
): TaskWork<Draft, Result> {
  const { engine, session } = tasks;
  const store = createStore<TaskState<Draft, Result>>()(() => ({
    draft: definition.empty,
    work: { status: 'idle' },
    shown: null,
    history: [],
  }));
  const { getState, setState } = store;
  const running = createLatest();
  let runs = 0;

  return {
    definition,
    getState,
    subscribe: store.subscribe,
    edit: (draft) => setState({ draft }),

    async run(draft = getState().draft) {
      const signal = running.start();
      runs += 1;
      const id = runs;
      setState({ draft, work: { status: 'running', steps: null } });
      try {
        const { photo, scene } = await photoAtHand(session, signal);
        const shown = (result: Result): TaskRun<Draft, Result> => ({ id, draft, result, photo, scene });
        const tell = (known: Result, steps: Steps) => {
          if (!signal.aborted) setState({ shown: shown(known), work: { status: 'running', steps } });
        };
        const answer = (result: Result, steps: Steps | null) => {
          if (signal.aborted) return;
          const run = shown(result);
          setState(({ history }) => ({
            shown: run,
            work: steps ? { status: 'running', steps } : { status: 'idle' },
            history: [run, ...history.filter((each) => each.id !== id)],
          }));
        };
        const tools = { tasks, engine, photo, scene, signal, tell, answer };
        answer(await definition.run(draft, tools), null);
      } catch (thrown) {
        if (signal.aborted) return;
        setState({ work: { status: 'failed', error: asVqaError(thrown).toReport() } });
      }
    },

    recall(id) {
      const run = getState().history.find((each) => each.id === id);
      if (!run) return;
      running.stop();
      setState({ draft: run.draft, shown: run, work: { status: 'idle' } });
      void session.showPhoto(run.photo);
    },

    clearHistory: () => setState({ history: [] }),

    stop() {
      running.stop();
      setState({ work: { status: 'idle' } });
    },
  };
}
