/** What every task has around its own form: how good its head is, progress, failure, earlier runs, a file to keep. */
import { useEffect, type ReactNode } from 'react';
import { percent } from '../../core/percent.ts';
import { headNumber, isNearChance, type HeadNumber } from '../../core/pack/head-numbers.ts';
import { HEAD_OF_TASK } from '../../core/task.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import type { TaskRun, TaskWork } from '../../session/tasks/task-work.ts';
import { BlobImage } from '../BlobImage.tsx';
import { fileName, saveFile } from '../export/save-file.ts';
import { useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { useTaskWork } from './tasks-context.ts';

interface TaskFrameProps<Draft, Result> {
  readonly tasks: Tasks;
  readonly work: TaskWork<Draft, Result>;
  /** A few words of explanation, below the form. */
  readonly about: ReactNode;
  /** One line for a run: in the list of earlier ones, and as the name of its file. */
  readonly title: (run: TaskRun<Draft, Result>) => string;
  /** What came of it, in one or two words. */
  readonly outcome: (run: TaskRun<Draft, Result>) => string;
  readonly form: ReactNode;
  /** What came of the run on screen. */
  readonly children: ReactNode;
}

export function TaskFrame<Draft, Result>(props: TaskFrameProps<Draft, Result>) {
  const { tasks, work, about, form, children } = props;
  const { work: running } = useTaskWork(work);
  const isMissing = useIsHeadMissing(work);
  useTaskAddress(tasks, work);
  if (isMissing) {
    return (
      <p className="warning">
        The model pack that is loaded has no head for this task. Another pack may have one; see “About this
        model”.
      </p>
    );
  }
  return (
    <div className="task-frame" aria-busy={running.status === 'running'}>
      {form}
      {running.status === 'running' && (
        <p className="task-progress" role="status">
          {running.steps
            ? `Working, ${percent(running.steps.done / Math.max(1, running.steps.total))}`
            : 'Working…'}{' '}
          <button type="button" className="button quiet" onClick={work.stop}>
            Stop
          </button>
        </p>
      )}
      {running.status === 'failed' && (
        <ErrorNote error={running.error}>
          <button type="button" className="button" onClick={() => void work.run()}>
            Try again
          </button>
        </ErrorNote>
      )}
      <Reliability work={work} />
      {children}
      <details className="task-about">
        <summary>About this task</summary>
        {about}
        <HeadNote work={work} />
      </details>
      <Earlier {...props} />
    </div>
  );
}

function useIsHeadMissing<Draft, Result>({ definition }: TaskWork<Draft, Result>): boolean {
  const head = HEAD_OF_TASK[definition.id];
  return useSessionState(
    ({ engine }) =>
      engine.status === 'ready' && head !== null && engine.report.pack.lxmert.taskHeads[head] === undefined,
  );
}

interface OfWork<Draft, Result> {
  readonly work: TaskWork<Draft, Result>;
}

/** The number of the task's head in the card of the pack: null where there is none, undefined where there is no card. */
function useHeadNumber<Draft, Result>({ work }: OfWork<Draft, Result>): HeadNumber | null | undefined {
  const head = HEAD_OF_TASK[work.definition.id];
  const report = useSessionState(({ engine }) => (engine.status === 'ready' ? engine.report : null));
  return head === null || report === null ? undefined : headNumber(report.card, head);
}

/** Above what came of it, where that is hardly better than chance. */
function Reliability<Draft, Result>(props: OfWork<Draft, Result>) {
  const number = useHeadNumber(props);
  if (!number || !isNearChance(number)) return null;
  return (
    <p className="warning">
      This model pack does little better than chance at this task: take what it says as a guess.
    </p>
  );
}

function HeadNote<Draft, Result>(props: OfWork<Draft, Result>) {
  const number = useHeadNumber(props);
  if (number === undefined) return null;
  if (number === null) {
    return (
      <p>The card of this model pack has no number for this task, so nobody knows how good it is here.</p>
    );
  }
  const { right, byChance, judged } = number;
  return (
    <p>
      On photos that it was not trained on, this model was right in {percent(right)} of {judged} cases; by
      chance one would be right in {percent(byChance)}.
    </p>
  );
}

/** Takes up what the address says, and keeps the address up to date with the draft. */
function useTaskAddress<Draft, Result>(tasks: Tasks, work: TaskWork<Draft, Result>): void {
  useEffect(() => {
    const { definition, getState } = work;
    const { fields } = tasks.getState();
    const draft = definition.read(fields);
    let stopWaiting = nothing;
    if (fields.size > 0 && textOf(definition.write(draft)) !== textOf(definition.write(getState().draft))) {
      work.edit(draft);
      if (definition.isComplete(draft)) stopWaiting = whenThereIsAPhoto(tasks, () => void work.run(draft));
    }
    const write = () => {
      const written = definition.write(getState().draft);
      if (textOf(written) !== textOf(tasks.getState().fields)) tasks.write(written);
    };
    write();
    const stopWriting = work.subscribe(write);
    return () => {
      stopWriting();
      stopWaiting();
    };
  }, [tasks, work]);
}

/** Now, or as soon as a photo comes. */
function whenThereIsAPhoto({ session }: Tasks, run: () => void): () => void {
  if (session.getState().photo.status !== 'none') {
    run();
    return nothing;
  }
  const stop = session.subscribe(({ photo }) => {
    if (photo.status === 'none') return;
    stop();
    run();
  });
  return stop;
}

function nothing(): void {}

function textOf(fields: ReadonlyMap<string, string>): string {
  return JSON.stringify([...fields]);
}

function Earlier<Draft, Result>({ work, title, outcome }: TaskFrameProps<Draft, Result>) {
  const { history, shown } = useTaskWork(work);
  if (history.length === 0) return null;
  const keep = () => {
    const run = shown ?? history[0];
    if (run) saveFile(fileName(title(run), 'json'), new Blob([jsonOf(work.definition.id, run)]));
  };
  return (
    <section className="task-history" aria-labelledby="task-history-title">
      <header className="section-head">
        <h3 id="task-history-title">Tried before</h3>
        <button type="button" className="button quiet" onClick={keep}>
          Save what is shown as JSON
        </button>
        <button type="button" className="button quiet" onClick={work.clearHistory}>
          Clear
        </button>
      </header>
      <ul>
        {history.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              className="history-entry"
              aria-current={shown?.id === run.id}
              onClick={() => work.recall(run.id)}
            >
              <BlobImage blob={run.photo.blob} alt={run.photo.name} />
              <span className="history-question">{title(run)}</span>{' '}
              <span className="history-answer">{outcome(run)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everything that was computed; typed arrays become lists. */
function jsonOf<Draft, Result>(
  task: string,
  { draft, result, photo, scene }: TaskRun<Draft, Result>,
): string {
  const written = {
    page: 'In-Page VQA',
    task,
    photo: { name: photo.name, ...scene.size },
    regions: scene.regions,
    draft,
    result,
  };
  return JSON.stringify(written, (_, value: unknown) => (value instanceof Float32Array ? [...value] : value));
}
