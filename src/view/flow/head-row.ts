/** One row of the head on screen, as its table shows it. */
import { attentionFrom, oneHead } from '../../core/attention.ts';
import type { Explanation, HeadPlace } from '../../core/explanation.ts';
import {
  headArithmetic,
  stepsFromWeights,
  sumOfRow,
  type KeyStep,
  type RowSum,
} from '../../explain/head-arithmetic.ts';
import type { HeadInspection } from '../../core/head-inspection.ts';
import type { Tensor } from '../../core/tensor.ts';
import { selectSlice } from '../../session/inquiry/select-attention.ts';
import { explainedAnswer } from '../attention/use-gradients.ts';

export interface ShownRow {
  /** Heaviest first. */
  readonly steps: readonly KeyStep[];
  /** Null where only the weights are known. */
  readonly sum: RowSum | null;
  /** Numbers of a query, a key and a value; null where nobody says. */
  readonly width: number | null;
  /** Whose pulls are known; null when none are. */
  readonly answer: string | null;
}

/** With the numbers that the model computed. */
export function computedRow(
  inspection: HeadInspection,
  place: HeadPlace,
  query: number,
  weights: Float32Array,
): ShownRow {
  const maps: Tensor<readonly ['layer', 'head', string, 'value']> = inspection.values[place.module];
  const values = oneHead(maps, place.layer, place.head);
  const scores = attentionFrom(selectSlice(inspection.scores, place).weights, query);
  const gradients = attentionFrom(selectSlice(inspection.gradients, place).weights, query);
  const row = { weights, scores, values };
  return {
    steps: headArithmetic(row, gradients),
    sum: sumOfRow(row),
    width: values.dims[1],
    answer: explainedAnswer(inspection),
  };
}

/** As far as the weights tell, with pulls where an explanation has gradients. */
export function derivedRow(
  explanation: Explanation | null,
  place: HeadPlace,
  query: number,
  weights: Float32Array,
  width: number | null,
): ShownRow {
  const gradients =
    explanation?.gradients && attentionFrom(selectSlice(explanation.gradients, place).weights, query);
  return {
    steps: stepsFromWeights(weights, gradients ?? null),
    sum: null,
    width,
    answer: gradients ? explainedAnswer(explanation) : null,
  };
}
