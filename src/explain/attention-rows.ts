/** What the explanations by attention have in common: matrices of a module, and the row that the answer is read from. */
import type { Evidence } from '../core/explanation.ts';
import type { AttentionMaps, AttentionModule } from '../core/types.ts';
import { zeros, type Matrix } from './matrix.ts';

export type Maps = AttentionMaps[AttentionModule];

/** [CLS], whose state the answer is read from. */
const CLS = 0;

/** The row of [CLS]. */
export function evidenceOf(text: Matrix, regions: Matrix): Evidence {
  const tokens = Float32Array.from(text.data.subarray(0, text.columns));
  tokens[CLS] = 0;
  return { tokens, regions: Float32Array.from(regions.data.subarray(0, regions.columns)) };
}

export function everyLayer({ dims, data }: Pick<Maps, 'dims' | 'data'>): Matrix[] {
  return Array.from({ length: dims[0] }, (_, layer) => meanOfHeads({ dims, data }, layer));
}

export function meanOfHeads({ dims, data }: Pick<Maps, 'dims' | 'data'>, layer: number): Matrix {
  const [, heads, rows, columns] = dims;
  const mean = zeros(rows, columns);
  const size = rows * columns;
  for (let head = 0; head < heads; head += 1) {
    const start = (layer * heads + head) * size;
    for (let i = 0; i < size; i += 1) mean.data[i]! += data[start + i]! / heads;
  }
  return mean;
}
