/** How each method of `registry.ts` works, one sentence: apart from it, since neither worker nor element says so. */
import type { ExplanationMethod } from '../core/explanation.ts';

export const HOW: Readonly<Record<ExplanationMethod, string>> = {
  'attended-relevance':
    'What the answer’s own token looked at last, weighted by how much looking there did for the answer.',
  'leave-one-out-keep-one': 'Asks again without each region and each word, and with each of them alone.',
  'leave-one-out': 'Asks again without each region and each word.',
  relevance: 'The method of Chefer et al. (2021).',
  shapley: 'Takes regions and words away in random orders.',
  attention: 'What the answer’s own token looked at in the last layer.',
  rollout: 'The method of Abnar and Zuidema (2020).',
};
