/** How each method of `registry.ts` works, one sentence: apart from it, since neither worker nor element says so. */
import type { ExplanationMethod } from '../core/explanation.ts';

export const HOW: Readonly<Record<ExplanationMethod, string>> = {
  'attended-relevance': 'Where the model looked last, weighted by how much looking there helped the answer.',
  'leave-one-out-keep-one': 'Asks again without each region and each word, and with each of them alone.',
  'leave-one-out': 'Asks again without each region and each word.',
  relevance: 'The method of Chefer et al. (2021).',
  shapley: 'Removes regions and words in random orders, many times.',
  attention: 'Where the model looked in the last layer, just before it answered.',
  rollout: 'The method of Abnar and Zuidema (2020).',
};
