/** The guide of the lesson that was chosen; fetched with the first one. */
import { lazy, Suspense } from 'react';
import { useTasks, useTasksState } from '../tasks/tasks-context.ts';

const LessonGuide = lazy(() => import('./LessonGuide.tsx'));

export function LessonGate({ samplesAreRecorded }: { readonly samplesAreRecorded: boolean }) {
  const tasks = useTasks();
  const lesson = useTasksState((state) => state.lesson);
  if (!tasks || !lesson) return null;
  return (
    <Suspense fallback={<p className="aside">Fetching the lesson…</p>}>
      <LessonGuide key={lesson.id} tasks={tasks} place={lesson} samplesAreRecorded={samplesAreRecorded} />
    </Suspense>
  );
}
