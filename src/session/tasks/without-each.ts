/** What a score loses when one thing is taken out of the photo, for every thing: evidence for tasks without gradients. */
import { intersectionOverUnion } from '../../core/boxes.ts';
import type { Steps } from '../../core/engine.ts';
import type { Region } from '../../core/types.ts';

/** Boxes of one name that overlap by this much are one thing, which is taken away whole. */
const SAME_THING_IOU = 0.5;

/** The regions of each thing, best first; things in the order of their best regions. */
export function thingsOf(regions: readonly Region[], left: (region: number) => boolean): readonly number[][] {
  const things: number[][] = [];
  for (const [index, { box, label }] of regions.entries()) {
    if (!left(index)) continue;
    const same = things.find(([first = -1]) => {
      const other = regions[first];
      return other?.label === label && intersectionOverUnion(other.box, box) >= SAME_THING_IOU;
    });
    if (same) same.push(index);
    else things.push([index]);
  }
  return things;
}

/**
 * @param whole the scores with everything there
 * @param scoresWithout the same scores without some regions
 * @returns for each score its losses, [region]; the best region of a thing bears the loss of the thing
 */
export async function withoutEach(
  regions: readonly Region[],
  things: readonly number[][],
  whole: readonly number[],
  scoresWithout: (hiddenRegions: readonly number[]) => Promise<readonly number[]>,
  tell: (steps: Steps) => void,
): Promise<readonly Float32Array[]> {
  const evidence = whole.map(() => new Float32Array(regions.length));
  for (const [done, thing] of things.entries()) {
    const scores = await scoresWithout(thing);
    for (const [place, losses] of evidence.entries()) {
      losses[thing[0] ?? 0] = (whole[place] ?? 0) - (scores[place] ?? 0);
    }
    tell({ done: done + 1, total: things.length });
  }
  return evidence;
}
