/** What the answer's own token looked at last. */
import type { Evidence } from '../../core/explanation.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { evidenceOf, meanOfHeads } from '../attention-rows.ts';
import type { ExplainMethod } from '../method.ts';

export const unit = 'attention';
export const scale =
  'The share of [CLS]’s attention in the last cross layer, mean over heads: regions sum to 1. It knows nothing of the answer.';

export const explain: ExplainMethod = ({ whole }) =>
  Promise.resolve({ ...lastAttention(whole.attention), runs: 0 });

/** What [CLS] looks at in the last cross layer, mean over heads; [CLS] itself counts nothing. */
export function lastAttention({ textSelf, textToRegion }: AttentionMaps): Evidence {
  const last = textToRegion.dims[0] - 1;
  return evidenceOf(meanOfHeads(textSelf, last), meanOfHeads(textToRegion, last));
}
