/** Two photos and a statement: the one on screen is left, the other is chosen here. */
import { useEffect, useMemo, useState } from 'react';
import { percent } from '../../../core/percent.ts';
import {
  compareWork,
  secondPhotoOf,
  type CompareDraft,
  type CompareResult,
} from '../../../session/tasks/compare.ts';
import type { TaskRun } from '../../../session/tasks/task-work.ts';
import type { Scene } from '../../../core/types.ts';
import { openSample } from '../../image/open-sample.ts';
import type { Sample } from '../../image/samples.ts';
import { Segments } from '../../Segments.tsx';
import { SessionContext } from '../../session-context.ts';
import { Examples } from '../Examples.tsx';
import { attentionPicture, lossPicture, type Picture } from '../pictures.tsx';
import type { TaskPanelProps } from '../registry.ts';
import { TaskFrame } from '../TaskFrame.tsx';
import { useStage } from '../task-stage.ts';
import { useTaskWork } from '../tasks-context.ts';
import { SecondPhoto } from './SecondPhoto.tsx';

type Side = 'left' | 'right';

export default function ComparePanel({ tasks, sample, samples }: TaskPanelProps) {
  const work = compareWork(tasks);
  const second = secondPhotoOf(tasks);
  const { draft, shown } = useTaskWork(work);
  const [kind, setKind] = useState<'difference' | 'attention'>('difference');
  const take = async (chosen: Sample) => {
    work.edit({ ...work.getState().draft, sample: chosen.file });
    await openSample(second, chosen, null, false);
  };
  useLinkedSecond(draft.sample, samples, second.getState().photo.status === 'none', take);
  const pictures = useMemo(() => shown && picturesOf(shown, kind), [shown, kind]);
  const stage = useMemo(
    () => ({
      heat: pictures?.left.weights ?? null,
      overlay: null,
      caption: pictures && <p className="task-caption">{pictures.left.caption}</p>,
    }),
    [pictures],
  );
  useStage(stage);
  const run = (statement: string) => void work.run({ ...work.getState().draft, statement });
  return (
    <TaskFrame
      tasks={tasks}
      work={work}
      title={({ draft: { statement } }) => statement}
      outcome={({ result: { comparison } }) => verdictOf(comparison.score)}
      about={
        <p>
          The task is NLVR2: the statement is read with the left photo and again with the right one, and one
          small network judges from the two results. “Left” and “right” may be used in the statement. Each
          photo has its own attention.
        </p>
      }
      form={
        <form
          className="task-form"
          onSubmit={(event) => {
            event.preventDefault();
            run(draft.statement);
          }}
        >
          <SessionContext value={second}>
            <SecondPhoto
              samples={samples}
              onSample={(chosen) => void take(chosen)}
              heat={pictures?.right.weights ?? null}
            />
          </SessionContext>
          {pictures && <p className="task-caption">{pictures.right.caption}</p>}
          <label htmlFor="compare-statement">A statement about both photos</label>
          <input
            id="compare-statement"
            className="task-sentence"
            type="text"
            autoComplete="off"
            placeholder="There is a dog in both photos."
            value={draft.statement}
            onChange={({ target }) => work.edit({ ...draft, statement: target.value })}
          />
          <div className="button-row">
            <button type="submit" className="button primary" disabled={draft.statement.trim() === ''}>
              Is it true?
            </button>
          </div>
          <Examples examples={sample?.tasks?.compare ?? []} onTry={run} />
        </form>
      }
    >
      {shown && (
        <>
          <p className="best">
            <span className="best-answer task-verdict">{verdictOf(shown.result.comparison.score)}</span>
            <span className="best-score">{percent(shown.result.comparison.score)} true</span>
          </p>
          <Segments
            legend="What is shown on the photos"
            options={[
              { value: 'difference', name: 'What made the difference' },
              { value: 'attention', name: 'Attention' },
            ]}
            chosen={kind}
            onChoose={setKind}
          />
        </>
      )}
    </TaskFrame>
  );
}

/** A link may name the second photo. */
function useLinkedSecond(
  file: string,
  samples: readonly Sample[],
  isMissing: boolean,
  take: (sample: Sample) => Promise<void>,
): void {
  useEffect(() => {
    const linked = samples.find((each) => each.file === file);
    if (linked && isMissing) void take(linked);
    // Once, when the list of samples has arrived.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [samples]);
}

function verdictOf(score: number): string {
  return score >= 0.5 ? 'true' : 'false';
}

function picturesOf(
  { scene, result }: TaskRun<CompareDraft, CompareResult>,
  kind: 'difference' | 'attention',
): Readonly<Record<Side, Picture>> {
  const { comparison, right, evidence } = result;
  const side = (name: Side, of: Scene) =>
    kind === 'difference' && evidence
      ? lossPicture(of, evidence[name], `“${verdictOf(comparison.score)}”`)
      : attentionPicture(of, comparison.attention[name], 0, 'The judgement');
  return { left: side('left', scene), right: side('right', right.scene) };
}
