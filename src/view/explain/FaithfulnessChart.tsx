/** One family of curves: the ranking that is shown in strong, the other methods quiet, the baselines dotted. */
import type { FaithfulnessCurve, Ranking, Scope } from '../../core/explanation.ts';
import { percent } from '../../core/percent.ts';
import { curvePath } from '../../draw/curve-path.ts';
import { rankingName, SCOPE_NOUNS } from '../../session/words/explanation-words.ts';
import { isBaseline } from '../../session/words/faithfulness-words.ts';

const FRAME = { width: 200, height: 120 };

interface TruthChartProps {
  readonly title: string;
  readonly answer: string;
  readonly scope: Scope;
  readonly curves: readonly FaithfulnessCurve[];
  readonly shown: Ranking;
}

export function TruthChart({ title, answer, scope, curves, shown }: TruthChartProps) {
  const top = curves.reduce((most, { scores }) => Math.max(most, ...scores), 0.01);
  // The shown curve is drawn last, over the others.
  const ordered = curves.toSorted((a, b) => Number(a.ranking === shown) - Number(b.ranking === shown));
  const strong = curves.find(({ ranking }) => ranking === shown);
  const words = strong
    ? `${title}. ${rankingName(shown)}: “${answer}” from ${percent(strong.scores[0] ?? 0)} to ${percent(
        strong.scores.at(-1) ?? 0,
      )}, area ${strong.area.toFixed(3)}`
    : title;
  return (
    <figure className="truth-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`-2 -4 ${FRAME.width + 4} ${FRAME.height + 8}`} role="img" aria-label={words}>
        <path className="truth-axis" d={`M0 0V${FRAME.height}H${FRAME.width}`} />
        {ordered.map(({ ranking, fractions, scores }) => (
          <path
            key={ranking}
            className="truth-curve"
            data-kind={ranking === shown ? 'shown' : isBaseline(ranking) ? 'baseline' : 'method'}
            d={curvePath(
              fractions,
              scores.map((score) => score / top),
              FRAME,
            )}
          />
        ))}
      </svg>
      <p className="truth-ticks" aria-hidden="true">
        <span>0 % of {SCOPE_NOUNS[scope]}</span>
        <span>top: {percent(top)}</span>
        <span>100 %</span>
      </p>
    </figure>
  );
}
