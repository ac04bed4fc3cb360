/** Where the model looked: all heads at once, one of them opened; for which word or region; in colors and numbers. */
import { reachesAnswer } from '../../session/inquiry/select-attention.ts';
import { ATTENTION_CAVEAT } from '../../session/words/attention-words.ts';
import type { ShownAttention } from '../../session/inquiry/show-attention.ts';
import { useSessionState } from '../session-context.ts';
import { AttentionMatrix } from './AttentionMatrix.tsx';
import { AttentionTable } from './AttentionTable.tsx';
import { HeadOverview } from './HeadOverview.tsx';
import { headName } from './head-words.ts';
import { TokenStrip } from './TokenStrip.tsx';

interface AttentionPanelProps {
  readonly shown: ShownAttention;
  readonly isScaleShared: boolean;
  readonly onShareScale: (isShared: boolean) => void;
}

export function AttentionPanel({ shown, isScaleShared, onShareScale }: AttentionPanelProps) {
  return (
    <section className="attention" aria-labelledby="attention-title">
      <h2 id="attention-title">Attention</h2>
      <TokenStrip shown={shown} isScaleShared={isScaleShared} />
      <HeadOverview shown={shown} />
      <OpenedHead shown={shown} isScaleShared={isScaleShared} onShareScale={onShareScale} />
    </section>
  );
}

function OpenedHead({ shown, isScaleShared, onShareScale }: AttentionPanelProps) {
  const { slice } = shown;
  const module = useSessionState((state) => state.attentionView.module);
  return (
    <section className="opened-head" aria-labelledby="opened-head-title">
      <h3 id="opened-head-title" aria-live="polite">
        {headName({ module, layer: slice.layer, head: slice.head })}
      </h3>
      {!reachesAnswer(module, slice) && (
        <p className="attention-caveat">
          The answer is read from the words, so what regions take up in this last layer cannot change it.
        </p>
      )}
      <p className="aside">{ATTENTION_CAVEAT}</p>
      <AttentionMatrix shown={shown} />
      <label className="check">
        <input
          type="checkbox"
          checked={isScaleShared}
          onChange={(event) => onShareScale(event.target.checked)}
        />
        <span>Same scale for all rows on photo and words</span>
      </label>
      <AttentionTable shown={shown} />
    </section>
  );
}
