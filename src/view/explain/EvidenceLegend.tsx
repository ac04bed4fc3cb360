/** The colours of an explanation with the amounts they stand for. */
import { attentionGradient, evidenceGradient } from '../../draw/color-map.ts';
import type { EvidenceWeights } from '../../session/inquiry/show-explanation.ts';

export function EvidenceLegend({ evidence }: { readonly evidence: EvidenceWeights }) {
  const { highest, isSigned, amount } = evidence;
  const ticks = isSigned ? [-highest, 0, highest] : [0, highest / 2, highest];
  const [low, middle, high] = ticks.map((tick) => (tick === 0 ? '0' : amount(tick)));
  const meaning = isSigned
    ? `Colors from ${low}, evidence against, to ${high}, evidence for`
    : `Colors from ${low} to ${high} of the evidence`;
  return (
    <div className="scale-legend" role="img" aria-label={meaning}>
      <span
        className="scale-bar"
        style={{ '--scale': isSigned ? evidenceGradient() : attentionGradient() }}
      />
      <span className="scale-ticks">
        <span>{isSigned ? `against ${low}` : low}</span>
        <span>{middle}</span>
        <span>{isSigned ? `for ${high}` : high}</span>
      </span>
    </div>
  );
}
