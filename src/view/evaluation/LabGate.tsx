/** The lab in place of the photo, where the address says so. */
import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { LAB_HASH } from './lab-address.ts';
import { useTasks } from '../tasks/tasks-context.ts';

const LabView = lazy(() => import('./LabView.tsx'));

export function LabGate({ children }: { readonly children: ReactNode }) {
  const tasks = useTasks();
  const isLab = useSyncExternalStore(subscribe, () => location.hash === LAB_HASH);
  if (!tasks || !isLab) return children;
  return (
    <Suspense fallback={<p className="aside">Fetching the lab…</p>}>
      <LabView tasks={tasks} />
    </Suspense>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
