/** How true the maps are: the answer's probability while things go in each method's order, or come back. */
import { useState } from 'react';
import {
  REMOVALS,
  SCOPES,
  type Abilities,
  type Faithfulness,
  type FaithfulnessProgress,
  type Ranking,
  type Removal,
} from '../../core/explanation.ts';
import { rankingName, REMOVAL_NAMES, SCOPE_NAMES } from '../../session/words/explanation-words.ts';
import type { Work } from '../../session/inquiry/lab-state.ts';
import { chosenMethod, selectMeter } from '../../session/inquiry/select-explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import {
  disagreementSentence,
  meterSentence,
  scoreRankings,
  truthSentence,
} from '../../session/words/faithfulness-words.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { Segments } from '../Segments.tsx';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { TruthChart } from './FaithfulnessChart.tsx';
import { TruthTable } from './FaithfulnessTable.tsx';

const ACTIONS: Readonly<Record<Work<unknown, unknown>['status'], string>> = {
  idle: 'Measure every method',
  running: 'Stop',
  done: 'Measure again',
  failed: 'Measure again',
};

interface TruthMeterProps {
  readonly exchange: Exchange;
  readonly abilities: Abilities;
}

export function TruthMeter({ exchange, abilities }: TruthMeterProps) {
  const meter = useLab(selectMeter);
  const scope = useLab((lab) => lab.scope);
  const inquiry = useLab((lab) => lab.inquiry);
  const { measure, chooseScope, stop } = useLabActions();
  const { scene, prediction } = exchange;
  const words = prediction.tokens.filter(({ kind }) => kind !== 'special').length;
  return (
    <section className="truth" aria-labelledby="truth-title" aria-busy={meter.status === 'running'}>
      <header className="tool-head">
        <h3 id="truth-title">Is that true?</h3>
        <Segments
          legend="What is taken away"
          options={SCOPES.map((value) => ({ value, name: SCOPE_NAMES[value] }))}
          chosen={scope}
          onChoose={chooseScope}
        />
      </header>
      {meter.status === 'idle' && (
        <p className="aside">{meterSentence(scope, { regions: scene.regions.length, words })}</p>
      )}
      {meter.status === 'running' && <MeasuringNote meter={meter} />}
      {meter.status === 'failed' && <ErrorNote error={meter.error} />}
      {meter.status === 'done' && (
        <Measured faithfulness={meter.result} method={chosenMethod(inquiry, abilities)} />
      )}
      {/* One button from beginning to end, so that the focus stays with it. */}
      <button
        type="button"
        className="button"
        onClick={() => (meter.status === 'running' ? stop() : void measure())}
      >
        {ACTIONS[meter.status]}
      </button>
    </section>
  );
}

function MeasuringNote({
  meter: { progress },
}: {
  readonly meter: Extract<Work<FaithfulnessProgress, Faithfulness>, { status: 'running' }>;
}) {
  const isMeasuring = progress?.stage === 'measure';
  const what = isMeasuring ? 'Measuring' : 'Explaining the answer by every method';
  return (
    <div className="measuring">
      <p aria-live="polite">{what}…</p>
      {progress && progress.total > 0 && (
        <progress aria-label={what} max={progress.total} value={progress.done} />
      )}
    </div>
  );
}

function Measured({
  faithfulness,
  method,
}: {
  readonly faithfulness: Faithfulness;
  readonly method: Abilities['defaultMethod'];
}) {
  const [removal, setRemoval] = useState<Removal>('mask');
  const [pointed, setPointed] = useState<Ranking | null>(null);
  const { answer, scope, curves } = faithfulness;
  const scores = scoreRankings(curves);
  const disagreement = disagreementSentence(faithfulness);
  const shown = pointed ?? method;
  const ofRemoval = curves.filter((curve) => curve.removal === removal);
  return (
    <>
      <p className="truth-sentence" aria-live="polite">
        {truthSentence(faithfulness, method)}
      </p>
      {disagreement !== null && <p className="doubt">{disagreement}</p>}
      <Segments
        legend="How things are taken away"
        options={REMOVALS.map((value) => ({ value, name: REMOVAL_NAMES[scope][value] }))}
        chosen={removal}
        onChoose={setRemoval}
      />
      <div className="truth-charts">
        <TruthChart
          title="Deletion: falls fast when true"
          answer={answer}
          scope={scope}
          curves={ofRemoval.filter(({ direction }) => direction === 'deletion')}
          shown={shown}
        />
        <TruthChart
          title="Insertion: rises fast when true"
          answer={answer}
          scope={scope}
          curves={ofRemoval.filter(({ direction }) => direction === 'insertion')}
          shown={shown}
        />
      </div>
      <p className="truth-key">
        <span className="truth-line" data-kind="shown" /> {rankingName(shown)}
        <span className="truth-line" data-kind="method" /> other methods
        <span className="truth-line" data-kind="baseline" /> simple orders to compare with. Point at a row
        below to see its line.
      </p>
      <TruthTable scope={scope} scores={scores} method={method} shown={shown} onPoint={setPointed} />
    </>
  );
}
