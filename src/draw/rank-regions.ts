/** Which regions are worth a line on the photo, most important first. */
import { heaviest } from '../core/attention.ts';
import { percent, weightPercent } from '../core/percent.ts';
import { matchesFilter, regionName } from '../core/region-name.ts';
import type { Scene } from '../core/types.ts';
import type { HeatScale } from './heatmap.ts';
import type { LabelledRegion } from './label-regions.ts';

/** Weights over the regions, and the weight at the light end of the scale. */
export interface RegionWeights extends HeatScale {
  readonly weights: Float32Array;
  /** What the weights are of; attention unless told otherwise. */
  readonly noun?: string;
  /** A weight as people read it; a share in per cent unless told otherwise. */
  readonly amount?: (weight: number) => string;
}

/** “12.4 %”, or whatever unit the weights have. */
export function weightAmount({ weights, amount = weightPercent }: RegionWeights, index: number): string {
  return amount(weights[index] ?? 0);
}

/** With attention on, only the most attended regions are outlined. */
const OUTLINED_BY_ATTENTION = 5;
/** Part of the scale below which a region is not worth an outline. */
const LEAST_OUTLINED = 0.2;

/** By attention where there is some, else by score, which is the order of the scene. */
export function rankRegions(
  { regions }: Scene,
  heat: RegionWeights | null,
  filter: string,
): readonly LabelledRegion[] {
  const order = heat
    ? heaviest(heat.weights.map(Math.abs), OUTLINED_BY_ATTENTION)
        .filter(({ weight }) => weight >= LEAST_OUTLINED * heat.highest)
        .map(({ index }) => index)
    : regions.map((_, index) => index);
  return order
    .map((index) => labelRegion({ regions }, heat, index))
    .filter((each) => each !== null && matchesFilter(each.region, filter))
    .filter((each) => each !== null);
}

/** A region with its words on the photo: its score, or with attention on its weight. */
export function labelRegion(
  { regions }: Pick<Scene, 'regions'>,
  heat: RegionWeights | null,
  index: number,
): LabelledRegion | null {
  const region = regions[index];
  if (!region) return null;
  const amount = heat ? weightAmount(heat, index) : percent(region.score);
  return { index, region, text: `${regionName(region)} ${amount}` };
}
