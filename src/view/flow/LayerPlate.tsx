/** One layer of one module: a stamp of its attention that opens into its heads. */
import { useMemo } from 'react';
import { headMean } from '../../core/attention.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { moduleName } from '../../session/words/attention-words.ts';
import { reachesAnswer } from '../../session/inquiry/select-attention.ts';
import type { RovingFocus } from '../roving-focus.ts';
import { useSessionState } from '../session-context.ts';
import type { FlowLayer } from './flow-stages.ts';
import { MatrixThumbnail } from './MatrixThumbnail.tsx';

interface LayerPlateProps {
  readonly attention: AttentionMaps;
  readonly place: FlowLayer;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly roving: ReturnType<RovingFocus['item']>;
}

const SHORT_NAMES = {
  language: 'words',
  vision: 'regions',
  textToRegion: 'words → regions',
  regionToText: 'regions → words',
  textSelf: 'words → words',
  regionSelf: 'regions → regions',
} as const;

export function LayerPlate({ attention, place, isOpen, onToggle, roving }: LayerPlateProps) {
  const { module, layer } = place;
  const maps: Tensor<readonly ['layer', 'head', string, string]> = attention[module];
  const mean = useMemo(() => headMean(maps, layer), [maps, layer]);
  const isShown = useSessionState(
    ({ attentionView }) => attentionView.module === module && attentionView.layer === layer,
  );
  const isDead = !reachesAnswer(module, { layer, layers: maps.dims[0] });
  const name = `${moduleName(module)}, layer ${layer + 1}`;
  return (
    <button
      type="button"
      className="flow-plate"
      aria-expanded={isOpen}
      aria-label={isDead ? `${name}, cannot reach the answer` : name}
      data-shown={isShown || isOpen}
      data-dead={isDead}
      {...roving}
      onClick={onToggle}
    >
      <MatrixThumbnail weights={mean} />
      <span className="flow-plate-name" aria-hidden="true">
        {SHORT_NAMES[module]} {layer + 1}
      </span>
    </button>
  );
}
