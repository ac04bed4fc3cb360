/** Packs from published weights: those made on this device, and the door to making one. */
import { useEffect, useState } from 'react';
import { megabytes } from '../../core/megabytes.ts';
import { NOT_MEASURED, precisionSentences } from '../../core/pack/precision-measures.ts';
import { useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { MakingProgress } from './MakingProgress.tsx';
import { addressWithPack, hasChosenPack } from '../pack-address.ts';
import { usePackBench, usePackBenchState } from './pack-bench-context.ts';
import { PublishedDialog } from './PublishedDialog.tsx';

export function PublishedPanel() {
  const [isOpen, setOpen] = useState(false);
  const bench = usePackBench();
  const shelf = usePackBenchState((state) => state.shelf);
  const making = usePackBenchState((state) => state.making);
  const error = usePackBenchState((state) => state.shelfError);
  const engineStatus = useSessionState((state) => state.engine.status);

  // Not before the models are there: a first visit has more urgent things to fetch.
  useEffect(() => {
    if (engineStatus === 'ready') void bench.glance();
  }, [engineStatus, bench]);

  const unfinished = making.status === 'running' ? null : shelf?.unfinished;
  return (
    <section className="panel published" aria-labelledby="published-title">
      <h3 id="published-title">The original LXMERT</h3>
      <p className="aside">
        For better answers, this page can download the weights that the paper’s authors published (1.1 GB) and
        convert them here. Nothing leaves this device.
      </p>
      {shelf && shelf.made.length > 0 && <MadePacks />}
      {making.status === 'running' && <MakingProgress progress={making.progress} onCancel={bench.cancel} />}
      {unfinished && (
        <p className="aside">
          {megabytes(unfinished.storedBytes)} of a pack that was begun are here.{' '}
          <button type="button" className="button quiet" onClick={() => void bench.discard()}>
            Delete them
          </button>
        </p>
      )}
      {error && error.code !== 'storage-refused' && <ErrorNote error={error} />}
      <div className="button-row">
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {unfinished ? 'Go on with the download' : 'Get the original LXMERT'}
        </button>
        {hasChosenPack() && (
          <a className="button" href={addressWithPack(null)}>
            Back to the pack of this page
          </a>
        )}
      </div>
      {isOpen && <PublishedDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function MadePacks() {
  const bench = usePackBench();
  const made = usePackBenchState((state) => state.shelf)?.made ?? [];
  const engine = useSessionState((state) => state.engine);
  const loaded = engine.status === 'ready' ? engine.report.pack.name : null;
  return (
    <ul className="made-packs">
      {made.map(({ packUrl, name, precision, storedBytes, measured }) => (
        <li key={packUrl}>
          <p className="reading">{name}</p>
          <p className="aside">{megabytes(storedBytes)} on this device</p>
          {precision !== null && precision !== 'fp32' && (
            <p className="aside">
              {measured ? precisionSentences(measured, precision).join(' ') : NOT_MEASURED}
            </p>
          )}
          <div className="button-row">
            {loaded === name ? (
              <span className="aside">In use</span>
            ) : (
              <a className="button" href={addressWithPack(packUrl)}>
                Use {name}
              </a>
            )}
            <button
              type="button"
              className="button"
              aria-label={`Delete ${name}`}
              onClick={() => void bench.remove(packUrl)}
            >
              Delete
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
