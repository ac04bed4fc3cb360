/** What the person does with the boxes just now; forgotten with the answer. */
import { useMemo } from 'react';
import { editedRegions, selectOutcome, type EditedRegion } from '../../session/inquiry/select-edits.ts';
import type { Outcome } from '../../session/inquiry/lab-state.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab } from '../lab-context.ts';
import { useStateFor } from '../use-state-for.ts';

/** What a click or a drag on the photo does. */
export type SurgeryMode = 'switch' | 'draw' | 'move';

export interface SurgeryView {
  readonly mode: SurgeryMode;
  readonly setMode: (mode: SurgeryMode) => void;
  /** The region that the keyboard and the coordinates speak of. */
  readonly selected: number;
  readonly select: (index: number) => void;
}

export interface Surgery {
  readonly view: SurgeryView;
  readonly regions: readonly EditedRegion[];
  readonly outcome: Outcome | null;
}

export function useSurgery(exchange: Exchange | null): Surgery {
  const edits = useLab((lab) => lab.edits);
  const outcome = useLab(selectOutcome);
  const [mode, setMode] = useStateFor<SurgeryMode>(exchange?.id, 'switch');
  const [chosen, select] = useStateFor(exchange?.id, 0);
  const regions = useMemo(
    () => (exchange ? editedRegions(exchange, edits, outcome) : []),
    [exchange, edits, outcome],
  );
  const selected = Math.min(chosen, Math.max(0, regions.length - 1));
  return { view: { mode, setMode, selected, select }, regions, outcome };
}
