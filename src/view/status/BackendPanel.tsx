/** Where the models run, why, and a way to choose otherwise; and what the models are. */
import { backendName, megabytes } from '../format.ts';
import type { BackendChoice } from '../../core/types.ts';
import { useActions, useSessionState } from '../session-context.ts';

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
            Largest difference to the pack’s own test case:{' '}
            {engine.report.backend.selfTestError.toExponential(1)}
          </p>
        </>
      )}
    </section>
  );
}

export function PackPanel() {
  const engine = useSessionState((state) => state.engine);
  if (engine.status !== 'ready') return null;
  const { pack } = engine.report;
  const bytes = pack.files.reduce((sum, file) => sum + file.bytes, 0);
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
      <details>
        <summary>Where it comes from</summary>
        <p className="aside">{pack.provenance.summary}</p>
        <ul className="sources">
          {[...pack.provenance.trainedOn, ...pack.provenance.startWeights].map(({ name, licence, role }) => (
            <li key={`${name} ${role ?? ''}`}>
              {name} ({licence}){role ? `: ${role}` : ''}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
