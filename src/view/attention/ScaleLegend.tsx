import { attentionGradient } from '../../draw/color-map.ts';
import { weightPercent } from '../../core/percent.ts';

/** The colours of the attention with the weights they stand for. */
export function ScaleLegend({ highest }: { readonly highest: number }) {
  return (
    <div
      className="scale-legend"
      role="img"
      aria-label={`Colors from 0 % to ${weightPercent(highest)} of the attention`}
    >
      <span className="scale-bar" style={{ '--scale': attentionGradient() }} />
      <span className="scale-ticks">
        <span>0 %</span>
        <span>{weightPercent(highest / 2)}</span>
        <span>{weightPercent(highest)}</span>
      </span>
    </div>
  );
}
