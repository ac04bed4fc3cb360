/** The question as the model read it; each token shows its weight and can be hovered, focused and locked. */
import { attentionCss } from '../../draw/color-map.ts';
import { shareOf } from '../../draw/heatmap.ts';
import { weightPercent } from '../../core/percent.ts';
import { Icon } from '../Icon.tsx';
import { useRovingFocus } from '../roving-focus.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { scaleEnd, type ShownAttention } from '../../session/inquiry/show-attention.ts';

interface TokenStripProps {
  readonly shown: ShownAttention;
  readonly isScaleShared: boolean;
}

export function TokenStrip({ shown, isScaleShared }: TokenStripProps) {
  const { focusOn } = useActions();
  const focus = useSessionState((state) => state.focus);
  const { tokens } = shown.exchange.prediction;
  const roving = useRovingFocus(tokens.length);
  const weights = shown.overTokens?.weights ?? null;
  const highest = weights ? scaleEnd(weights, shown, isScaleShared) : 0;
  const source = shown.focused.focus;
  return (
    <div className="token-strip" role="group" aria-label="Words of the question" {...roving.group}>
      {tokens.map((token, index) => {
        const isPointed = source.kind === 'token' && source.index === index;
        const isLocked = isPointed && focus.kind === 'token' && focus.locked;
        const weight = weights?.[index];
        return (
          <button
            key={index}
            type="button"
            className="token"
            data-kind={token.kind}
            data-pointed={isPointed}
            data-continues={token.text.startsWith('##')}
            aria-pressed={isLocked}
            {...roving.item(index)}
            onPointerEnter={() => focusOn({ kind: 'token', index, locked: false })}
            onPointerLeave={() => focusOn({ kind: 'none' })}
            onFocus={() => focusOn({ kind: 'token', index, locked: false })}
            onBlur={() => focusOn({ kind: 'none' })}
            onClick={() => focusOn({ kind: 'token', index, locked: true })}
          >
            <span>{token.text}</span>
            {isLocked && <Icon name="lock" />}
            {weight !== undefined && (
              <span
                className="token-weight"
                style={{
                  '--swatch': attentionCss(shareOf(weight, highest)),
                  '--share': shareOf(weight, highest),
                }}
              >
                {weightPercent(weight)}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
