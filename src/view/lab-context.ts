/** The bridge between React and the lab: subscribe to a part of its state, or act. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { Lab, LabActions, LabState } from '../session/inquiry/lab-state.ts';

export const LabContext = createContext<Lab | null>(null);

/** Part of the state; `select` must return the same reference as long as nothing it reads has changed. */
export function useLab<Selected>(select: (state: LabState) => Selected): Selected {
  const lab = useOpenLab();
  return useSyncExternalStore(lab.subscribe, () => select(lab.getState()));
}

export function useLabActions(): LabActions {
  return useOpenLab();
}

export function useOpenLab(): Lab {
  const lab = use(LabContext);
  if (!lab) throw new Error('A view outside a LabContext has no lab.');
  return lab;
}
