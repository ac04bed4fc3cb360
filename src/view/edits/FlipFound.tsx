/** What a search for a flip found, step by step, and the button that makes the change. */
import type { Flip, FlipStep } from '../../core/explanation.ts';
import { percent } from '../../core/percent.ts';
import { isMade } from '../../session/inquiry/edits.ts';
import { flipSentence, flipStepName } from '../../session/words/flip-words.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';

interface FlipFoundProps {
  readonly flip: Flip;
  readonly exchange: Exchange;
}

export function FlipFound({ flip, exchange }: FlipFoundProps) {
  const { applyFlip, undo } = useLabActions();
  const isDone = useLab(({ edits }) => isMade(flip.change, edits));
  return (
    <>
      <p>{flipSentence(flip)}</p>
      <FlipSteps steps={flip.steps} exchange={exchange} />
      {flip.to && (
        <div className="flip-choice">
          {isDone ? (
            <button type="button" className="button" onClick={() => void undo()}>
              Take it back
            </button>
          ) : (
            <button type="button" className="button" onClick={() => void applyFlip(flip.change)}>
              Make this change
            </button>
          )}
          <span className="aside">{isDone && 'Made: the answers above are those of this change.'}</span>
        </div>
      )}
    </>
  );
}

interface FlipStepsProps {
  readonly steps: readonly FlipStep[];
  readonly exchange: Exchange;
}

export function FlipSteps({ steps, exchange }: FlipStepsProps) {
  const was = exchange.prediction.answers[0]?.answer ?? '';
  return (
    <ol className="flip-steps">
      {steps.map((step, index) => (
        <li key={index}>
          {flipStepName(step, exchange)}{' '}
          <span className="aside">
            leaves “{was}” {percent(step.score)}
          </span>
        </li>
      ))}
    </ol>
  );
}
