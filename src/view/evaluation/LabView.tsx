/** The lab: many photos and a table of questions, answered one after the other, and what came of it. */
import { useMemo, useSyncExternalStore } from 'react';
import { scorePredictions } from '../../core/evaluation/score-predictions.ts';
import type { EvaluatedQuestion } from '../../core/evaluation/run-evaluation.ts';
import { createEvaluation, type Evaluation } from '../../session/evaluation/create-evaluation.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import { AnswerRows } from './AnswerRows.tsx';
import { leaveLab } from './lab-address.ts';
import { LabIntake } from './LabIntake.tsx';

const evaluations = new WeakMap<Tasks, Evaluation>();

/** Goes on while the person is elsewhere on the page. */
function evaluationOf(tasks: Tasks): Evaluation {
  const evaluation = evaluations.get(tasks) ?? createEvaluation(tasks.engine, tasks.session);
  evaluations.set(tasks, evaluation);
  return evaluation;
}

export default function LabView({ tasks }: { readonly tasks: Tasks }) {
  const evaluation = evaluationOf(tasks);
  const state = useSyncExternalStore(evaluation.subscribe, evaluation.getState);
  const { photos, questions, missing, status, answers, answered } = state;
  const done = useMemo(() => answers.filter((answer) => answer !== undefined), [answers]);
  const isAtWork = status === 'running' || status === 'paused';
  return (
    <section className="lab" aria-labelledby="lab-title">
      <header className="section-head">
        <h2 id="lab-title">Lab</h2>
        <button type="button" className="button quiet" onClick={leaveLab}>
          Back to the photo
        </button>
      </header>
      <p className="lab-lede">
        Many photos and a table of questions. Everything is answered here, on this machine; where the table
        gives answers, they are counted.
      </p>
      <LabIntake evaluation={evaluation} />
      <p aria-live="polite">
        {photos.size} {photos.size === 1 ? 'photo' : 'photos'}, {questions.length}{' '}
        {questions.length === 1 ? 'question' : 'questions'}
      </p>
      {missing.map((sentence) => (
        <p key={sentence} className="warning">
          {sentence}
        </p>
      ))}
      <div className="button-row">
        <button
          type="button"
          className="button primary"
          disabled={isAtWork || questions.length === 0 || photos.size === 0}
          onClick={() => void evaluation.run()}
        >
          {answered > 0 && !isAtWork ? 'Ask them all again' : 'Ask them all'}
        </button>
        {status === 'running' && (
          <button type="button" className="button" onClick={evaluation.pause}>
            Pause
          </button>
        )}
        {status === 'paused' && (
          <button type="button" className="button" onClick={evaluation.resume}>
            Go on
          </button>
        )}
        {isAtWork && (
          <button type="button" className="button" onClick={evaluation.stop}>
            Stop
          </button>
        )}
        {!isAtWork && photos.size + questions.length > 0 && (
          <button type="button" className="button quiet" onClick={evaluation.clear}>
            Start afresh
          </button>
        )}
      </div>
      {answered > 0 && (
        <>
          <progress value={answered} max={questions.length} aria-label="Questions answered" />
          <p role="status">
            {answered} of {questions.length} answered{STATUS_WORDS[status]}
          </p>
          <Scores answers={done} />
          <AnswerRows tasks={tasks} evaluation={evaluation} answers={done} />
        </>
      )}
    </section>
  );
}

const STATUS_WORDS = { idle: '', running: '', paused: ', paused', stopped: ', stopped', done: '' } as const;

function Scores({ answers }: { readonly answers: readonly EvaluatedQuestion[] }) {
  const { kinds, macro, total, correct, accuracy } = useMemo(() => scorePredictions(answers), [answers]);
  if (total === 0) return <p className="aside">The table gives no answers, so nothing is counted.</p>;
  const rows: readonly (readonly [string, string, string])[] = [
    ...[...kinds].map(([kind, score]): [string, string, string] => [
      kind,
      `${score.correct}/${score.total}`,
      score.accuracy.toFixed(3),
    ]),
    ...(macro === null ? [] : [['mean of kinds', '', macro.toFixed(3)] as const]),
    ['all', `${correct}/${total}`, accuracy.toFixed(3)],
  ];
  return (
    <table className="lab-scores">
      <caption>Accuracy</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Right</th>
          <th scope="col">Accuracy</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([kind, right, share]) => (
          <tr key={kind}>
            <th scope="row">{kind}</th>
            <td>{right}</td>
            <td>{share}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
