/** What a task lays over the photo. */
import { createContext, use, useEffect, type ReactNode } from 'react';
import type { RegionWeights } from '../../draw/rank-regions.ts';

export interface TaskStage {
  readonly heat: RegionWeights | null;
  /** Takes the place of the boxes on the photo. */
  readonly overlay: ReactNode;
  /** One sentence right under the photo. */
  readonly caption: ReactNode;
}

export const EMPTY_STAGE: TaskStage = { heat: null, overlay: null, caption: null };

export const TaskStageContext = createContext<(stage: TaskStage) => void>(() => undefined);

/** Shows `stage` for as long as the task is there; the same stage must be the same object. */
export function useStage(stage: TaskStage): void {
  const show = use(TaskStageContext);
  useEffect(() => {
    show(stage);
    return () => show(EMPTY_STAGE);
  }, [show, stage]);
}
