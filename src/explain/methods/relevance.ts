/**
 * Attention weighted by its gradients through all layers, after Chefer, Gur and Wolf (ICCV 2021), equations 5 to 11.
 * `models/lxmert/relevance.py` computes the same with PyTorch, and golden cases hold this file to it.
 */
import type { Evidence, PerHead } from '../../core/explanation.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import type { AttentionMaps, AttentionModule } from '../../core/types.ts';
import { evidenceOf, type Maps } from '../attention-rows.ts';
import { added, identity, multiplied, rowsNormalised, transposed, zeros, type Matrix } from '../matrix.ts';
import type { ExplainMethod } from '../method.ts';

export const unit = 'relevance';
export const scale =
  'Attention weighted by the gradient of the answer’s logit, through all layers. It cannot show evidence against the answer.';

export const explain: ExplainMethod = async ({ gradients: runGradients }) => {
  const { attention, gradients } = await runGradients();
  return {
    ...relevance(attention, gradients),
    headImportance: headImportance(attention, gradients),
    gradients,
    runs: 1,
  };
};

/** @param gradients of the explained number with respect to `maps` */
export function relevance(maps: AttentionMaps, gradients: AttentionMaps): Evidence {
  const weights = (module: AttentionModule): Matrix[] => gradientWeighted(maps[module], gradients[module]);
  const [textToRegion, regionToText] = [weights('textToRegion'), weights('regionToText')];
  const [textSelf, regionSelf] = [weights('textSelf'), weights('regionSelf')];
  let tt = identity(maps.textSelf.dims[2]);
  let rr = identity(maps.regionSelf.dims[2]);
  let tr = zeros(tt.rows, rr.rows);
  let rt = zeros(rr.rows, tt.rows);
  // Equations 6 and 7.
  const lookAtText = (weight: Matrix): void => {
    [tt, tr] = [added(tt, multiplied(weight, tt)), added(tr, multiplied(weight, tr))];
  };
  const lookAtRegions = (weight: Matrix): void => {
    [rr, rt] = [added(rr, multiplied(weight, rr)), added(rt, multiplied(weight, rt))];
  };
  for (const weight of weights('language')) lookAtText(weight);
  for (const weight of weights('vision')) lookAtRegions(weight);
  for (const [layer, forward] of textToRegion.entries()) {
    const back = regionToText[layer];
    const [ofText, ofRegions] = [textSelf[layer], regionSelf[layer]];
    if (!back || !ofText || !ofRegions) throw new RangeError(`cross layer ${layer} lacks attention`);
    // The last layer's regions are read by nobody.
    const isLast = layer === textToRegion.length - 1;
    // Equations 8 to 11; both directions read the matrices as they were.
    const [textRows, regionRows] = [normalised(tt), normalised(rr)];
    const addedTr = multiplied(transposed(textRows), multiplied(forward, regionRows));
    const addedTt = multiplied(forward, rt);
    if (!isLast) {
      const addedRt = multiplied(transposed(regionRows), multiplied(back, textRows));
      const addedRr = multiplied(back, tr);
      [rt, rr] = [added(rt, addedRt), added(rr, addedRr)];
    }
    [tr, tt] = [added(tr, addedTr), added(tt, addedTt)];
    lookAtText(ofText);
    if (!isLast) lookAtRegions(ofRegions);
  }
  return evidenceOf(tt, tr);
}

/** |sum of attention × gradient| per head: how much the explained number would change with the head's gate. */
export function headImportance(maps: AttentionMaps, gradients: AttentionMaps): PerHead {
  const of = (module: AttentionModule) => importanceOf(maps[module], gradients[module]);
  return {
    language: of('language'),
    vision: of('vision'),
    textToRegion: of('textToRegion'),
    regionToText: of('regionToText'),
    textSelf: of('textSelf'),
    regionSelf: of('regionSelf'),
  };
}

function importanceOf(maps: Maps, gradients: Maps): Tensor<readonly ['layer', 'head']> {
  const [layers, heads, queries, keys] = maps.dims;
  const size = queries * keys;
  const sums = Float32Array.from({ length: layers * heads }, (_, place) => {
    let sum = 0;
    for (let i = place * size; i < (place + 1) * size; i += 1) sum += maps.data[i]! * gradients.data[i]!;
    return Math.abs(sum);
  });
  return tensor<readonly ['layer', 'head']>([layers, heads], sums);
}

/** Equation 5: the mean over heads of what is positive in attention × gradient. */
function gradientWeighted({ dims, data }: Maps, { data: slopes }: Maps): Matrix[] {
  const [layers, heads, rows, columns] = dims;
  const size = rows * columns;
  // Loops: over all heads, callbacks would take longer than the matrices' products.
  return Array.from({ length: layers }, (_, layer) => {
    const mean = zeros(rows, columns);
    for (let head = 0; head < heads; head += 1) {
      const start = (layer * heads + head) * size;
      for (let i = 0; i < size; i += 1) {
        const weighted = data[start + i]! * slopes[start + i]!;
        if (weighted > 0) mean.data[i]! += weighted / heads;
      }
    }
    return mean;
  });
}

/**
 * Rows without the identity sum to 1. A padded row is zero, and stays so: divided by its sum it would make every
 * number that it touches not a number.
 */
function normalised(relevanceSoFar: Matrix): Matrix {
  const own = identity(relevanceSoFar.rows);
  return added(rowsNormalised(added(relevanceSoFar, own, -1)), own);
}
