import type { AnswerCandidate } from '../../core/types.ts';
import { percent } from '../../core/percent.ts';

/** The answers by falling score; each bar is its share of all answers the model knows. */
export function AnswerBars({ answers }: { readonly answers: readonly AnswerCandidate[] }) {
  return (
    <ol className="answer-bars" aria-label="Answers by score">
      {answers.map(({ answer, score }) => (
        <li key={answer}>
          <span className="bar-name">{answer}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-fill" style={{ '--share': score }} />
          </span>
          <span className="bar-score">{percent(score)}</span>
        </li>
      ))}
    </ol>
  );
}
