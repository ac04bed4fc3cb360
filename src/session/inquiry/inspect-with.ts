/** Asks the engine what the heads compute: once for an answer, however often a head is opened. */
import type { StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../core/engine.ts';
import type { HeadInspection } from '../../core/head-inspection.ts';
import { follow } from './follow-work.ts';
import { createLatest } from '../work/latest.ts';
import type { LabState } from './lab-state.ts';
import { chosenAnswer } from './select-explanation.ts';

export interface Inspector {
  readonly inspect: () => Promise<void>;
  readonly stop: () => void;
}

export function inspectWith(engine: Engine, { getState, setState }: StoreApi<LabState>): Inspector {
  const inspecting = createLatest();
  return {
    async inspect() {
      const { exchange, inquiry, inspection } = getState();
      if (!exchange || (inspection.status !== 'failed' && !lacksInspection(getState()))) return;
      const before = selectInspection(inspection);
      await follow<HeadInspection, HeadInspection>(
        inspecting,
        (work) => setState({ inspection: work }),
        ({ signal, onProgress }) => {
          if (before) onProgress(before);
          const params = {
            imageId: exchange.photo.imageId,
            question: exchange.prediction.question,
            answer: chosenAnswer(inquiry, exchange),
            against: inquiry.against ?? undefined,
          };
          return (exchange.standIn ?? engine).inspectHeads(params, { signal });
        },
      );
    },
    stop: () => inspecting.stop(),
  };
}

/** What is known of the heads: of the answer before, while that of the present one is on its way. */
export function selectInspection(inspection: LabState['inspection']): HeadInspection | null {
  if (inspection.status === 'done') return inspection.result;
  return inspection.status === 'running' ? inspection.progress : null;
}

/** Whether nobody has asked yet, or only for another answer. What failed is not asked again by itself. */
export function lacksInspection({
  exchange,
  inquiry,
  inspection,
}: Pick<LabState, 'exchange' | 'inquiry' | 'inspection'>): boolean {
  if (!exchange || inspection.status === 'running' || inspection.status === 'failed') return false;
  if (inspection.status === 'idle') return true;
  const { answer, against } = inspection.result;
  return answer !== chosenAnswer(inquiry, exchange) || against !== inquiry.against;
}
