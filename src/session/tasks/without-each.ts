/** What a score loses when one thing is taken out of the photo, for every thing: evidence for tasks without gradients. */
import type { Steps } from '../../core/engine.ts';
import { thingsOf } from '../../core/things.ts';
import type { Region } from '../../core/types.ts';

/**
 * @param whole the scores with everything there, or with all but `hidden`
 * @param scoresWithout the same scores without some regions
 * @returns for each score its losses, [region]; the best region of a thing bears the loss of the thing
 */
export async function withoutEach(
  regions: readonly Region[],
  whole: readonly number[],
  scoresWithout: (hiddenRegions: readonly number[]) => Promise<readonly number[]>,
  tell: (steps: Steps) => void,
  hidden: readonly number[] = [],
): Promise<readonly Float32Array[]> {
  const things = thingsOf(regions)
    .map((thing) => thing.filter((region) => !hidden.includes(region)))
    .filter((thing) => thing.length > 0);
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
