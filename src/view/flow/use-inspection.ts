/** What the heads compute: asked for as soon as one is open, where the models can say it. */
import { useEffect } from 'react';
import type { HeadInspection } from '../../core/head-inspection.ts';
import type { ErrorReport } from '../../core/types.ts';
import { lacksInspection, selectInspection } from '../../session/inquiry/inspect-with.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useGradients } from '../attention/use-gradients.ts';
import { useLab, useLabActions } from '../lab-context.ts';

export interface ShownInspection {
  /** Of the exchange on screen; null until it is there. */
  readonly inspection: HeadInspection | null;
  readonly isRunning: boolean;
  /** Why there is none. */
  readonly error: ErrorReport | null;
}

export function useInspection({ photo, prediction }: Exchange): ShownInspection {
  const work = useLab((lab) => lab.inspection);
  const isLacking = useLab(lacksInspection);
  const { isPossible } = useGradients();
  const { inspectHeads } = useLabActions();
  useEffect(() => {
    if (isPossible && isLacking) void inspectHeads();
  }, [isPossible, isLacking, inspectHeads]);
  const known = selectInspection(work);
  // The picture may be a moment behind the lab.
  const isOfThis = known?.imageId === photo.imageId && known.question === prediction.question;
  return {
    inspection: isOfThis ? known : null,
    isRunning: work.status === 'running',
    error: work.status === 'failed' ? work.error : null,
  };
}
