/** A strip of photos that ship with the page. */
import { asVqaError } from '../../core/errors.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { selectPhoto } from '../../session/selectors.ts';
import { sampleUrl, type Sample } from './samples.ts';

export function SampleRow({ samples }: { readonly samples: readonly Sample[] }) {
  const { openPhoto, ask, reportInputError } = useActions();
  const shown = useSessionState(selectPhoto);
  if (samples.length === 0) return null;

  const open = async (sample: Sample, question: string | null) => {
    try {
      const response = await fetch(sampleUrl(sample));
      if (!response.ok) throw new Error(`The sample photo could not be fetched (status ${response.status}).`);
      const opened = openPhoto(await response.blob(), sample.file, 'sample');
      await Promise.all([opened, question !== null && ask(question)]);
    } catch (thrown) {
      reportInputError(asVqaError(thrown, 'image-url-failed').toReport());
    }
  };

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
