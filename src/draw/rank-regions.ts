/** Which regions are worth a line on the photo, most important first. */
import { percent, weightPercent } from '../core/percent.ts';
import { matchesFilter, regionName } from '../core/region-name.ts';
import { LEAST_SHARE, weighThings } from '../core/things.ts';
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

/** With weights on, only the strongest things are outlined and named. */
const NAMED_THINGS = 3;

/** The strongest things where there are weights, each by one region and with its weights added up; else by score. */
export function rankRegions(
  { regions }: Scene,
  heat: RegionWeights | null,
  filter: string,
): readonly LabelledRegion[] {
  const ranked = heat
    ? weighThings(regions, heat.weights)
        .filter(({ share }) => Math.abs(share) >= LEAST_SHARE)
        .slice(0, NAMED_THINGS)
        .map(({ index, share }) => ({ index, text: `${regionName(regions[index]!)} ${sharePercent(share)}` }))
    : regions.map((region, index) => ({ index, text: `${regionName(region)} ${percent(region.score)}` }));
  return ranked
    .map(({ index, text }) => ({ index, text, region: regions[index]! }))
    .filter(({ region }) => matchesFilter(region, filter));
}

/** “62 %”; “−12 %” of what speaks against. */
export function sharePercent(share: number): string {
  return `${share < 0 ? '−' : ''}${percent(Math.abs(share))}`;
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
