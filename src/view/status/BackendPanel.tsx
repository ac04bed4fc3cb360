/** Where the models run, why, and a way to choose otherwise; and what the models are. */
import { bytesToLoad } from '../../core/pack/parse-pack.ts';
import { Suspense, useState } from 'react';
import { megabytes } from '../../core/megabytes.ts';
import { backendName } from '../format.ts';
import type { BackendChoice } from '../../core/types.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { cardOfPack } from './card-of-pack.ts';
import { ModelCardDialog } from '../tools.ts';

const CHOICES: readonly { readonly value: BackendChoice; readonly name: string }[] = [
  { value: 'auto', name: 'Automatic' },
  { value: 'webgpu', name: 'WebGPU' },
  { value: 'wasm', name: 'WASM' },
];

export function BackendPanel() {
  const engine = useSessionState((state) => state.engine);
  const choice = useSessionState((state) => state.backendChoice);
  const { chooseBackend } = useActions();
  return (
    <section className="panel" aria-labelledby="backend-title">
      <h3 id="backend-title">Backend</h3>
      <label className="field">
        <span>Run the models on</span>
        <select
          value={choice}
          onChange={(event) => {
            const chosen = CHOICES.find(({ value }) => value === event.target.value);
            if (chosen) void chooseBackend(chosen.value);
          }}
        >
          {CHOICES.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {engine.status === 'ready' && (
        <>
          <p className="reading">{backendName(engine.report.backend)}</p>
          <p className="aside">{engine.report.backend.reason}</p>
          <p className="aside">
            {engine.report.backend.selfTestError === null
              ? 'This pack has no test case of its own; made again, it gets one.'
              : `Largest difference to the pack’s own test case: ${engine.report.backend.selfTestError.toExponential(1)}`}
          </p>
        </>
      )}
    </section>
  );
}

export function PackPanel() {
  const [isCardOpen, setCardOpen] = useState(false);
  const engine = useSessionState((state) => state.engine);
  if (engine.status !== 'ready') return null;
  const { pack, card } = engine.report;
  const bytes = bytesToLoad(pack);
  return (
    <section className="panel" aria-labelledby="pack-title">
      <h3 id="pack-title">Model pack</h3>
      <p className="reading">
        {pack.name} {pack.version}
      </p>
      <p className="aside">{pack.description}</p>
      <p className="aside">
        {megabytes(bytes)}, {pack.licence}. It names {pack.labels.objects.length} things with{' '}
        {pack.labels.attributes.length} attributes and chooses among {pack.labels.answers.length} answers.
      </p>
      <button type="button" className="button" onClick={() => setCardOpen(true)}>
        About this model
      </button>
      {isCardOpen && (
        <Suspense>
          <ModelCardDialog card={card ?? cardOfPack(pack)} onClose={() => setCardOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
