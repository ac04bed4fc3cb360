/** A layer that was opened: its heads, and the arithmetic of the one that is chosen. */
import { useMemo } from 'react';
import { oneHead } from '../../core/attention.ts';
import type { Tensor } from '../../core/tensor.ts';
import { moduleName } from '../../session/words/attention-words.ts';
import type { Exchange } from '../../session/work/state.ts';
import { Icon } from '../Icon.tsx';
import { useLabActions } from '../lab-context.ts';
import { useActions, useSessionState } from '../session-context.ts';
import type { FlowLayer } from './flow-stages.ts';
import { HeadSteps } from './HeadSteps.tsx';
import { MatrixThumbnail } from './MatrixThumbnail.tsx';
import { showWhole } from './show-whole.ts';

interface OpenLayerProps {
  readonly exchange: Exchange;
  readonly place: FlowLayer;
  readonly onClose: () => void;
}

export function OpenLayer({ exchange, place: { module, layer }, onClose }: OpenLayerProps) {
  const { showAttention } = useActions();
  const { showLayer } = useLabActions();
  const maps: Tensor<readonly ['layer', 'head', string, string]> = exchange.prediction.attention[module];
  const [, heads] = maps.dims;
  const shownHead = useSessionState(({ attentionView: shown }) =>
    shown.module === module && shown.layer === layer ? shown.head : null,
  );
  const matrices = useMemo(
    () => Array.from({ length: heads }, (_, head) => oneHead(maps, layer, head)),
    [maps, layer, heads],
  );
  return (
    <li className="flow-open" ref={showWhole}>
      <header>
        <h3>
          {moduleName(module)}, layer {layer + 1}
        </h3>
        <button type="button" className="icon-button" aria-label="Close this layer" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <fieldset className="flow-heads">
        <legend>{heads === 1 ? 'Its head' : `Its ${heads} heads`}</legend>
        {matrices.map((weights, head) => (
          <label key={head} className="flow-plate">
            <input
              type="radio"
              name={`heads-of-${module}-${layer}`}
              checked={shownHead === head}
              onChange={() => {
                // The photo shows this head too.
                showLayer('attention');
                showAttention({ module, layer, head });
              }}
            />
            <MatrixThumbnail weights={weights} />
            <span className="flow-plate-name">
              <span className="visually-hidden">Head </span>
              {head + 1}
            </span>
          </label>
        ))}
      </fieldset>
      {typeof shownHead === 'number' ? (
        <HeadSteps exchange={exchange} place={{ module, layer, head: shownHead }} />
      ) : (
        <p className="aside">Choose a head to see what it computes.</p>
      )}
    </li>
  );
}
