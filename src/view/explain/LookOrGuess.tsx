/** One button: did the answer come from the photo? */
import { lookingSentence } from '../../explain/looking.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { sampleUrl, type Sample } from '../image/samples.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';

/** The trials: blind, shuffled, another photo. */
const TRIALS = 3;

interface LookOrGuessProps {
  readonly samples: readonly Sample[];
  /** The sample that is on screen. */
  readonly shown: Sample | null;
}

export function LookOrGuess({ samples, shown }: LookOrGuessProps) {
  const looking = useLab((lab) => lab.looking);
  const { lookOrGuess } = useLabActions();

  const isRunning = looking.status === 'running';

  const fetchOther = async (): Promise<Blob | null> => {
    const other = samples.find((sample) => sample !== shown);
    if (!other) return null;
    const response = await fetch(sampleUrl(other));
    return response.ok ? response.blob() : null;
  };

  return (
    <div className="looking-test" aria-busy={isRunning}>
      {/* Stays where it is, and the focus with it. */}
      <button
        type="button"
        className="button"
        aria-disabled={isRunning}
        onClick={() => {
          if (!isRunning) void lookOrGuess(fetchOther);
        }}
      >
        Did it look at the photo?
      </button>
      <p className="looking-words" aria-live="polite">
        {looking.status === 'running' && `Trial ${(looking.progress ?? 0) + 1} of ${TRIALS}…`}
        {looking.status === 'done' && lookingSentence(looking.result)}
      </p>
      {looking.status === 'failed' && <ErrorNote error={looking.error} />}
    </div>
  );
}
