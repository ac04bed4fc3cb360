/** The smallest change that flips the answer, step by step, and the button that makes it. */
import type { Flip, FlipStep } from '../../core/explanation.ts';
import { percent } from '../../core/percent.ts';
import { regionName } from '../../core/region-name.ts';
import { moduleName } from '../../session/attention-words.ts';
import type { Exchange } from '../../session/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';

export function FlipSearch({ exchange }: { readonly exchange: Exchange }) {
  const flip = useLab((lab) => lab.flip);
  const { findFlip } = useLabActions();
  return (
    <section className="flip-search" aria-labelledby="flip-title" aria-busy={flip.status === 'running'}>
      <h3 id="flip-title">The smallest change that flips the answer</h3>
      {flip.status !== 'done' && (
        <button
          type="button"
          className="button"
          disabled={flip.status === 'running'}
          onClick={() => void findFlip(['region', 'token'])}
        >
          Search among boxes and words
        </button>
      )}
      <p className="visually-hidden" aria-live="polite">
        {flip.status === 'running' && 'Searching.'}
        {flip.status === 'done' && flipSentence(flip.result)}
      </p>
      {flip.status === 'running' && <p className="aside">{flip.progress?.runs ?? 0} runs of the model…</p>}
      {flip.status === 'failed' && <ErrorNote error={flip.error} />}
      {flip.status === 'done' && <FlipFound flip={flip.result} exchange={exchange} />}
    </section>
  );
}

function FlipFound({ flip, exchange }: { readonly flip: Flip; readonly exchange: Exchange }) {
  const { applyFlip } = useLabActions();
  return (
    <>
      <p>{flipSentence(flip)}</p>
      <ol className="flip-steps">
        {flip.steps.map((step, index) => (
          <li key={index}>
            {stepName(step, exchange)} <span className="aside">{percent(step.score)} left</span>
          </li>
        ))}
      </ol>
      {flip.to && (
        <button type="button" className="button" onClick={() => void applyFlip(flip.change)}>
          Make this change
        </button>
      )}
    </>
  );
}

/** “2 steps turn “brown” into “two”, 40 %.” */
function flipSentence({ from, to, steps }: Flip): string {
  const count = steps.length === 1 ? '1 step turns' : `${steps.length} steps turn`;
  return to
    ? `${count} “${from.answer}” into “${to.answer}”, ${percent(to.score)}.`
    : `“${from.answer}” holds: ${steps.length} steps did not flip it.`;
}

function stepName(step: FlipStep, { scene, prediction }: Exchange): string {
  if (step.kind === 'head') {
    return `Head ${step.place.head + 1} of layer ${step.place.layer + 1}, ${moduleName(step.place.module)}, off`;
  }
  if (step.kind === 'token') return `Without “${prediction.tokens[step.index]?.text ?? ''}”`;
  const region = scene.regions[step.index];
  return `Without box ${step.index + 1}${region ? `, ${regionName(region)}` : ''}`;
}
