/** Which explanation comes first where nobody has chosen one. */
import type { ExplanationMethod } from './explanation.ts';

/**
 * As `npm run faithfulness` measured them on the everyday pack: leave-one-out, relevance and attention cannot be told apart
 * there, and the first of them also says what speaks against an answer; all three are truer than rollout. Shapley values
 * were not measured.
 */
const IN_ORDER: readonly ExplanationMethod[] = [
  'leave-one-out',
  'relevance',
  'attention',
  'shapley',
  'rollout',
];

/** The first of those that can be had; attention where there is none, because every answer comes with it. */
export function defaultMethodOf(methods: readonly ExplanationMethod[]): ExplanationMethod {
  return IN_ORDER.find((method) => methods.includes(method)) ?? 'attention';
}
