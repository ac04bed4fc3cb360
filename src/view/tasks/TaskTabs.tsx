/** What can be done with the photo: ask, and the other tasks that the model was trained on. */
import { LAB_HASH } from '../evaluation/lab-address.ts';
import { LessonMenu } from '../lessons/LessonMenu.tsx';
import { Segments } from '../Segments.tsx';
import { TASK_ENTRIES } from './registry.ts';
import { useTask, useTasks } from './tasks-context.ts';

export function TaskTabs() {
  const tasks = useTasks();
  const task = useTask();
  if (!tasks) return null;
  return (
    <div className="task-tabs">
      <Segments
        legend="What to do with the photo"
        options={[
          { value: 'ask', name: 'Ask' },
          ...TASK_ENTRIES.map(({ id, name }) => ({ value: id, name })),
        ]}
        chosen={task}
        onChoose={(chosen) => tasks.choose(chosen)}
      />
      <LessonMenu tasks={tasks} />
      <a href={LAB_HASH}>Many photos</a>
    </div>
  );
}
