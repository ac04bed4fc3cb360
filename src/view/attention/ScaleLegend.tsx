import { weightPercent } from '../../core/percent.ts';
import { attentionGradient } from '../../draw/color-map.ts';

interface ScaleLegendProps {
  readonly lowest?: number;
  readonly highest: number;
  /** What the colors say, for people who do not see them. */
  readonly words?: string;
}

/** The colours of the attention with the weights they stand for. */
export function ScaleLegend({ lowest = 0, highest, words }: ScaleLegendProps) {
  const ticks = [lowest, (lowest + highest) / 2, highest].map((tick) =>
    tick === 0 ? '0 %' : weightPercent(tick),
  );
  return (
    <div
      className="scale-legend"
      role="img"
      aria-label={words ?? `Colors from ${ticks[0]} to ${ticks[2]} of the attention`}
    >
      <span className="scale-bar" style={{ '--scale': attentionGradient() }} />
      <span className="scale-ticks">
        {ticks.map((tick, index) => (
          <span key={index}>{tick}</span>
        ))}
      </span>
    </div>
  );
}
