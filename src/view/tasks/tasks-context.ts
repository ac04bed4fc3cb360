/** The bridge between React and the tasks: which one is chosen, and its work. */
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { TaskId } from '../../core/task.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import type { TaskState, TaskWork } from '../../session/tasks/task-work.ts';

export const TasksContext = createContext<Tasks | null>(null);

/** Null on a page where one can only ask. */
export function useTasks(): Tasks | null {
  return use(TasksContext);
}

export function useTask(): TaskId {
  const tasks = useTasks();
  const subscribe = useCallback((listener: () => void) => tasks?.subscribe(listener) ?? nothing, [tasks]);
  return useSyncExternalStore(subscribe, () => tasks?.getState().task ?? 'ask');
}

export function useTaskWork<Draft, Result>({
  subscribe,
  getState,
}: TaskWork<Draft, Result>): TaskState<Draft, Result> {
  return useSyncExternalStore(subscribe, getState);
}

function nothing(): void {}
