/** What was found, as a person would list it: boxes of one name are one line, the most important line first. */
import type { Region, Scene } from '../../core/types.ts';
import type { RegionWeights } from '../../draw/rank-regions.ts';
import { matchesFilter } from '../../core/region-name.ts';

export interface FoundBox {
  readonly region: Region;
  /** In `Scene.regions`. */
  readonly index: number;
}

/** All boxes of one name, in the order in which they matter. */
export interface FoundThing {
  readonly label: string;
  readonly boxes: readonly [FoundBox, ...FoundBox[]];
}

/** Boxes that match the filter: with `weights`, the heaviest first, as they look on the photo; else the surest first. */
export function sortBoxes(scene: Scene, weights: RegionWeights | null, filter: string): FoundBox[] {
  const matterOf = ({ region, index }: FoundBox): number =>
    weights ? Math.abs(weights.weights[index] ?? 0) : region.score;
  return scene.regions
    .map((region, index) => ({ region, index }))
    .filter(({ region }) => matchesFilter(region, filter))
    .toSorted((a, b) => matterOf(b) - matterOf(a));
}

/** A name comes where its first box comes. */
export function groupBoxes(boxes: readonly FoundBox[]): FoundThing[] {
  const things = new Map<string, [FoundBox, ...FoundBox[]]>();
  for (const box of boxes) {
    const { label } = box.region;
    const known = things.get(label);
    if (known) known.push(box);
    else things.set(label, [box]);
  }
  return [...things].map(([label, group]) => ({ label, boxes: group }));
}
