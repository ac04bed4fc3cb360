/** A strip of photos that ship with the page. */
import { asVqaError } from '../../core/errors.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { selectPhoto } from '../../session/selectors.ts';
import { sampleUrl, type Sample } from './samples.ts';

export function SampleRow({ samples }: { readonly samples: readonly Sample[] }) {
  const { openPhoto, reportInputError } = useActions();
  const shown = useSessionState(selectPhoto);
  if (samples.length === 0) return null;

  const open = async (sample: Sample) => {
    try {
      const response = await fetch(sampleUrl(sample));
      if (!response.ok) throw new Error(`The sample photo could not be fetched (status ${response.status}).`);
      await openPhoto(await response.blob(), sample.file, 'sample');
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
              onClick={() => void open(sample)}
            >
              <img src={sampleUrl(sample)} alt={sample.alt} width={sample.width} height={sample.height} />
              <span className="edge-print">
                <span aria-hidden="true">{position + 1}A </span>
                {sample.title}
              </span>
            </button>
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
