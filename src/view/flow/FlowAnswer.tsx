import { percent } from '../../core/percent.ts';
import type { AnswerCandidate } from '../../core/types.ts';

const SHOWN = 4;

/** Where the way ends. */
export function FlowAnswer({ answers }: { readonly answers: readonly AnswerCandidate[] }) {
  return (
    <ol className="flow-answers" aria-label="Best answers">
      {answers.slice(0, SHOWN).map(({ answer, score }) => (
        <li key={answer}>
          <span className="flow-answer">{answer}</span>
          <span className="bar-fill" style={{ '--share': score }} aria-hidden="true" />
          <span className="bar-score">{percent(score)}</span>
        </li>
      ))}
    </ol>
  );
}
