/** Puts what is on screen into another page: the way, the choices, how it will look, and the lines to copy. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LoadReport } from '../../core/engine.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { fileName, saveFile } from '../export/save-file.ts';
import { addressOfPhoto, otherPack, pageFolder } from './addresses.ts';
import { CopyLines } from './CopyLines.tsx';
import { ElementChoices, type Looks } from './ElementChoices.tsx';
import { EmbedPreview } from './EmbedPreview.tsx';
import { RecordingChoices } from './RecordingChoices.tsx';
import { snippetOf, type Way } from './snippet.ts';
import { useRecording } from './use-recording.ts';

interface EmbedDialogProps {
  readonly exchange: Exchange;
  readonly report: LoadReport;
  readonly explanations: readonly Explanation[];
  readonly alt: string;
  readonly onClose: () => void;
}

const WAYS: readonly { readonly way: Way; readonly name: string; readonly when: string }[] = [
  { way: 'element', name: 'Element', when: 'The models answer in the page: visitors can ask anything.' },
  {
    way: 'recording',
    name: 'Recording',
    when: 'A small file plays these answers at once, without any model.',
  },
  { way: 'iframe', name: 'Iframe', when: 'For pages that take no scripts, such as most blogs.' },
];

const PLAIN_LOOKS: Looks = { theme: 'auto', explain: 'attention', reveal: 'auto', ownPhotos: false };
const PHOTO_SIDE = 480;

export function EmbedDialog({ exchange, report, explanations, alt: givenAlt, onClose }: EmbedDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const history = useSessionState((state) => state.history);
  const about = useMemo(
    () => history.filter(({ photo, standIn }) => photo.imageId === exchange.photo.imageId && !standIn),
    [history, exchange],
  );
  const { photo, prediction } = exchange;
  const [way, setWay] = useState<Way>('element');
  const [looks, setLooks] = useState(PLAIN_LOOKS);
  const [alt, setAlt] = useState(givenAlt);
  const [photoSide, setPhotoSide] = useState<number | null>(PHOTO_SIDE);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [photoAddress, setPhotoAddress] = useState(() => addressOfPhoto(photo));
  const file = fileName(prediction.question, 'recording.json');
  const [recordingAddress, setRecordingAddress] = useState(file);

  const exchanges = useMemo(
    () => [exchange, ...about.filter(({ id }) => id !== exchange.id && !left.has(id))],
    [exchange, about, left],
  );
  const made = useRecording({ report, exchanges, explanations, alt, photoSide });
  const snippet = snippetOf({
    ...looks,
    way,
    site: pageFolder(),
    address: way === 'recording' ? recordingAddress : photoAddress,
    alt,
    question: prediction.question,
    pack: otherPack(),
  });

  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="model-card embed" aria-labelledby="embed-title" onClose={onClose}>
      <header className="section-head">
        <h2 id="embed-title">Put it into a page of yours</h2>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <div className="embed-body">
        <fieldset className="embed-ways">
          <legend className="visually-hidden">How</legend>
          {WAYS.map((each) => (
            <label key={each.way} className="embed-way">
              <input
                type="radio"
                name="embed-way"
                checked={way === each.way}
                onChange={() => setWay(each.way)}
              />
              <span className="embed-way-name">{each.name}</span>
              <span className="aside">{each.when}</span>
            </label>
          ))}
        </fieldset>
        <div className="embed-sides">
          <div className="embed-choices">
            <label className="field">
              {way === 'recording' ? 'Where the file will be' : 'Where the photo is'}
              <input
                type="text"
                value={way === 'recording' ? recordingAddress : photoAddress}
                onChange={({ target }) =>
                  (way === 'recording' ? setRecordingAddress : setPhotoAddress)(target.value)
                }
              />
            </label>
            <label className="field">
              What the photo shows, for people who do not see it
              <input type="text" value={alt} onChange={({ target }) => setAlt(target.value)} />
            </label>
            <ElementChoices way={way} looks={looks} methods={report.abilities.methods} onLooks={setLooks} />
            {way === 'recording' && (
              <RecordingChoices
                photoSide={photoSide}
                onPhotoSide={setPhotoSide}
                shown={exchange}
                others={about.filter(({ id }) => id !== exchange.id)}
                left={left}
                onLeft={setLeft}
              />
            )}
          </div>
          <section className="embed-look" aria-label="How it will look">
            {made.status === 'made' && (
              <EmbedPreview
                recording={made.recording}
                question={prediction.question}
                theme={looks.theme}
                explain={looks.explain}
              />
            )}
            {made.status === 'failed' && <ErrorNote error={made.error} />}
            {way !== 'recording' && (
              <p className="aside">
                The preview plays the answer on screen; in your page the models give it.
              </p>
            )}
          </section>
        </div>
        {way === 'recording' && made.status === 'made' && (
          <div className="button-row embed-save">
            <button
              type="button"
              className="button primary"
              onClick={() => saveFile(file, new Blob([made.text], { type: 'application/json' }))}
            >
              Save the recording
            </button>
            <span className="aside">
              {file}, {Math.ceil(made.bytes / 1000)} kB. Put it beside your page.
            </span>
          </div>
        )}
        <CopyLines text={snippet} />
        <p className="aside">
          Attributes, events, styles, headers: <a href="embed/">about embedding</a>.
        </p>
      </div>
    </dialog>
  );
}
