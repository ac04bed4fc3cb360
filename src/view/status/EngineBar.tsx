/** Under the header while the models are on their way or have failed; gone when they are ready. */
import type { LoadProgress } from '../../core/engine.ts';
import { megabytes } from '../format.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { ErrorNote } from './ErrorNote.tsx';

export function EngineBar() {
  const engine = useSessionState((state) => state.engine);
  const { load, chooseBackend } = useActions();
  if (engine.status === 'ready') return null;
  if (engine.status === 'failed') {
    return (
      <ErrorNote error={engine.error}>
        <button type="button" className="button primary" onClick={() => void load()}>
          Load the models again
        </button>
        {engine.error.code === 'backend-unavailable' && (
          <button type="button" className="button" onClick={() => void chooseBackend('auto')}>
            Choose the backend automatically
          </button>
        )}
      </ErrorNote>
    );
  }
  if (engine.status === 'idle') {
    return (
      <div className="engine-bar">
        <p>Your browser is set to save data, so the models (25 MB at most) wait for your word.</p>
        <button type="button" className="button primary" onClick={() => void load()}>
          Load the models
        </button>
      </div>
    );
  }
  return <LoadingBar progress={engine.progress} />;
}

/** The bar counts bytes alone; opening and checking follow at its full length. */
function LoadingBar({ progress }: { readonly progress: LoadProgress | null }) {
  return (
    <div className="engine-bar">
      <p id="engine-bar-words">{loadingWords(progress)}</p>
      <progress aria-labelledby="engine-bar-words" {...barLength(progress)} />
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
  if (progress.stage === 'open') return 'Opening the models…';
  if (progress.stage === 'self-test') return 'Checking the models on this device…';
  const amount = `${megabytes(progress.loadedBytes)} of ${megabytes(progress.totalBytes)}`;
  const stored = progress.cachedBytes > 0 ? `, ${megabytes(progress.cachedBytes)} of it stored before` : '';
  return `Loading the models: ${amount}${stored}`;
}
