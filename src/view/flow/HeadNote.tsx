import type { VqaErrorCode } from '../../core/errors.ts';
import type { ErrorReport } from '../../core/types.ts';
import { useLabActions } from '../lab-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import type { ShownRow } from './head-row.ts';

/** Models that say no more than their weights; nothing has gone wrong. */
const SILENT: ReadonlySet<VqaErrorCode> = new Set(['gradients-missing', 'not-recorded']);

interface HeadNoteProps {
  readonly row: ShownRow;
  readonly isRunning: boolean;
  /** Why the scores and values of this head are not there. */
  readonly error: ErrorReport | null;
}

/** Where the numbers come from and how to read them. */
export function HeadNote({ row: { sum, answer }, isRunning, error }: HeadNoteProps) {
  const { inspectHeads } = useLabActions();
  const isBroken = error !== null && !SILENT.has(error.code);
  return (
    <>
      {isBroken && (
        <ErrorNote error={error}>
          <button type="button" className="button" onClick={() => void inspectHeads()}>
            Try again
          </button>
        </ErrorNote>
      )}
      <p className="aside">
        {sum ? (
          <>
            Scores, weights and values are those that the model computed for this question. Softmax makes e
            <sup>score {lessWords(sum.logSum)}</sup> of each score, so that the row sums to 1. ‖w v‖ is how
            long a value is once it is weighted: a heavy weight on a short value gives little.
          </>
        ) : (
          <>
            {error && !isBroken && `${error.message} `}
            {isRunning && 'The model’s own scores and values are on their way. '}
            Scores follow from the weights: ln of a weight less ln of the heaviest. What all scores of a row
            have in common is lost in softmax.
          </>
        )}
        {answer !== null &&
          ' A pull is weight × gradient of the answer’s logit: what the weighted value adds, to first order.'}
      </p>
    </>
  );
}

/** “− 4.12”, and “+ 1.30” for what is below 0. */
function lessWords(subtracted: number): string {
  return `${subtracted < 0 ? '+' : '−'} ${Math.abs(subtracted).toFixed(2)}`;
}
