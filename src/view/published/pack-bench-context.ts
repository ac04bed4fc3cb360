/** The bridge between React and the packs that are made here; null on a page that makes none. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { PackBench, PackBenchState } from '../../session/work/create-pack-bench.ts';

export const PackBenchContext = createContext<PackBench | null>(null);

export function usePackBench(): PackBench {
  const bench = use(PackBenchContext);
  if (!bench) throw new Error('A view of made packs outside a PackBenchContext has nothing to show.');
  return bench;
}

/** Part of the state; `select` must return the same reference as long as nothing it reads has changed. */
export function usePackBenchState<Selected>(select: (state: PackBenchState) => Selected): Selected {
  const bench = usePackBench();
  return useSyncExternalStore(bench.subscribe, () => select(bench.getState()));
}
