/** The skeleton of one graph, with as many layers as the weights have. */
import { VqaError } from '../../core/errors.ts';
import type { Precision } from '../../core/published.ts';
import { expandLayers, type ExpandedGraph } from './expand-layers.ts';
import { neededInOrder } from './needed-nodes.ts';
import type { ReadShipped } from '../recipe/parse-recipe.ts';
import type { RecipeGraph, RecipePart } from '../recipe/recipe.ts';
import { sizeOf, type Sizes } from './resolve-sizes.ts';
import { readSkeleton, type Skeleton } from './skeleton.ts';

export interface OpenedGraph {
  readonly skeleton: Skeleton;
  /** Rules by the initializer's name in this graph. */
  readonly weights: RecipeGraph['weights'];
}

export async function openGraph(
  { file, skeletons, layers, weights }: RecipeGraph,
  precision: Precision,
  sizes: Sizes,
  read: ReadShipped,
): Promise<OpenedGraph> {
  const address = skeletons[precision];
  if (address === undefined) throw new VqaError('pack-invalid', `The recipe has no ${file} in ${precision}.`);
  let expanded: ExpandedGraph = { content: await read(address), weights };
  if (layers.size === 0) return { skeleton: readSkeleton(expanded.content, file), weights };
  for (const [stack, size] of layers) {
    expanded = expandLayers(expanded.content, expanded.weights, sizeOf(size, sizes), stack);
  }
  return { skeleton: readSkeleton(neededInOrder(expanded.content), file), weights: expanded.weights };
}

/** Sizes as published, for what is told before any weights are here. */
export function publishedSizes({ sizes }: RecipePart): Sizes {
  const values = new Map([...sizes].map(([name, { value }]) => [name, value]));
  const hidden = values.get('hidden');
  const heads = values.get('heads');
  return hidden === undefined || heads === undefined ? values : values.set('headSize', hidden / heads);
}
