/** Earlier questions, grouped by photo, each a click away with its answer and its attention. */
import { percent } from '../../core/percent.ts';
import type { Exchange } from '../../session/work/state.ts';
import { selectExchange } from '../../session/work/selectors.ts';
import { bringIntoView } from '../bench/bring-into-view.ts';
import { BlobImage } from '../BlobImage.tsx';
import { useActions, useSessionState } from '../session-context.ts';

export function History() {
  const history = useSessionState((state) => state.history);
  const { clearHistory } = useActions();
  if (history.length === 0) return null;
  const imageIds = new Set(history.map(({ photo }) => photo.imageId));
  return (
    <section className="history" aria-labelledby="history-title">
      <header className="section-head">
        <h2 id="history-title">History</h2>
        <button type="button" className="button quiet" onClick={clearHistory}>
          Clear
        </button>
      </header>
      <ul className="history-photos">
        {[...imageIds].map((imageId) => (
          <PhotoHistory key={imageId} exchanges={history.filter(({ photo }) => photo.imageId === imageId)} />
        ))}
      </ul>
    </section>
  );
}

function PhotoHistory({ exchanges }: { readonly exchanges: readonly Exchange[] }) {
  const { recall } = useActions();
  const shown = useSessionState(selectExchange);
  const photo = exchanges[0]?.photo ?? null;
  return (
    <li className="history-photo">
      {photo && <BlobImage blob={photo.blob} alt={photo.name} />}
      <ul>
        {exchanges.map(({ id, prediction }) => (
          <li key={id}>
            <button
              type="button"
              className="history-entry"
              aria-current={shown?.id === id}
              onClick={() => {
                bringIntoView('question');
                void recall(id);
              }}
            >
              <span className="history-question">{prediction.question}</span>{' '}
              <span className="history-answer">
                {prediction.answers[0]?.answer} {percent(prediction.answers[0]?.score ?? 0)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </li>
  );
}
