/** What one head does with one word or region: scores, softmax, weighted values, with the numbers of this question. */
import { useId } from 'react';
import { attentionFrom } from '../../core/attention.ts';
import { describeRegionAttention, describeTokenAttention } from '../../core/describe-attention.ts';
import type { Explanation, HeadPlace } from '../../core/explanation.ts';
import { headArithmetic } from '../../core/head-arithmetic.ts';
import { axisName } from '../../session/attention-words.ts';
import { selectSlice } from '../../session/select-attention.ts';
import type { Exchange } from '../../session/state.ts';
import { explainedAnswer, useGradients } from '../attention/use-gradients.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { showWhole } from './show-whole.ts';
import { StepTable } from './StepTable.tsx';

/** Terms of the sum that are written out. */
const WRITTEN_TERMS = 3;

interface HeadStepsProps {
  readonly exchange: Exchange;
  readonly place: HeadPlace;
}

export function HeadSteps({ exchange, place }: HeadStepsProps) {
  const id = useId();
  const { focusOn } = useActions();
  const focus = useSessionState((state) => state.focus);
  /** What scores are divided by is the root of this. */
  const width = useSessionState(({ engine }) => {
    if (engine.status !== 'ready') return null;
    const { hiddenSize, heads } = engine.report.pack.lxmert;
    return hiddenSize / heads;
  });
  const { explanation, workOut } = useGradients();
  const { prediction, scene } = exchange;
  const { query: queryAxis, key: keyAxis, weights } = selectSlice(prediction.attention, place);
  const query = focus.kind === queryAxis && focus.index < weights.dims[0] ? focus.index : 0;
  const row = attentionFrom(weights, query);
  const steps = headArithmetic(row, gradientRow(explanation, place, query));
  const name = axisName(exchange, queryAxis, query);
  const attended =
    keyAxis === 'region'
      ? describeRegionAttention(row, scene.regions)
      : describeTokenAttention(row, prediction.tokens);

  return (
    <section className="head-steps" aria-labelledby={`${id}-title`} ref={showWhole}>
      <header>
        <h4 id={`${id}-title`}>Head {place.head + 1}</h4>
        <label className="field inline">
          <span>for</span>
          <select
            value={query}
            onChange={(event) =>
              focusOn({ kind: queryAxis, index: Number(event.target.value), locked: true })
            }
          >
            {Array.from({ length: weights.dims[0] }, (_, index) => (
              <option key={index} value={index}>
                {axisName(exchange, queryAxis, index)}
              </option>
            ))}
          </select>
        </label>
        <p className="head-formula" aria-hidden="true">
          softmax( <i>QK</i>ᵀ / √{width ?? 'd'} ) <i>V</i>
        </p>
      </header>
      <p className="head-sentence" aria-live="polite">
        From {name}: {attended}.
      </p>
      <StepTable
        steps={steps}
        nameOf={(key) => axisName(exchange, keyAxis, key)}
        axis={keyAxis}
        width={width}
        answer={explanation && explainedAnswer(explanation)}
      />
      <p className="head-sum">
        {name} ←{' '}
        {steps.slice(0, WRITTEN_TERMS).map(({ key, weight }, index) => (
          <span key={key}>
            {index > 0 && ' + '}
            {weight.toFixed(3)} <i>v</i>
            <sub>{key + 1}</sub>
          </span>
        ))}
        {steps.length > WRITTEN_TERMS && ' + …'}
      </p>
      {workOut && (
        <button type="button" className="button" onClick={workOut}>
          Work out what each value does to the answer
        </button>
      )}
      <p className="aside">
        Scores follow from the weights, which is all that the model gives out: ln of a weight less ln of the
        heaviest. What all scores of a row have in common is lost in softmax.
        {explanation &&
          ' A pull is weight × gradient of the answer’s logit: what the weighted value adds, to first order.'}
      </p>
    </section>
  );
}

/** Null where the gradients are of something else than what is on screen. */
function gradientRow(explanation: Explanation | null, place: HeadPlace, query: number): Float32Array | null {
  if (!explanation?.gradients) return null;
  const { weights } = selectSlice(explanation.gradients, place);
  return attentionFrom(weights, query);
}
