/** Take it along: a picture, the numbers, a page that replays the answer, a link. */
import { useState } from 'react';
import { EmbedSection } from '../embed/EmbedSection.tsx';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { useOpenLab } from '../lab-context.ts';
import { useSession } from '../session-context.ts';
import { addressOf } from './follow-address.ts';
import { useTakeAlong, type FileKind, type Kept, type Saving } from './use-export.ts';

interface FileChoice {
  readonly kind: FileKind;
  readonly name: string;
  readonly what: string;
}

const PICTURES: readonly FileChoice[] = [
  { kind: 'png', name: 'PNG', what: 'What is on screen, with its scale, settings and the pack’s hash.' },
  { kind: 'svg', name: 'SVG', what: 'The same in vectors; every word stays text.' },
];

const NUMBERS: readonly FileChoice[] = [
  {
    kind: 'npz',
    name: 'NPZ',
    what: 'For NumPy: boxes, every answer’s logit, all attention, the maps, gradients.',
  },
  { kind: 'json', name: 'JSON', what: 'The same numbers as text.' },
];

const REPLAYS: readonly FileChoice[] = [
  {
    kind: 'html',
    name: 'HTML',
    what: 'One file that opens as a page and shows this answer again, without the models.',
  },
  { kind: 'recording.json', name: 'Recording', what: 'For the element <in-page-vqa> on your own page.' },
];

export function KeepPanel(kept: Kept) {
  const { saving, save } = useTakeAlong(kept);
  const [withPhoto, setWithPhoto] = useState(true);
  const choose = (kind: FileKind) => void save(kind, withPhoto);
  const isBusy = saving.status === 'saving';
  return (
    <section className="keep" aria-labelledby="keep-title" aria-busy={isBusy}>
      <h2 id="keep-title">Save and share</h2>
      <label className="check">
        <input type="checkbox" checked={withPhoto} onChange={({ target }) => setWithPhoto(target.checked)} />
        <span>With the photo, in pictures and replays</span>
      </label>
      <Files title="A picture" choices={PICTURES} isBusy={isBusy} onChoose={choose} />
      <Files title="The numbers" choices={NUMBERS} isBusy={isBusy} onChoose={choose} />
      <Files title="A replay" choices={REPLAYS} isBusy={isBusy} onChoose={choose} />
      <p className="aside" aria-live="polite">
        {savingWords(saving)}
      </p>
      {saving.status === 'failed' && <ErrorNote error={saving.error} />}
      <EmbedSection exchange={kept.exchange} report={kept.report} />
      <LinkCopy
        isOwnPhoto={kept.exchange.photo.source !== 'sample' && kept.exchange.photo.source !== 'url'}
      />
    </section>
  );
}

interface FilesProps {
  readonly title: string;
  readonly choices: readonly FileChoice[];
  readonly isBusy: boolean;
  readonly onChoose: (kind: FileKind) => void;
}

function Files({ title, choices, isBusy, onChoose }: FilesProps) {
  return (
    <section className="keep-files" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {choices.map(({ kind, name, what }) => (
          <li key={kind}>
            <button type="button" className="button" disabled={isBusy} onClick={() => onChoose(kind)}>
              {name}
            </button>
            <span className="aside">{what}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LinkCopy({ isOwnPhoto }: { readonly isOwnPhoto: boolean }) {
  const session = useSession();
  const lab = useOpenLab();
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    const address = addressOf(session, lab, null);
    try {
      await navigator.clipboard.writeText(address);
      setCopied('Link copied.');
    } catch {
      setCopied('Your browser did not let the page copy it. Copy it from the address bar.');
    }
  };
  return (
    <section className="keep-files" aria-label="A link">
      <h3>A link</h3>
      <p className="aside">
        The address of this page holds what is on screen: question, picture, layer and changes. Only people
        you give it to see it.{' '}
        {isOwnPhoto
          ? 'Your photo is not in it: people who open the link are asked for the photo.'
          : 'It names the photo by its address.'}
      </p>
      <div className="button-row">
        <button type="button" className="button" onClick={() => void copy()}>
          Copy the link
        </button>
      </div>
      <p className="aside" aria-live="polite">
        {copied}
      </p>
    </section>
  );
}

function savingWords(saving: Saving): string {
  if (saving.status === 'saving') return `Making the ${saving.kind}…`;
  if (saving.status !== 'saved') return '';
  return `Saved ${saving.name}${saving.lacksGradients ? ', without gradients: they could not be worked out' : ''}.`;
}
