/** What one head does with one word or region: scores, softmax, weighted values, with the numbers of this question. */
import { useId } from 'react';
import { attentionFrom } from '../../core/attention.ts';
import { describeRegionAttention, describeTokenAttention } from '../../session/words/describe-attention.ts';
import type { HeadPlace } from '../../core/explanation.ts';
import { axisName } from '../../session/words/attention-words.ts';
import { selectSlice } from '../../session/inquiry/select-attention.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useGradients } from '../attention/use-gradients.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { computedRow, derivedRow } from './head-row.ts';
import { HeadNote } from './HeadNote.tsx';
import { HeadSum } from './HeadSum.tsx';
import { showWhole } from './show-whole.ts';
import { StepTable } from './StepTable.tsx';
import { useInspection } from './use-inspection.ts';

interface HeadStepsProps {
  readonly exchange: Exchange;
  readonly place: HeadPlace;
}

export function HeadSteps({ exchange, place }: HeadStepsProps) {
  const id = useId();
  const { focusOn } = useActions();
  const focus = useSessionState((state) => state.focus);
  /** What scores are divided by is the root of this; a recording does not know it. */
  const width = useSessionState(({ engine }) => {
    if (engine.status !== 'ready') return null;
    const { hiddenSize, heads } = engine.report.pack.lxmert;
    return hiddenSize > 0 ? hiddenSize / heads : null;
  });
  const { explanation, workOut } = useGradients();
  const { inspection, isRunning, error } = useInspection(exchange);
  const { prediction, scene } = exchange;
  const { query: queryAxis, key: keyAxis, weights } = selectSlice(prediction.attention, place);
  const query = focus.kind === queryAxis && focus.index < weights.dims[0] ? focus.index : 0;
  const row = attentionFrom(weights, query);
  const shown = inspection
    ? computedRow(inspection, place, query, row)
    : derivedRow(explanation, place, query, row, width);
  const name = axisName(exchange, queryAxis, query);
  const attended =
    keyAxis === 'region'
      ? describeRegionAttention(row, scene.regions)
      : describeTokenAttention(row, prediction.tokens);

  return (
    <section
      className="head-steps"
      aria-labelledby={`${id}-title`}
      aria-busy={isRunning && !inspection}
      ref={showWhole}
    >
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
          softmax( <i>QK</i>ᵀ / √{shown.width ?? 'd'} ) <i>V</i>
        </p>
      </header>
      <p className="head-sentence" aria-live="polite">
        From {name}: {attended}.
      </p>
      <StepTable row={shown} nameOf={(key) => axisName(exchange, keyAxis, key)} axis={keyAxis} />
      <HeadSum row={shown} name={name} />
      {workOut && error && (
        <button type="button" className="button" onClick={workOut}>
          Work out what each value does to the answer
        </button>
      )}
      <HeadNote row={shown} isRunning={isRunning} error={error} />
    </section>
  );
}
