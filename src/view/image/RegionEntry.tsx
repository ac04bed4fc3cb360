/** One box in words, linked with its rectangle on the photo both ways. */
import { percent } from '../../core/percent.ts';
import { heatCss, shareOf } from '../../draw/heatmap.ts';
import { weightAmount, type RegionWeights } from '../../draw/rank-regions.ts';
import type { RovingFocus } from '../roving-focus.ts';
import { useActions, useSessionState } from '../session-context.ts';
import type { FoundBox } from './found-things.ts';

const NAMED_ATTRIBUTES = 3;
/** Part of the attention scale from which an entry stands out. */
const MUCH_ATTENDED = 0.5;

interface RegionEntryProps {
  readonly box: FoundBox;
  readonly weights: RegionWeights | null;
  readonly roving: ReturnType<RovingFocus['item']>;
}

export function RegionEntry({ box: { region, index }, weights, roving }: RegionEntryProps) {
  const { focusOn } = useActions();
  const isPointed = useSessionState(({ focus }) => focus.kind === 'region' && focus.index === index);
  const isLocked = useSessionState(({ focus }) => focus.kind === 'region' && focus.locked);
  const weight = weights?.weights[index];
  const share = weights && weight !== undefined ? shareOf(Math.abs(weight), weights.highest) : 0;
  const point = () => focusOn({ kind: 'region', index, locked: false });
  const leave = () => focusOn({ kind: 'none' });
  return (
    <button
      type="button"
      className="region-entry"
      data-region={index}
      data-pointed={isPointed}
      data-attended={share > MUCH_ATTENDED}
      aria-pressed={isPointed && isLocked}
      {...roving}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
      onClick={() => focusOn({ kind: 'region', index, locked: true })}
    >
      <span className="region-number" aria-hidden="true">
        {index + 1}
      </span>
      <span className="region-words">
        <span className="region-label-word">{region.label}</span>{' '}
        <span className="region-attributes">
          {region.attributes
            .slice(0, NAMED_ATTRIBUTES)
            .map(({ label }) => label)
            .join(', ')}
        </span>
      </span>
      <span className="region-score">{percent(region.score)}</span>
      {weights && weight !== undefined && (
        <span className="region-weight" style={{ '--swatch': heatCss(weight, weights) }}>
          <span className="visually-hidden">{weights.noun ?? 'attention'} </span>
          {weightAmount(weights, index)}
        </span>
      )}
    </button>
  );
}
