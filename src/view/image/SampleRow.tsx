/** The photos that come with the page; a click on one asks its question, too. */
import { selectPhoto } from '../../session/work/selectors.ts';
import { bringIntoView } from '../bench/bring-into-view.ts';
import { useSession, useSessionState } from '../session-context.ts';
import { openSample } from './open-sample.ts';
import { sampleUrl, type Sample } from './samples.ts';

interface SampleRowProps {
  readonly samples: readonly Sample[];
  /** Whether the samples were recorded with the pack that is used. */
  readonly isRecorded: boolean;
}

export function SampleRow({ samples, isRecorded }: SampleRowProps) {
  const session = useSession();
  const shown = useSessionState(selectPhoto);
  if (samples.length === 0) return null;
  return (
    <section className="samples" aria-labelledby="samples-title">
      <h2 id="samples-title">Or try an example</h2>
      <ul className="film">
        {samples.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              className="film-frame"
              data-sample={sample.id}
              aria-pressed={shown?.source === 'sample' && shown.name === sample.file}
              onClick={() => {
                bringIntoView('question');
                void openSample(session, sample, sample.questions[0] ?? null, isRecorded);
              }}
            >
              <img src={sampleUrl(sample)} alt={sample.alt} width={sample.width} height={sample.height} />
              <span className="film-question">{sample.questions[0] ?? sample.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <details className="credits">
        <summary>Who took these photos</summary>
        <p>
          {samples.map((sample, position) => (
            <span key={sample.id}>
              {position > 0 && ' · '}
              <a href={sample.source}>{sample.title}</a> by {sample.credit},{' '}
              <a href={sample.licenceUrl}>{sample.licence}</a>
            </span>
          ))}
          . They were saved again as JPEG.
        </p>
      </details>
    </section>
  );
}
