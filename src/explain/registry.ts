/**
 * Every method of explanation, in the order in which they are offered: names, sentences, the element's values, the choice
 * of the first one and the recordings' ids all come from here. A new method is its calculation in `methods/`, its
 * description here, its sentence in `how.ts` and its line in `calculations.ts`.
 */
import type { ExplanationMethod } from '../core/explanation.ts';
import type { MethodDescription } from './method.ts';

/** Those that point best and are faithful first, as `npm run pointing` and `npm run faithfulness` measure them. */
export const METHODS: readonly MethodDescription[] = [
  {
    id: 'attended-relevance',
    name: 'Attended relevance',
    isSigned: false,
    needs: 'gradients',
    removals: 'none',
    cost: 'one',
  },
  {
    id: 'leave-one-out-keep-one',
    name: 'Leave one out, keep one',
    isSigned: true,
    needs: null,
    removals: 'both',
    cost: 'pieces-often',
  },
  {
    id: 'leave-one-out',
    name: 'Leave one out',
    isSigned: true,
    needs: null,
    removals: 'chosen',
    cost: 'pieces',
  },
  {
    id: 'relevance',
    name: 'Relevance',
    isSigned: false,
    needs: 'gradients',
    removals: 'none',
    cost: 'one',
  },
  {
    id: 'shapley',
    name: 'Shapley values',
    isSigned: true,
    needs: null,
    removals: 'chosen',
    cost: 'orders',
  },
  {
    id: 'attention',
    name: 'Attention',
    isSigned: false,
    needs: null,
    removals: 'none',
    cost: 'free',
  },
  {
    id: 'rollout',
    name: 'Rollout',
    isSigned: false,
    needs: null,
    removals: 'none',
    cost: 'free',
  },
];

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
