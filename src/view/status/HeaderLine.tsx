/** The line beside the title: progress while the models load, afterwards what the page promises. */
import type { LoadProgress } from '../../core/engine.ts';
import { megabytes } from '../../core/megabytes.ts';
import { useSessionState } from '../session-context.ts';

export function HeaderLine() {
  const engine = useSessionState((state) => state.engine);
  if (engine.status === 'loading') return <LoadingLine progress={engine.progress} />;
  return <p className="header-line">The models run in this page. Your photo never leaves it.</p>;
}

/** The bar counts bytes alone; opening and checking follow at its full length. */
function LoadingLine({ progress }: { readonly progress: LoadProgress | null }) {
  return (
    <div className="header-line">
      <p id="loading-words">{loadingWords(progress)}</p>
      <progress aria-labelledby="loading-words" {...barLength(progress)} />
    </div>
  );
}

/** Before the first byte the length is unknown. */
function barLength(progress: LoadProgress | null): { readonly value?: number; readonly max?: number } {
  if (!progress) return {};
  if (progress.stage !== 'download') return { value: 1, max: 1 };
  return { value: progress.loadedBytes, max: progress.totalBytes };
}

function loadingWords(progress: LoadProgress | null): string {
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
