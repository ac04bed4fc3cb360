/** The bridge between React and the tasks: which one is chosen, and its work. */
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { TaskId } from '../../core/task.ts';
import { AT_ASK, type Tasks, type TasksState } from '../../session/tasks/create-tasks.ts';
import type { TaskState, TaskWork } from '../../session/tasks/task-work.ts';

export const TasksContext = createContext<Tasks | null>(null);

/** Null on a page where one can only ask. */
export function useTasks(): Tasks | null {
  return use(TasksContext);
}

/** Part of the state; of a page where one can only ask, as it begins. */
export function useTasksState<Selected>(select: (state: TasksState) => Selected): Selected {
  const tasks = useTasks();
  const subscribe = useCallback((listener: () => void) => tasks?.subscribe(listener) ?? nothing, [tasks]);
  return useSyncExternalStore(subscribe, () => select(tasks?.getState() ?? AT_ASK));
}

export function useTask(): TaskId {
  return useTasksState(({ task }) => task);
}

export function useTaskWork<Draft, Result>({
  subscribe,
  getState,
}: TaskWork<Draft, Result>): TaskState<Draft, Result> {
  return useSyncExternalStore(subscribe, getState);
}

function nothing(): void {}
