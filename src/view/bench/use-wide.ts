/** Whether the photo stands beside what is said about it, or above it. */
import { useSyncExternalStore } from 'react';

/** As `--wide` in the style sheets, which cannot read a constant. */
const WIDE = '(min-width: 68.75rem)';

export function useWide(): boolean {
  return useSyncExternalStore(watch, () => window.matchMedia(WIDE).matches);
}

function watch(listener: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
