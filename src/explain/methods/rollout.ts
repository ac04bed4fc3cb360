/** Attention multiplied through the layers, after Abnar and Zuidema (ACL 2020). */
import type { Evidence } from '../../core/explanation.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { evidenceOf, everyLayer, meanOfHeads } from '../attention-rows.ts';
import { added, identity, multiplied, rowsNormalised, transposed, type Matrix } from '../matrix.ts';
import type { ExplainMethod } from '../method.ts';

export const unit = 'attention';
export const scale = 'Attention multiplied through the layers. It knows nothing of the answer.';

export const explain: ExplainMethod = ({ whole }) =>
  Promise.resolve({ ...rollout(whole.attention), runs: 0 });

/** Attention multiplied through the layers, half of every step staying where it is. */
export function rollout(maps: AttentionMaps): Evidence {
  const last = maps.textToRegion.dims[0] - 1;
  const text = chained([...everyLayer(maps.language), ...everyLayer(maps.textSelf).slice(0, last)]);
  const regions = chained([...everyLayer(maps.vision), ...everyLayer(maps.regionSelf).slice(0, last)]);
  const across = multiplied(transposed(text), multiplied(meanOfHeads(maps.textToRegion, last), regions));
  return evidenceOf(multiplied(withResidual(meanOfHeads(maps.textSelf, last)), text), across);
}

function chained(layers: readonly Matrix[]): Matrix {
  const [first] = layers;
  if (!first) throw new RangeError('rollout needs one layer at least');
  return layers.reduce((joint, layer) => multiplied(withResidual(layer), joint), identity(first.rows));
}

/** What nobody attends to is padding: it stays what it is, or it would pass on what it looks at itself. */
function withResidual(layer: Matrix): Matrix {
  const kept = { ...layer, data: layer.data.slice() };
  const columns = transposed(layer).data;
  for (let key = 0; key < layer.columns; key += 1) {
    const column = columns.subarray(key * layer.rows, (key + 1) * layer.rows);
    if (column.every((weight) => weight === 0)) {
      kept.data.fill(0, key * layer.columns, (key + 1) * layer.columns);
    }
  }
  return rowsNormalised(added(kept, identity(layer.rows)));
}
