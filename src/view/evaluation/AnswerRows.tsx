/** What was answered, row by row: filtered, opened in the page, saved. */
import { useMemo, useState } from 'react';
import type { EvaluatedQuestion } from '../../core/evaluation/run-evaluation.ts';
import { percent } from '../../core/percent.ts';
import {
  csvOf,
  passes,
  type Evaluation,
  type RowFilter,
} from '../../session/evaluation/create-evaluation.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import { saveFile } from '../export/save-file.ts';
import { Segments } from '../Segments.tsx';
import { leaveLab } from './lab-address.ts';

const ROWS_AT_ONCE = 100;
const FILTERS: readonly { readonly value: RowFilter; readonly name: string }[] = [
  { value: 'all', name: 'All' },
  { value: 'right', name: 'Right' },
  { value: 'wrong', name: 'Wrong' },
  { value: 'warned', name: 'Warned' },
  { value: 'failed', name: 'Not answered' },
];

interface RowsProps {
  readonly tasks: Tasks;
  readonly evaluation: Evaluation;
  readonly answers: readonly EvaluatedQuestion[];
}

export function AnswerRows({ tasks, evaluation, answers }: RowsProps) {
  const [filter, setFilter] = useState<RowFilter>('all');
  const [count, setCount] = useState(ROWS_AT_ONCE);
  const rows = useMemo(() => answers.filter((answer) => passes(filter, answer)), [answers, filter]);
  const open = ({ photo, question }: EvaluatedQuestion) => {
    const blob = evaluation.photoOf(photo);
    if (!blob) return;
    const { session } = tasks;
    tasks.choose('ask');
    leaveLab();
    void session.openPhoto(blob, photo, 'file').then(() => session.ask(question));
  };
  return (
    <>
      <div className="section-head">
        <Segments
          legend="Which answers are shown"
          options={FILTERS}
          chosen={filter}
          onChoose={(chosen) => {
            setFilter(chosen);
            setCount(ROWS_AT_ONCE);
          }}
        />
        <span className="aside">{rows.length} shown</span>
        <button
          type="button"
          className="button quiet"
          onClick={() => saveFile('answers.csv', new Blob([csvOf(answers)], { type: 'text/csv' }))}
        >
          Save as CSV
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() =>
            saveFile(
              'answers.json',
              new Blob([JSON.stringify(answers, null, 1)], { type: 'application/json' }),
            )
          }
        >
          Save as JSON
        </button>
      </div>
      {/* A part that scrolls sideways must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="lab-table" role="region" aria-label="Answers" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {['Photo', 'Question', 'Answer', 'Score', 'Accepted', ''].map((name) => (
                <th key={name} scope="col">
                  {name || <span className="visually-hidden">Open</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, count).map((answer, index) => (
              <Row key={index} answer={answer} onOpen={() => open(answer)} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > count && (
        <button type="button" className="button" onClick={() => setCount(count + ROWS_AT_ONCE)}>
          Show more
        </button>
      )}
    </>
  );
}

function Row({ answer, onOpen }: { readonly answer: EvaluatedQuestion; readonly onOpen: () => void }) {
  const { photo, question, predicted, top, accepted, correct, confidence, error } = answer;
  const mark = accepted.length === 0 ? '' : correct ? '✓' : '✗';
  return (
    <tr data-right={accepted.length > 0 ? correct : undefined}>
      <td>{photo}</td>
      <td>{question}</td>
      <td>
        {mark && (
          <>
            <span aria-hidden="true">{mark} </span>
            <span className="visually-hidden">{correct ? 'right: ' : 'wrong: '}</span>
          </>
        )}
        {error ?? predicted}
        {confidence?.doubt && <span className="aside"> (warned)</span>}
      </td>
      <td>{top[0] ? percent(top[0].score) : ''}</td>
      <td>{accepted.join(', ')}</td>
      <td>
        <button
          type="button"
          className="button quiet"
          onClick={onOpen}
          aria-label={`Open “${question}” on ${photo}`}
        >
          Open
        </button>
      </td>
    </tr>
  );
}
