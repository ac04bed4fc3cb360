/** How true the maps are: the answer's probability while regions go in each method's order, or come back. */
import { useState } from 'react';
import type {
  Abilities,
  Faithfulness,
  FaithfulnessProgress,
  Ranking,
  Removal,
} from '../../core/explanation.ts';
import { REMOVAL_NAMES } from '../../session/explanation-words.ts';
import type { Work } from '../../session/lab-state.ts';
import { chosenMethod } from '../../session/select-explanation.ts';
import type { Exchange } from '../../session/state.ts';
import { disagreementSentence, scoreRankings, truthSentence } from '../../session/truth-words.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { TruthChart } from './TruthChart.tsx';
import { TruthTable } from './TruthTable.tsx';

interface TruthMeterProps {
  readonly exchange: Exchange;
  readonly abilities: Abilities;
}

export function TruthMeter({ exchange, abilities }: TruthMeterProps) {
  const meter = useLab((lab) => lab.meter);
  const inquiry = useLab((lab) => lab.inquiry);
  const { measure } = useLabActions();
  return (
    <section className="truth" aria-labelledby="truth-title" aria-busy={meter.status === 'running'}>
      <h3 id="truth-title">Is that true?</h3>
      {meter.status === 'idle' && (
        <>
          <p className="aside">
            Takes the {exchange.scene.regions.length} regions away in each method’s order and watches the
            answer: a true map takes it away first.
          </p>
          <button type="button" className="button" onClick={() => void measure()}>
            Measure every method
          </button>
        </>
      )}
      {meter.status === 'running' && <MeasuringNote meter={meter} />}
      {meter.status === 'failed' && (
        <ErrorNote error={meter.error}>
          <button type="button" className="button" onClick={() => void measure()}>
            Measure again
          </button>
        </ErrorNote>
      )}
      {meter.status === 'done' && (
        <Measured faithfulness={meter.result} method={chosenMethod(inquiry, abilities)} />
      )}
    </section>
  );
}

function MeasuringNote({
  meter: { progress },
}: {
  readonly meter: Extract<Work<FaithfulnessProgress, Faithfulness>, { status: 'running' }>;
}) {
  const { stop } = useLabActions();
  const what = progress?.stage === 'measure' ? 'Measuring' : 'Explaining by every method';
  return (
    <div className="measuring">
      <p aria-live="polite">
        {what}
        {progress && progress.total > 0 ? `: ${progress.done} of ${progress.total} runs.` : '…'}
      </p>
      {progress && progress.total > 0 && (
        <progress aria-label={what} max={progress.total} value={progress.done} />
      )}
      <button type="button" className="button" onClick={stop}>
        Stop
      </button>
    </div>
  );
}

const REMOVALS: readonly Removal[] = ['mask', 'zero-feature'];

function Measured({
  faithfulness,
  method,
}: {
  readonly faithfulness: Faithfulness;
  readonly method: Abilities['defaultMethod'];
}) {
  const [removal, setRemoval] = useState<Removal>('mask');
  const [pointed, setPointed] = useState<Ranking | null>(null);
  const { answer, curves, agreements } = faithfulness;
  const scores = scoreRankings(curves);
  const disagreement = disagreementSentence(agreements);
  const shown = pointed ?? method;
  const ofRemoval = curves.filter((curve) => curve.removal === removal);
  return (
    <>
      <p className="truth-sentence" aria-live="polite">
        {truthSentence(faithfulness, method)}
      </p>
      {disagreement !== null && <p className="doubt">{disagreement}</p>}
      <fieldset className="segments">
        <legend className="visually-hidden">Regions are taken away</legend>
        {REMOVALS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="truth-removal"
              checked={removal === each}
              onChange={() => setRemoval(each)}
            />
            <span>{REMOVAL_NAMES[each]}</span>
          </label>
        ))}
      </fieldset>
      <div className="truth-charts">
        <TruthChart
          title="Deletion: falls fast when true"
          answer={answer}
          curves={ofRemoval.filter(({ direction }) => direction === 'deletion')}
          shown={shown}
        />
        <TruthChart
          title="Insertion: rises fast when true"
          answer={answer}
          curves={ofRemoval.filter(({ direction }) => direction === 'insertion')}
          shown={shown}
        />
      </div>
      <TruthTable scores={scores} method={method} shown={shown} onPoint={setPointed} />
    </>
  );
}
