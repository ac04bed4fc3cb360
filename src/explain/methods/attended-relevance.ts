/** Relevance, handed out among the regions by how much the answer's own token looked at each of them last. */
import type { Evidence } from '../../core/explanation.ts';
import type { ExplainMethod } from '../method.ts';
import { lastAttention } from './attention.ts';
import { headImportance, relevance } from './relevance.ts';

export const unit = 'relevance';
export const scale =
  'A region’s number is its part of the photo’s relevance, by relevance² × attention; a word’s is its relevance. It cannot show evidence against the answer.';

export const explain: ExplainMethod = async ({ gradients: runGradients }) => {
  const { attention, gradients } = await runGradients();
  return {
    ...attendedRelevance(relevance(attention, gradients), lastAttention(attention)),
    headImportance: headImportance(attention, gradients),
    gradients,
    runs: 1,
  };
};

/**
 * Relevance follows attention through every layer, and so reaches context that was mixed into the regions on the way; of
 * that, what the answer was read from last keeps its weight. Of the products of powers, relevance² × attention was the
 * one that both pointed and was faithful (docs/faithfulness.md). The regions' sum stays that of relevance; where the two
 * have nothing in common, relevance stays as it is.
 */
export function attendedRelevance({ tokens, regions }: Evidence, attended: Evidence): Evidence {
  const both = regions.map((value, region) => value ** 2 * attended.regions[region]!);
  const [all, left] = [sumOf(regions), sumOf(both)];
  return { tokens, regions: left > 0 ? both.map((value) => (value / left) * all) : regions };
}

function sumOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
