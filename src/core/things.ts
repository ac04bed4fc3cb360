/** Regions that are one thing: a detector often draws several boxes around it. */
import { boxArea, intersectionOverUnion } from './boxes.ts';
import type { Region } from './types.ts';

/** Indices into the regions. */
export type Thing = readonly number[];

const SAME_THING = 0.5;

/**
 * Regions of one name that overlap by half are one thing. Each region belongs to one; whoever comes first in `regions`
 * decides, so that a chain of boxes along a shelf does not become one.
 */
export function thingsOf(regions: readonly Pick<Region, 'label' | 'box'>[]): readonly Thing[] {
  const things: number[][] = [];
  for (const [index, { label, box }] of regions.entries()) {
    const own = things.find(([first = 0]) => {
      const other = regions[first];
      return other?.label === label && intersectionOverUnion(other.box, box) >= SAME_THING;
    });
    if (own) own.push(index);
    else things.push([index]);
  }
  return things;
}

export interface WeighedThing {
  /** The region of it with the most weight; of equal ones the smallest. */
  readonly index: number;
  readonly regions: Thing;
  /** Of all its regions together. */
  readonly weight: number;
  /** Of all that the weights of all things say, whatever the signs: -1..1. */
  readonly share: number;
}

/** The things with their weights added up, the strongest first, whichever its sign. */
export function weighThings(
  regions: readonly Pick<Region, 'label' | 'box'>[],
  weights: ArrayLike<number>,
): readonly WeighedThing[] {
  const weightOf = (index: number) => weights[index] ?? 0;
  const things = thingsOf(regions).map((members) => {
    const ordered = members.toSorted(
      (a, b) =>
        Math.abs(weightOf(b)) - Math.abs(weightOf(a)) || boxArea(regions[a]!.box) - boxArea(regions[b]!.box),
    );
    return {
      index: ordered[0]!,
      regions: ordered,
      weight: ordered.reduce((sum, index) => sum + weightOf(index), 0),
    };
  });
  const all = things.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  return things
    .map(({ index, regions: own, weight }) => ({
      index,
      regions: own,
      weight,
      share: all > 0 ? weight / all : 0,
    }))
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
}

/** Below this share the strongest thing is not worth a picture, nor a sentence: nothing in particular. */
export const LEAST_SHARE = 0.08;
