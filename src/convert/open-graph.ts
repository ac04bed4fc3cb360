/** The skeleton of one graph, with as many layers as the weights have. */
import type { Precision } from '../core/published.ts';
import { expandLayers } from './expand-layers.ts';
import type { ReadShipped } from './parse-recipe.ts';
import type { RecipeGraph, RecipePart } from './recipe.ts';
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
  const pattern = await read(skeletons[precision]);
  if (layers === null) return { skeleton: readSkeleton(pattern, file), weights };
  const expanded = expandLayers(pattern, weights, sizeOf(layers, sizes));
  return { skeleton: readSkeleton(expanded.content, file), weights: expanded.weights };
}

/** Sizes as published, for what is told before any weights are here. */
export function publishedSizes({ sizes }: RecipePart): Sizes {
  const values = new Map([...sizes].map(([name, { value }]) => [name, value]));
  const hidden = values.get('hidden');
  const heads = values.get('heads');
  return hidden === undefined || heads === undefined ? values : values.set('headSize', hidden / heads);
}
