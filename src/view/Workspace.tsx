/** Photo beside question, answer and what can be done with the answer; below them the regions. */
import { useMemo, useState } from 'react';
import type { RegionWeights } from '../draw/rank-regions.ts';
import type { PhotoLayer } from '../session/inquiry/lab-state.ts';
import { selectLayer } from '../session/inquiry/select-explanation.ts';
import { selectExchange, selectScene } from '../session/work/selectors.ts';
import { scaleEnd } from '../session/inquiry/show-attention.ts';
import type { LinkedPhoto } from '../session/address/view-state.ts';
import { AnswerPanel } from './answer/AnswerPanel.tsx';
import { AttentionCaption } from './attention/AttentionCaption.tsx';
import { AttentionPanel } from './attention/AttentionPanel.tsx';
import { useShownAttention } from './attention/shown-attention.ts';
import { LookOrGuess } from './explain/LookOrGuess.tsx';
import { useExplanationWork, useShownExplanation } from './explain/shown-explanation.ts';
import { WhyCaption } from './explain/WhyCaption.tsx';
import { FlowPanel } from './flow/FlowPanel.tsx';
import { PhotoPanel } from './image/PhotoPanel.tsx';
import { RegionList } from './image/RegionList.tsx';
import { SampleRow } from './image/SampleRow.tsx';
import { useSamples } from './image/samples.ts';
import { selectShownPhoto } from './image/shown-photo.ts';
import { Inquiry } from './Inquiry.tsx';
import { useLab, useLabActions } from './lab-context.ts';
import { QuestionForm } from './question/QuestionForm.tsx';
import { useSessionState } from './session-context.ts';
import { SurgeryOverlay } from './edits/EditsOverlay.tsx';
import { useSurgery } from './edits/use-edits.ts';
import { LinkNote } from './export/LinkNote.tsx';
import { TaskBench } from './tasks/TaskBench.tsx';
import { TaskTabs } from './tasks/TaskTabs.tsx';
import { useTask } from './tasks/tasks-context.ts';
import { useStateFor } from './use-state-for.ts';

const NO_QUESTIONS: readonly string[] = [];

interface WorkspaceProps {
  readonly samplesAreRecorded: boolean;
  readonly linkedPhoto: LinkedPhoto | null;
}

export function Workspace({ samplesAreRecorded, linkedPhoto }: WorkspaceProps) {
  const samples = useSamples();
  const task = useTask();
  const photo = useSessionState(selectShownPhoto);
  const scene = useSessionState(selectScene);
  const exchange = useSessionState(selectExchange);
  const attention = useShownAttention();
  const why = useShownExplanation();
  const surgery = useSurgery(exchange);
  const tool = useLab((lab) => lab.tool);
  const isExplaining = useExplanationWork().status === 'running';
  const wantedLayer = useLab(selectLayer);
  // What cannot be explained can still be looked at.
  const chosenLayer = wantedLayer === 'why' && !why && !isExplaining ? 'attention' : wantedLayer;
  const { showLayer } = useLabActions();
  const [filter, setFilter] = useStateFor(scene, '');
  const [isScaleShared, setScaleShared] = useState(false);

  const pointsAtToken = useSessionState(({ focus }) => focus.kind === 'token');
  const attentionHeat = useMemo<RegionWeights | null>(() => {
    const weights = attention?.overRegions?.weights;
    return weights ? { weights, highest: scaleEnd(weights, attention, isScaleShared) } : null;
  }, [attention, isScaleShared]);
  // Pointing at a word shows its regions, whatever lay over the photo before.
  const layer = pointsAtToken && attentionHeat && chosenLayer !== 'photo' ? 'attention' : chosenLayer;
  const heat = heatOf(layer, why?.regions ?? null, attentionHeat);
  const sample = photo?.source === 'sample' ? samples.find(({ file }) => file === photo.name) : undefined;

  if (task !== 'ask') {
    return (
      <>
        <TaskTabs />
        <TaskBench task={task} sample={sample ?? null} samples={samples} />
        <SampleRow samples={samples} isRecorded={samplesAreRecorded} />
      </>
    );
  }
  return (
    <>
      <TaskTabs />
      <div className="bench">
        <PhotoPanel
          sample={sample ?? null}
          layer={layer}
          onLayer={showLayer}
          available={{ why: why !== null, attention: attentionHeat !== null }}
          heat={heat}
          filter={filter}
          overlay={
            exchange && tool === 'change' && layer === 'regions' ? (
              <SurgeryOverlay exchange={exchange} regions={surgery.regions} view={surgery.view} />
            ) : null
          }
        >
          {why && layer === 'why' && <WhyCaption shown={why} />}
          {attention && layer === 'attention' && (
            <AttentionCaption shown={attention} isScaleShared={isScaleShared} />
          )}
        </PhotoPanel>
        <div className="reading-side">
          {!photo && (linkedPhoto ? <LinkNote photo={linkedPhoto} /> : <Lede />)}
          <QuestionForm sampleQuestions={sample?.questions ?? NO_QUESTIONS} />
          <AnswerPanel />
          {exchange && (
            <>
              <LookOrGuess samples={samples} shown={sample ?? null} />
              <Inquiry exchange={exchange} why={why} look={attention} surgery={surgery}>
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
        </div>
      </div>
      <FlowPanel />
      {scene && <RegionList scene={scene} attention={heat} filter={filter} onFilter={setFilter} />}
      <SampleRow samples={samples} isRecorded={samplesAreRecorded} />
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

function Lede() {
  return (
    <p className="lede">
      Ask a photo a question. <span>See what it answers, and which parts of the picture it looked at.</span>
    </p>
  );
}
