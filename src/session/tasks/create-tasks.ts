/** Which task the person is at, and what its address says; the work of each task is a store of its own. */
import { createStore } from 'zustand/vanilla';
import type { Engine } from '../../core/engine.ts';
import type { TaskId } from '../../core/task.ts';
import type { Session } from '../work/state.ts';

export interface TasksState {
  readonly task: TaskId;
  /** What the chosen task wrote down of itself, to be found again at this address. */
  readonly fields: ReadonlyMap<string, string>;
  /** Counts the choices, so that one that is made again begins afresh. */
  readonly visit: number;
  /** The lesson that guides the person, and its step from 0. */
  readonly lesson: LessonPlace | null;
}

export interface LessonPlace {
  readonly id: string;
  readonly step: number;
}

export interface Tasks {
  readonly engine: Engine;
  readonly session: Session;
  readonly getState: () => TasksState;
  readonly subscribe: (listener: (state: TasksState, previous: TasksState) => void) => () => void;
  /** Goes to another task; without `fields` it is as the person left it. */
  readonly choose: (task: TaskId, fields?: ReadonlyMap<string, string>) => void;
  /** Keeps what the chosen task says of itself. */
  readonly write: (fields: ReadonlyMap<string, string>) => void;
  /** Goes to a step of a lesson; null ends it. */
  readonly guide: (lesson: LessonPlace | null) => void;
}

const NO_FIELDS: ReadonlyMap<string, string> = new Map();

export const AT_ASK: TasksState = { task: 'ask', fields: NO_FIELDS, visit: 0, lesson: null };

export function createTasks(engine: Engine, session: Session): Tasks {
  const store = createStore<TasksState>()(() => AT_ASK);
  const kept = new Map<TaskId, ReadonlyMap<string, string>>();
  return {
    engine,
    session,
    getState: store.getState,
    subscribe: store.subscribe,
    choose(task, fields) {
      session.releaseFocus();
      store.setState(({ visit }) => ({
        task,
        fields: fields ?? kept.get(task) ?? NO_FIELDS,
        visit: visit + 1,
      }));
    },
    write(fields) {
      kept.set(store.getState().task, fields);
      store.setState({ fields });
    },
    guide: (lesson) => store.setState({ lesson }),
  };
}
