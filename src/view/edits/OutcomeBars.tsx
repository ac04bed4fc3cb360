/** The answers of the changed run; a tick on each bar marks where the plain run had it. */
import { percent } from '../../core/percent.ts';
import type { Outcome } from '../../session/inquiry/lab-state.ts';
import { compareAnswers, hasFlipped, outcomeSentence } from '../../session/inquiry/select-edits.ts';
import type { Exchange } from '../../session/work/state.ts';

const SHOWN_ANSWERS = 6;

interface OutcomeBarsProps {
  readonly exchange: Exchange;
  /** Whether anything is changed; what that does is not known at once. */
  readonly isChanged: boolean;
  /** Null while nothing is changed, and until the first change is answered. */
  readonly outcome: Outcome | null;
}

export function OutcomeBars({ exchange, isChanged, outcome }: OutcomeBarsProps) {
  const unanswered = isChanged ? 'Asking again…' : 'Nothing is changed yet.';
  const before = exchange.prediction;
  const after = outcome?.prediction ?? before;
  const isFlipped = hasFlipped(before, after);
  return (
    <div className="outcome" data-flipped={isFlipped}>
      <p className="outcome-sentence" aria-live="polite">
        {outcome ? outcomeSentence(before, after) : unanswered}
      </p>
      <ol className="answer-bars" aria-label="Answers after the change">
        {compareAnswers(before, after, SHOWN_ANSWERS).map(({ answer, before: was, after: now }) => (
          <li key={answer}>
            <span className="bar-name">{answer}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill" style={{ '--share': now }} />
              {outcome && was !== null && <span className="bar-before" style={{ '--share': was }} />}
            </span>
            <span className="bar-score">
              {percent(now)}
              {outcome && was !== null && <span className="visually-hidden">, was {percent(was)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
