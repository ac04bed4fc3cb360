/** Under the header while the models need a decision of the person: to load them, or what to do about a failure. */
import { SILENCE_MS } from '../../core/engine.ts';
import { addressWithPack, hasChosenPack } from '../pack-address.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { ErrorNote } from './ErrorNote.tsx';

export function EngineBar() {
  const engine = useSessionState((state) => state.engine);
  const isSilent = useSessionState((state) => state.isSilent);
  const { load, chooseBackend, stopWorker } = useActions();
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
        {hasChosenPack() && (
          <a className="button" href={addressWithPack(null)}>
            Use the pack of this page
          </a>
        )}
      </ErrorNote>
    );
  }
  if (isSilent) {
    return (
      <div className="engine-bar" role="status">
        <p>
          The models have said nothing for {SILENCE_MS / 1000} seconds. They may still be at work. If you stop
          them, your photo, question and answers are kept.
        </p>
        <button type="button" className="button" onClick={stopWorker}>
          Stop the models
        </button>
      </div>
    );
  }
  if (engine.status !== 'idle') return null;
  return (
    <div className="engine-bar">
      <p>Your browser is set to save data, so the models (25 MB at most) wait for your word.</p>
      <button type="button" className="button primary" onClick={() => void load()}>
        Load the models
      </button>
    </div>
  );
}
