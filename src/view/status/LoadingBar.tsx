/** How far loading is, along the lower edge of the header; the words stand beside the lamp. */
import type { LoadProgress } from '../../core/engine.ts';
import { megabytes } from '../../core/megabytes.ts';
import { useSessionState } from '../session-context.ts';

export function LoadingBar() {
  const engine = useSessionState((state) => state.engine);
  if (engine.status !== 'loading') return null;
  return (
    <progress
      className="loading-bar"
      aria-label={loadingWords(engine.progress)}
      {...barLength(engine.progress)}
    />
  );
}

/** Bytes alone are counted, and before the first one the length is unknown; opening and checking follow at full length. */
function barLength(progress: LoadProgress | null): { readonly value?: number; readonly max?: number } {
  if (!progress) return {};
  if (progress.stage !== 'download') return { value: 1, max: 1 };
  return { value: progress.loadedBytes, max: progress.totalBytes };
}

export function loadingWords(progress: LoadProgress | null): string {
  if (!progress) return 'Looking up the models…';
  if (progress.stage === 'open') {
    const { steps } = progress;
    return steps ? `Opening the models: ${steps.done + 1} of ${steps.total}` : 'Opening the models…';
  }
  if (progress.stage === 'self-test') return 'Checking the models on this device…';
  const amount = `${megabytes(progress.loadedBytes)} of ${megabytes(progress.totalBytes)}`;
  const stored = progress.cachedBytes > 0 ? `, ${megabytes(progress.cachedBytes)} of it stored before` : '';
  return `Loading the models: ${amount}${stored}`;
}
