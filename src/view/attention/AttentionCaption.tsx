/** Under the photo: what its colors stand for, and the same in words. */
import { useActions, useSessionState } from '../session-context.ts';
import { describeFocusedAttention } from '../../session/words/attention-words.ts';
import { PictureLegend } from '../image/PictureLegend.tsx';
import { ScaleLegend } from './ScaleLegend.tsx';
import { scaleEnd, type ShownAttention } from '../../session/inquiry/show-attention.ts';

interface AttentionCaptionProps {
  readonly shown: ShownAttention;
  readonly isScaleShared: boolean;
}

export function AttentionCaption({ shown, isScaleShared }: AttentionCaptionProps) {
  const { releaseFocus } = useActions();
  const isLocked = useSessionState(({ focus }) => focus.kind !== 'none' && focus.locked);
  return (
    <section className="attention-caption" aria-label="Attention, in words">
      <p className="attention-sentence" aria-live="polite">
        {describeFocusedAttention(shown)}
      </p>
      <div>
        {shown.overRegions ? (
          <PictureLegend of="attention" />
        ) : (
          <ScaleLegend highest={scaleEnd(shown.focused.weights, shown, isScaleShared)} />
        )}
        {isLocked && (
          <button type="button" className="button quiet" onClick={releaseFocus}>
            Release the lock (Esc)
          </button>
        )}
      </div>
    </section>
  );
}
