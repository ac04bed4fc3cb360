/** Sentences about the photo, ranked by how well they fit. */
import { useMemo, useState } from 'react';
import { percent } from '../../../core/percent.ts';
import { matchWork, sentencesOf, type MatchDraft, type MatchResult } from '../../../session/tasks/match.ts';
import { swapWords } from '../../../session/tasks/swap-words.ts';
import type { TaskRun } from '../../../session/tasks/task-work.ts';
import { selectScene } from '../../../session/work/selectors.ts';
import { useSessionState } from '../../session-context.ts';
import { Examples } from '../Examples.tsx';
import { attentionPicture, lossPicture, Pictures } from '../pictures.tsx';
import type { TaskPanelProps } from '../registry.ts';
import { TaskBars } from '../TaskBars.tsx';
import { TaskFrame } from '../TaskFrame.tsx';
import { useTaskWork } from '../tasks-context.ts';

/** Scores nearer than this are as good as equal. */
const CLOSE = 0.05;

export default function MatchPanel({ tasks, sample }: TaskPanelProps) {
  const work = matchWork(tasks);
  const { draft, shown } = useTaskWork(work);
  const [text, setText] = useState<string | null>(null);
  const scene = useSessionState(selectScene);
  const pack = useSessionState(({ engine }) => (engine.status === 'ready' ? engine.report.pack : null));
  const written = text ?? draft.sentences.join('\n');
  const [first] = sentencesOf(written);
  const run = (sentences: readonly string[]) => {
    setText(null);
    void work.run({ sentences });
  };
  const swap = () => {
    if (!pack || first === undefined) return;
    const regions = scene?.regions ?? [];
    const likely = [
      ...regions.map(({ label }) => label),
      ...regions.flatMap(({ attributes }) => attributes.map(({ label }) => label)),
    ];
    run([first, ...swapWords(first, pack.labels, likely)]);
  };
  return (
    <TaskFrame
      tasks={tasks}
      work={work}
      title={({ draft: { sentences } }) =>
        `${sentences[0] ?? ''}${sentences.length > 1 ? ` and ${sentences.length - 1} more` : ''}`
      }
      outcome={({ result: { ranked } }) => (ranked[0] ? `best ${percent(ranked[0].score)}` : '')}
      about={
        <p>
          In pretraining, half of the sentences belonged to another photo, and the model had to tell which. It
          reads one vector for the whole pair and gives the chance that they belong together. Change one word
          and see whether it notices.
        </p>
      }
      form={
        <form
          className="task-form"
          onSubmit={(event) => {
            event.preventDefault();
            run(sentencesOf(written));
          }}
        >
          <label htmlFor="match-sentences">Sentences, one a line</label>
          <textarea
            id="match-sentences"
            rows={3}
            value={written}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(sentencesOf(written));
            }}
          />
          <div className="button-row">
            <button type="submit" className="button primary" disabled={first === undefined}>
              Rank them
            </button>
            <button type="button" className="button" disabled={first === undefined || !pack} onClick={swap}>
              Swap words of the first one
            </button>
          </div>
          <Examples examples={sample?.tasks?.match ?? []} onTry={(example) => run(sentencesOf(example))} />
        </form>
      }
    >
      {shown && <Ranked run={shown} />}
    </TaskFrame>
  );
}

function Ranked({ run }: { readonly run: TaskRun<MatchDraft, MatchResult> }) {
  const { ranked, evidence } = run.result;
  const pictures = useMemo(() => {
    const [best] = ranked;
    if (!best) return [];
    return [
      ...(evidence ? [lossPicture(run.scene, evidence, `a fit of “${best.text}”`)] : []),
      attentionPicture(run.scene, best.attention, 0, 'The judgement of the best sentence'),
    ];
  }, [run.scene, ranked, evidence]);
  const [first, second] = ranked;
  return (
    <>
      <TaskBars
        label="Sentences by how well they fit"
        rows={ranked.map(({ text, score }) => ({ name: text, score }))}
      />
      {first && second && first.score - second.score < CLOSE && (
        <p className="aside">The first two are too close to tell apart.</p>
      )}
      <Pictures pictures={pictures} />
    </>
  );
}
