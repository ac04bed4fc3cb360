/** Whether two explanations put regions and words in the same order. */
import type { Agreement, Evidence, ExplanationMethod } from '../core/explanation.ts';
import type { Order } from './faithfulness.ts';

export interface FoundEvidence extends Evidence {
  readonly method: ExplanationMethod;
}

/** Each pair of methods once; of the kinds that are in `scope`, the mean of their correlations. */
export function agreementsOf(found: readonly FoundEvidence[], scope: Order): Agreement[] {
  const kinds = (['regions', 'tokens'] as const).filter((kind) => scope[kind].length > 0);
  const correlationOf = (left: Evidence, right: Evidence) => {
    const each = kinds.map((kind) => {
      const of = (evidence: Evidence) => scope[kind].map((index) => evidence[kind][index] ?? 0);
      return rankCorrelation(of(left), of(right));
    });
    return each.reduce((sum, correlation) => sum + correlation / each.length, 0);
  };
  return found.flatMap((left, place) =>
    found.slice(place + 1).map((right) => ({
      left: left.method,
      right: right.method,
      correlation: correlationOf(left, right),
    })),
  );
}

/** Spearman's correlation; equal values share their mean rank, and a list without differences correlates with none. */
export function rankCorrelation(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const [a, b] = [ranks(left), ranks(right)];
  const middle = (a.length - 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    both += (a[i]! - middle) * (b[i]! - middle);
    ofA += (a[i]! - middle) ** 2;
    ofB += (b[i]! - middle) ** 2;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).toSorted(
    (a, b) => values[a]! - values[b]!,
  );
  const ranked = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let i = start; i < end; i += 1) ranked[order[i]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranked;
}
