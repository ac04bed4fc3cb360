/** Photo beside question, answer and attention; below them the regions. */
import { useMemo, useState } from 'react';
import { selectExchange, selectScene } from '../session/selectors.ts';
import { AnswerPanel } from './answer/AnswerPanel.tsx';
import { AttentionCaption } from './attention/AttentionCaption.tsx';
import { AttentionPanel } from './attention/AttentionPanel.tsx';
import { scaleEnd } from '../session/show-attention.ts';
import { useShownAttention } from './attention/shown-attention.ts';
import type { PhotoLayer } from './image/LayerChoice.tsx';
import { PhotoPanel } from './image/PhotoPanel.tsx';
import type { RegionWeights } from '../draw/rank-regions.ts';
import { RegionList } from './image/RegionList.tsx';
import { SampleRow } from './image/SampleRow.tsx';
import { useSamples } from './image/samples.ts';
import { selectShownPhoto } from './image/shown-photo.ts';
import { QuestionForm } from './question/QuestionForm.tsx';
import { useSessionState } from './session-context.ts';
import { useStateFor } from './use-state-for.ts';

const NO_QUESTIONS: readonly string[] = [];

export function Workspace({ samplesAreRecorded }: { readonly samplesAreRecorded: boolean }) {
  const samples = useSamples();
  const photo = useSessionState(selectShownPhoto);
  const scene = useSessionState(selectScene);
  const exchange = useSessionState(selectExchange);
  const shown = useShownAttention();
  // A fresh answer shows where it came from; without one there is no attention to show.
  const [layer, setLayer] = useStateFor<PhotoLayer>(exchange?.id, exchange ? 'attention' : 'regions');
  const [filter, setFilter] = useStateFor(scene, '');
  const [isScaleShared, setScaleShared] = useState(false);

  const pointsAtToken = useSessionState(({ focus }) => focus.kind === 'token');
  const attention = useMemo<RegionWeights | null>(() => {
    const weights = shown?.overRegions?.weights;
    return weights ? { weights, highest: scaleEnd(weights, shown, isScaleShared) } : null;
  }, [shown, isScaleShared]);
  // Pointing at a word shows its regions, whatever lay over the photo before.
  const shownLayer = pointsAtToken && attention && layer === 'regions' ? 'attention' : layer;
  const sample = photo?.source === 'sample' ? samples.find(({ file }) => file === photo.name) : undefined;

  return (
    <>
      <div className="bench">
        <PhotoPanel
          sample={sample ?? null}
          layer={shownLayer}
          onLayer={setLayer}
          attention={attention}
          filter={filter}
        >
          {shown && layer === 'attention' && <AttentionCaption shown={shown} isScaleShared={isScaleShared} />}
        </PhotoPanel>
        <div className="reading-side">
          {!photo && <Lede />}
          <QuestionForm sampleQuestions={sample?.questions ?? NO_QUESTIONS} />
          <AnswerPanel />
          {shown && (
            <AttentionPanel shown={shown} isScaleShared={isScaleShared} onShareScale={setScaleShared} />
          )}
        </div>
      </div>
      {scene && <RegionList scene={scene} attention={attention} filter={filter} onFilter={setFilter} />}
      <SampleRow samples={samples} isRecorded={samplesAreRecorded} />
    </>
  );
}

function Lede() {
  return (
    <p className="lede">
      Ask a photo a question. <span>See what it answers, and which parts of the picture it looked at.</span>
    </p>
  );
}
