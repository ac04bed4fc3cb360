/** Which pack, in which precision, from which files; what it costs; and consent before anything is fetched. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { precisionSentences } from '../../core/pack/precision-measures.ts';
import type { OwnFiles, Precision, PublishedAddresses, PublishedPack } from '../../core/published.ts';
import { useSessionState } from '../session-context.ts';
import { addressWithPack } from '../pack-address.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { AddressFields } from './AddressFields.tsx';
import { MakingProgress } from './MakingProgress.tsx';
import { OwnFilesField } from './OwnFilesField.tsx';
import { withFiles } from './own-files.ts';
import { usePackBench, usePackBenchState } from './pack-bench-context.ts';
import { PackChoice, PrecisionChoice } from './PackChoice.tsx';
import { PackCosts, fetchedSources } from './PackCosts.tsx';
import { takeFileDrops } from './take-file-drops.ts';

export function PublishedDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const bench = usePackBench();
  const published = usePackBenchState((state) => state.published);
  useEffect(() => {
    dialog.current?.showModal();
    void bench.open();
  }, [bench]);
  return (
    <dialog ref={dialog} className="model-card" aria-labelledby="published-dialog-title" onClose={onClose}>
      <header className="section-head">
        <h2 id="published-dialog-title">Get the original LXMERT</h2>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <div className="card-body">
        {published.status === 'running' && <p>Looking up what can be made.</p>}
        {published.status === 'failed' && (
          <ErrorNote error={published.error}>
            <button type="button" className="button" onClick={() => void bench.open()}>
              Try again
            </button>
          </ErrorNote>
        )}
        {published.status === 'done' && <PackForm packs={published.result} />}
      </div>
    </dialog>
  );
}

function PackForm({ packs }: { readonly packs: readonly PublishedPack[] }) {
  const bench = usePackBench();
  const making = usePackBenchState((state) => state.making);
  const begun = usePackBenchState((state) => state.shelf?.unfinished?.begun ?? null);
  const runsOnGpu = useSessionState(
    ({ engine }) => engine.status === 'ready' && engine.report.backend.backend === 'webgpu',
  );
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [chosenExact, setChosenExact] = useState<boolean | null>(null);
  const [chosenPrecision, setChosenPrecision] = useState<Precision | null>(null);
  const [files, setFiles] = useState<OwnFiles>({});
  const [entered, setAddresses] = useState<PublishedAddresses | null>(null);
  const [hasConsented, setConsented] = useState(false);
  const dropTarget = useCallback(
    (form: HTMLFormElement) =>
      takeFileDrops(form, (dropped) => setFiles((chosen) => withFiles(chosen, dropped))),
    [],
  );
  const id = chosenId ?? begun?.id ?? packs[0]?.id;
  const pack = packs.find((candidate) => candidate.id === id) ?? packs[0];
  if (!pack) return <p>No published weights are known to this page.</p>;

  const precision = chosenPrecision ?? begun?.precision ?? (runsOnGpu ? 'fp16' : 'int8');
  const exactDetector = chosenExact ?? begun?.exactDetector ?? false;
  const addresses = entered ?? begun?.addresses ?? {};
  const fetched = fetchedSources(pack, files);
  const fetches = fetched.length > 0;
  if (making.status === 'running') {
    return <MakingProgress progress={making.progress} onCancel={bench.cancel} />;
  }
  return (
    <form
      ref={dropTarget}
      className="pack-form"
      onSubmit={(event) => {
        event.preventDefault();
        void bench.make({ id: pack.id, precision, exactDetector, files, addresses });
      }}
    >
      {making.status === 'done' && (
        <p className="made-note" role="status">
          {making.result.name} is ready.{' '}
          <a className="button primary" href={addressWithPack(making.result.packUrl)}>
            Use it
          </a>
          {making.result.measured && making.result.precision && (
            <span className="aside">
              {precisionSentences(making.result.measured, making.result.precision).join(' ')}
            </span>
          )}
        </p>
      )}
      {making.status === 'failed' && <ErrorNote error={making.error} />}
      {begun?.hadFiles && <p>It was begun with files from your disk: choose them again to go on.</p>}
      <PackChoice
        packs={packs}
        id={pack.id}
        onChoose={(other) => {
          setChosenId(other);
          // An address is of one LXMERT; the detector is the same for all.
          setAddresses(addresses.detector === undefined ? {} : { detector: addresses.detector });
        }}
      />
      <PrecisionChoice
        pack={pack}
        precision={precision}
        exactDetector={exactDetector}
        onChoose={setChosenPrecision}
        onExactDetector={setChosenExact}
      />
      <OwnFilesField files={files} onFiles={setFiles} />
      <PackCosts
        pack={pack}
        precision={precision}
        exactDetector={exactDetector}
        files={files}
        addresses={addresses}
      />
      {fetches && <AddressFields sources={fetched} addresses={addresses} onAddresses={setAddresses} />}
      {fetches && (
        <label className="check">
          <input
            type="checkbox"
            name="consent"
            checked={hasConsented}
            onChange={(event) => setConsented(event.target.checked)}
          />
          I want this page to fetch these files, and I may use them under their licence.
        </label>
      )}
      <button type="submit" className="button primary" disabled={fetches && !hasConsented}>
        {fetches ? 'Download and convert' : 'Convert'}
      </button>
    </form>
  );
}
