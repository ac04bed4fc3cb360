import { useState } from 'react';
import type { AnswerCandidate } from '../../core/types.ts';
import { percent } from '../../core/percent.ts';

const SHOWN_AT_FIRST = 3;

/** The answers by falling score; each bar is its share of all answers the model knows. */
export function AnswerBars({ answers }: { readonly answers: readonly AnswerCandidate[] }) {
  const [isOpen, setOpen] = useState(false);
  const more = answers.length - SHOWN_AT_FIRST;
  return (
    <div className="answer-list">
      <ol className="answer-bars" aria-label="Answers by score">
        {(isOpen ? answers : answers.slice(0, SHOWN_AT_FIRST)).map(({ answer, score }) => (
          <li key={answer} data-answer={answer}>
            <span className="bar-name">{answer}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill" style={{ '--share': score }} />
            </span>
            <span className="bar-score">{percent(score)}</span>
          </li>
        ))}
      </ol>
      {more > 0 && (
        <button
          type="button"
          className="button quiet"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Fewer answers' : `${more} more ${more === 1 ? 'answer' : 'answers'}`}
        </button>
      )}
    </div>
  );
}
