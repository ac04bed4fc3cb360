/**
 * Every method of explanation, in the order in which they are offered: names, sentences, the element's values, the choice
 * of the first one and the recordings' ids all come from here. A new method is its file and its two lines in this one.
 */
import type { ExplanationMethod } from '../core/explanation.ts';
import type { ExplainMethod, MethodDescription } from './method.ts';
import * as attendedRelevance from './methods/attended-relevance.ts';
import * as attention from './methods/attention.ts';
import * as keepOne from './methods/leave-one-out-keep-one.ts';
import * as leaveOneOut from './methods/leave-one-out.ts';
import * as relevance from './methods/relevance.ts';
import * as rollout from './methods/rollout.ts';
import * as shapley from './methods/shapley.ts';

/** Those that point best and are faithful first, as `npm run pointing` and `npm run faithfulness` measure them. */
export const METHODS: readonly MethodDescription[] = [
  attendedRelevance.description,
  keepOne.description,
  leaveOneOut.description,
  relevance.description,
  shapley.description,
  attention.description,
  rollout.description,
];

/** The calculations by id, apart from the descriptions: a page that only names methods leaves them out of its bundle. */
export const EXPLAIN: Readonly<Record<ExplanationMethod, ExplainMethod>> = {
  'attended-relevance': attendedRelevance.explain,
  'leave-one-out-keep-one': keepOne.explain,
  'leave-one-out': leaveOneOut.explain,
  relevance: relevance.explain,
  shapley: shapley.explain,
  attention: attention.explain,
  rollout: rollout.explain,
};

export const METHOD_IDS: readonly ExplanationMethod[] = METHODS.map(({ id }) => id);

/** @throws RangeError for an id that no method has */
export function methodOf(id: ExplanationMethod): MethodDescription {
  const found = METHODS.find((method) => method.id === id);
  if (!found) throw new RangeError(`no method of explanation is called ${id}`);
  return found;
}

/** The runs of one answer may take as long as this many of a narrow LXMERT do. */
const WIDEST_ASKED_OFTEN = 384;

/**
 * Which explanation comes first where nobody has chosen one: the first in the list that can be had. An LXMERT that is wide
 * is asked as few times as possible, by a method that knows the answer. Attention where there is none, because every
 * answer comes with it.
 * @param hiddenSize of the LXMERT that is asked; of a recording 0, since nothing is computed
 */
export function defaultMethodOf(
  methods: readonly ExplanationMethod[],
  hiddenSize: number,
): ExplanationMethod {
  const costs = hiddenSize > WIDEST_ASKED_OFTEN ? FEW_RUNS : ANY_RUNS;
  const order = costs.flatMap((same) => METHODS.filter(({ cost }) => same.includes(cost)));
  return order.find(({ id }) => methods.includes(id))?.id ?? 'attention';
}

type Cost = MethodDescription['cost'];
const ANY_RUNS: readonly (readonly Cost[])[] = [['one', 'pieces', 'pieces-often', 'orders'], ['free']];
const FEW_RUNS: readonly (readonly Cost[])[] = [['one'], ['pieces']];
