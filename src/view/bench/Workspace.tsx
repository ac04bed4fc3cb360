/** The photo with what points at it, beside question, answer and what can be done with the answer. */
import { Suspense, useMemo, useState } from 'react';
import type { RegionWeights } from '../../draw/rank-regions.ts';
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import { selectLayer } from '../../session/inquiry/select-explanation.ts';
import { selectExchange, selectScene } from '../../session/work/selectors.ts';
import { scaleEnd } from '../../session/inquiry/show-attention.ts';
import type { LinkedPhoto } from '../../session/address/view-state.ts';
import { Bench } from './Bench.tsx';
import { AnswerPanel } from '../answer/AnswerPanel.tsx';
import { History } from '../answer/History.tsx';
import { AttentionCaption } from '../attention/AttentionCaption.tsx';
import { useShownAttention } from '../attention/shown-attention.ts';
import { useSurgery } from '../edits/use-edits.ts';
import { LookOrGuess } from '../explain/LookOrGuess.tsx';
import { useShownExplanation } from '../explain/shown-explanation.ts';
import { WhyCaption } from '../explain/WhyCaption.tsx';
import { WorkingNote } from '../explain/WorkingNote.tsx';
import { LinkNote } from '../export/LinkNote.tsx';
import { PhotoPanel } from '../image/PhotoPanel.tsx';
import { RegionList } from '../image/RegionList.tsx';
import { SampleRow } from '../image/SampleRow.tsx';
import { useSamples } from '../image/samples.ts';
import { selectShownPhoto } from '../image/shown-photo.ts';
import { Inquiry } from '../Inquiry.tsx';
import { useLab, useLabActions } from '../lab-context.ts';
import { QuestionForm } from '../question/QuestionForm.tsx';
import { Suggestions } from '../question/Suggestions.tsx';
import { useSessionState } from '../session-context.ts';
import { TaskBench } from '../tasks/TaskBench.tsx';
import { TaskTabs } from '../tasks/TaskTabs.tsx';
import { useTask } from '../tasks/tasks-context.ts';
import { AttentionPanel, EditsOverlay } from '../tools.ts';
import { useStateFor } from '../use-state-for.ts';
import { useWide } from './use-wide.ts';

const NO_QUESTIONS: readonly string[] = [];

interface WorkspaceProps {
  readonly samplesAreRecorded: boolean;
  readonly linkedPhoto: LinkedPhoto | null;
}

export function Workspace({ samplesAreRecorded, linkedPhoto }: WorkspaceProps) {
  const isWide = useWide();
  const samples = useSamples();
  const task = useTask();
  const photo = useSessionState(selectShownPhoto);
  const scene = useSessionState(selectScene);
  const exchange = useSessionState(selectExchange);
  const attention = useShownAttention();
  const why = useShownExplanation();
  const surgery = useSurgery(exchange);
  const tool = useLab((lab) => lab.tool);
  const wantedLayer = useLab(selectLayer);
  // What is not explained, or not yet, can still be looked at.
  const chosenLayer = wantedLayer === 'why' && !why ? 'attention' : wantedLayer;
  const { showLayer } = useLabActions();
  const [filter, setFilter] = useStateFor(scene, '');
  const [isScaleShared, setScaleShared] = useState(false);
  const [widePlace, setWidePlace] = useState<HTMLElement | null>(null);

  const pointsAtToken = useSessionState(({ focus }) => focus.kind === 'token');
  const attentionHeat = useMemo<RegionWeights | null>(() => {
    const weights = attention?.overRegions?.weights;
    return weights ? { weights, highest: scaleEnd(weights, attention, isScaleShared) } : null;
  }, [attention, isScaleShared]);
  // Pointing at a word shows its regions, whatever lay over the photo before.
  const layer = pointsAtToken && attentionHeat && chosenLayer !== 'photo' ? 'attention' : chosenLayer;
  const heat = heatOf(layer, why?.regions ?? null, attentionHeat);
  const sample = photo?.source === 'sample' ? samples.find(({ file }) => file === photo.name) : undefined;

  /** What the colors say: under the photo, or where there is little room under the answer. */
  const caption = (
    <>
      {why && layer === 'why' && <WhyCaption shown={why} />}
      {attention && layer === 'attention' && (
        <AttentionCaption shown={attention} isScaleShared={isScaleShared} />
      )}
    </>
  );
  const suggestions = <Suggestions sampleQuestions={sample?.questions ?? NO_QUESTIONS} />;

  const examples = <SampleRow samples={samples} isRecorded={samplesAreRecorded} />;
  const found = scene && <RegionList scene={scene} weights={heat} filter={filter} onFilter={setFilter} />;

  if (task !== 'ask') {
    return (
      <TaskBench
        task={task}
        sample={sample ?? null}
        samples={samples}
        shelf={
          <>
            {examples}
            {found}
          </>
        }
      />
    );
  }
  return (
    <>
      <Bench
        photo={
          <PhotoPanel
            sample={sample ?? null}
            layer={layer}
            onLayer={showLayer}
            available={{ why: why !== null, attention: attentionHeat !== null }}
            heat={heat}
            filter={filter}
            note={<WorkingNote />}
            overlay={
              exchange && tool === 'edits' && layer === 'regions' ? (
                <Suspense>
                  <EditsOverlay exchange={exchange} regions={surgery.regions} view={surgery.view} />
                </Suspense>
              ) : null
            }
          >
            {isWide && caption}
          </PhotoPanel>
        }
        shelf={
          <>
            {examples}
            {found}
            <History />
          </>
        }
      >
        {!photo && linkedPhoto && <LinkNote photo={linkedPhoto} />}
        {isWide && <TaskTabs />}
        <QuestionForm />
        {isWide && suggestions}
        <AnswerPanel />
        {!isWide && caption}
        {!isWide && suggestions}
        {!isWide && <TaskTabs />}
        {exchange && (
          <>
            <LookOrGuess samples={samples} shown={sample ?? null} />
            <Inquiry exchange={exchange} why={why} look={attention} surgery={surgery} widePlace={widePlace}>
              {attention && (
                <AttentionPanel
                  shown={attention}
                  isScaleShared={isScaleShared}
                  onShareScale={setScaleShared}
                />
              )}
            </Inquiry>
          </>
        )}
      </Bench>
      <div id="how-it-works" ref={setWidePlace} />
    </>
  );
}

function heatOf(
  layer: PhotoLayer,
  why: RegionWeights | null,
  attention: RegionWeights | null,
): RegionWeights | null {
  if (layer === 'why') return why;
  return layer === 'attention' ? attention : null;
}
