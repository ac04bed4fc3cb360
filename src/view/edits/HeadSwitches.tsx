/** Every attention head of one module as a switch, a row for each layer. */
import { useState } from 'react';
import type { AttentionModule } from '../../core/types.ts';
import { MODULES } from '../../session/words/attention-words.ts';
import { isSameHead, toggleHead } from '../../session/inquiry/edits.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';

export function HeadSwitches({ exchange }: { readonly exchange: Exchange }) {
  const { edit } = useLabActions();
  const edits = useLab((lab) => lab.edits);
  const [module, setModule] = useState<AttentionModule>('textToRegion');
  const [layers, heads] = exchange.prediction.attention[module].dims;
  const closed = edits.closedHeads.length;
  return (
    <details className="head-switches">
      <summary>Heads{closed > 0 ? `: ${closed} off` : ''}</summary>
      <label className="field">
        <span>Attention</span>
        <select
          value={module}
          onChange={({ target }) => {
            const chosen = MODULES.find((each) => each.module === target.value);
            if (chosen) setModule(chosen.module);
          }}
        >
          {MODULES.map((each) => (
            <option key={each.module} value={each.module}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      {Array.from({ length: layers }, (_, layer) => (
        <div key={layer} className="head-row" role="group" aria-label={`Layer ${layer + 1}`}>
          <span aria-hidden="true">Layer {layer + 1}</span>
          {Array.from({ length: heads }, (_head, head) => {
            const place = { module, layer, head };
            return (
              <button
                key={head}
                type="button"
                className="switch"
                aria-label={`Head ${head + 1}`}
                aria-pressed={!edits.closedHeads.some((each) => isSameHead(each, place))}
                onClick={() => void edit(toggleHead(edits, place))}
              >
                {head + 1}
              </button>
            );
          })}
        </div>
      ))}
    </details>
  );
}
