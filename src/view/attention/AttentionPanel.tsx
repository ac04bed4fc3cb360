/** Where the model looked: which module, layer and head; for which word or region; in colors and numbers. */
import { AttentionControls } from './AttentionControls.tsx';
import { AttentionMatrix } from './AttentionMatrix.tsx';
import { AttentionTable } from './AttentionTable.tsx';
import type { ShownAttention } from '../../session/show-attention.ts';
import { TokenStrip } from './TokenStrip.tsx';

interface AttentionPanelProps {
  readonly shown: ShownAttention;
  readonly isScaleShared: boolean;
  readonly onShareScale: (isShared: boolean) => void;
}

export function AttentionPanel({ shown, isScaleShared, onShareScale }: AttentionPanelProps) {
  return (
    <section className="attention" aria-labelledby="attention-title">
      <h2 id="attention-title">Where it looked</h2>
      <TokenStrip shown={shown} isScaleShared={isScaleShared} />
      <AttentionControls slice={shown.slice} isScaleShared={isScaleShared} onShareScale={onShareScale} />
      <AttentionMatrix shown={shown} />
      <AttentionTable shown={shown} />
    </section>
  );
}
