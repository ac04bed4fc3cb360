/** One bar over download and conversion. */
import type { MakeProgress } from '../../core/published.ts';
import { megabytes } from '../../core/megabytes.ts';

interface MakingProgressProps {
  readonly progress: MakeProgress | null;
  readonly onCancel: () => void;
}

export function MakingProgress({ progress, onCancel }: MakingProgressProps) {
  return (
    <div className="making">
      <label className="field">
        <span>{words(progress)}</span>
        <progress max={progress?.totalBytes ?? 1} value={progress?.doneBytes ?? 0} />
      </label>
      <button type="button" className="button" onClick={onCancel}>
        Stop
      </button>
      {progress?.stage === 'download' && <p className="aside">From {progress.subject}</p>}
      <p className="aside">You can stop or close the page at any time: what has arrived is kept.</p>
    </div>
  );
}

const STAGES: Readonly<Record<MakeProgress['stage'], string>> = {
  check: 'Checking what is here already',
  download: 'Downloading',
  convert: 'Converting',
  'self-test': 'Recording its self-test',
  measure: 'Measuring what fewer bits change',
  finish: 'Finishing',
};

function words(progress: MakeProgress | null): string {
  if (progress === null) return 'Beginning';
  const { stage, doneBytes, totalBytes } = progress;
  return `${STAGES[stage]}: ${megabytes(doneBytes)} of ${megabytes(totalBytes)}`;
}
