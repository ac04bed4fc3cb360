/** The photo beside one of the other tasks. */
import { Suspense, useState, type ReactNode } from 'react';
import type { TaskId } from '../../core/task.ts';
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import { Bench } from '../bench/Bench.tsx';
import { selectShownPhoto } from '../image/shown-photo.ts';
import { PhotoPanel } from '../image/PhotoPanel.tsx';
import type { Sample } from '../image/samples.ts';
import { useSessionState } from '../session-context.ts';
import { TaskTabs } from './TaskTabs.tsx';
import { TASK_ENTRIES } from './registry.ts';
import { EMPTY_STAGE, TaskStageContext } from './task-stage.ts';
import { useTasks, useTasksState } from './tasks-context.ts';

interface TaskBenchProps {
  readonly task: TaskId;
  readonly sample: Sample | null;
  readonly samples: readonly Sample[];
  /** Below the photo. */
  readonly shelf: ReactNode;
}

export function TaskBench({ task, sample, samples, shelf }: TaskBenchProps) {
  const tasks = useTasks();
  const visit = useTasksState((state) => state.visit);
  const hasPhoto = useSessionState((state) => selectShownPhoto(state) !== null);
  const [stage, setStage] = useState(EMPTY_STAGE);
  const [chosen, setLayer] = useState<PhotoLayer | null>(null);
  const entry = TASK_ENTRIES.find(({ id }) => id === task);
  if (!tasks || !entry) return null;
  const { Panel } = entry;
  const natural = stage.heat ? 'why' : 'regions';
  const layer = chosen === 'why' && !stage.heat ? natural : (chosen ?? natural);
  return (
    <TaskStageContext value={setStage}>
      <Bench
        photo={
          <PhotoPanel
            sample={sample}
            layer={layer}
            onLayer={setLayer}
            available={{ why: stage.heat !== null, attention: null }}
            heat={layer === 'why' ? stage.heat : null}
            filter=""
            overlay={stage.overlay}
          >
            {stage.caption}
          </PhotoPanel>
        }
        shelf={shelf}
      >
        <TaskTabs />
        <section className="task" aria-labelledby="task-title">
          <h2 id="task-title">{entry.name}</h2>
          <p className="aside">{entry.sentence}</p>
          {!hasPhoto && <p className="warning">First choose a photo, or one of the examples below.</p>}
          <Suspense fallback={<p className="aside">Fetching this part of the page…</p>}>
            <Panel key={visit} tasks={tasks} sample={sample} samples={samples} />
          </Suspense>
        </section>
      </Bench>
    </TaskStageContext>
  );
}
