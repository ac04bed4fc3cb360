/** A strip of photos that ship with the page. */
import { selectPhoto } from '../../session/work/selectors.ts';
import { useSession, useSessionState } from '../session-context.ts';
import { openSample } from './open-sample.ts';
import { sampleUrl, type Sample } from './samples.ts';

interface SampleRowProps {
  readonly samples: readonly Sample[];
  /** Whether their recordings are of the pack that is used. */
  readonly isRecorded: boolean;
}

export function SampleRow({ samples, isRecorded }: SampleRowProps) {
  const session = useSession();
  const shown = useSessionState(selectPhoto);
  if (samples.length === 0) return null;

  const open = (sample: Sample, question: string | null) => openSample(session, sample, question, isRecorded);

  return (
    <section className="samples" aria-labelledby="samples-title">
      <h2 id="samples-title">Or take one of these</h2>
      <ul className="film">
        {samples.map((sample, position) => (
          <li key={sample.id}>
            <button
              type="button"
              className="film-frame"
              aria-pressed={shown?.source === 'sample' && shown.name === sample.file}
              onClick={() => void open(sample, null)}
            >
              <img src={sampleUrl(sample)} alt={sample.alt} width={sample.width} height={sample.height} />
              <span className="edge-print">
                <span aria-hidden="true">{position + 1}A </span>
                {sample.title}
              </span>
            </button>
            {sample.questions.slice(0, 1).map((question) => (
              <button
                key={question}
                type="button"
                className="film-question"
                onClick={() => void open(sample, question)}
              >
                {question}
              </button>
            ))}
          </li>
        ))}
      </ul>
      <p className="credits">
        Photos:{' '}
        {samples.map((sample, position) => (
          <span key={sample.id}>
            {position > 0 && ' · '}
            <a href={sample.source}>{sample.title}</a> by {sample.credit},{' '}
            <a href={sample.licenceUrl}>{sample.licence}</a>
          </span>
        ))}
        . Re-encoded as JPEG.
      </p>
    </section>
  );
}
