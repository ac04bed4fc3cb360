/** How large a pack will be, before any weight of it is here: from the places in its graphs. */
import type { Precision, StoredAs } from '../core/published.ts';
import { openGraph, publishedSizes } from './graph/open-graph.ts';
import { plainWeight } from './recipe/parse-weight-rule.ts';
import type { ReadShipped } from './recipe/parse-recipe.ts';
import { graphsIn, partsOf, precisionOf, type Recipe, type RecipePart } from './recipe/recipe.ts';
import { sizeOf } from './graph/resolve-sizes.ts';
import { WEIGHT_BYTES } from './graph/skeleton.ts';

/** In bytes, at the published sizes; small files and scales are left out. */
export async function packSize(recipe: Recipe, stored: StoredAs, read: ReadShipped): Promise<number> {
  let bytes = 0;
  for (const part of partsOf(recipe)) bytes += await partSize(part, precisionOf(part, stored), read);
  return bytes;
}

/** Of what one checkpoint brings in; in single precision that is about the size of the checkpoint. */
export async function partSize(part: RecipePart, precision: Precision, read: ReadShipped): Promise<number> {
  const sizes = publishedSizes(part);
  let bytes = 0;
  for (const graph of graphsIn(part, precision)) {
    if (graph.borrows.length > 0) continue;
    const { skeleton, weights } = await openGraph(graph, precision, sizes, read);
    for (const { name, dims, type } of skeleton.holes) {
      const base = name.replace(/:(?:q|scale)$/u, '');
      const rule = weights.get(base) ?? plainWeight(base);
      // The scales of bytes take a part in a thousand.
      if (name.endsWith(':scale')) continue;
      const lengths = rule.dims?.map((term) => sizeOf(term, sizes)) ?? dims;
      bytes += lengths.reduce((product, length) => product * length, WEIGHT_BYTES[type]);
    }
  }
  return bytes;
}
