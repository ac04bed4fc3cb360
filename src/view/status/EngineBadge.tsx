/** In the header: in which state the models are and where they run. */
import type { EngineStatus } from '../../session/work/state.ts';
import { backendName } from '../format.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { loadingWords } from './LoadingBar.tsx';

export function EngineBadge() {
  const engine = useSessionState((state) => state.engine);
  const { stopLoading } = useActions();
  return (
    <>
      <a className="engine-badge" href="#workings" data-status={engine.status}>
        <span className="lamp" aria-hidden="true" />
        {badgeWords(engine)}
      </a>
      {engine.status === 'loading' && (
        <button
          type="button"
          className="button quiet"
          aria-label="Stop loading the models"
          onClick={stopLoading}
        >
          Stop
        </button>
      )}
    </>
  );
}

function badgeWords(engine: EngineStatus): string {
  if (engine.status === 'idle') return 'Models not loaded';
  if (engine.status === 'loading') return loadingWords(engine.progress);
  if (engine.status === 'failed') return 'Models failed';
  return `Ready on ${backendName(engine.report.backend)}`;
}
