/** How whoever tests an answer runs the model: changes in, logits out, as they come. */
import type { Change } from '../core/explanation.ts';

export interface ChangedRun {
  /** Of the change in the list. */
  readonly index: number;
  /** [answer] */
  readonly logits: Float32Array;
}

/** Each change once, in whatever order; several may be computed together, and the caller may stop between any two. */
export type RunChanges = (changes: readonly Change[]) => AsyncIterable<ChangedRun>;

/** The same, but a change that has been run before, in whatever order it lists what it hides, is not run again. */
export function remembering(run: RunChanges): RunChanges {
  const known = new Map<string, Float32Array>();
  return async function* remembered(changes) {
    const firsts = new Map<string, number[]>();
    for (const [index, change] of changes.entries()) {
      const key = keyOf(change);
      const logits = known.get(key);
      if (logits) yield { index, logits };
      else firsts.set(key, [...(firsts.get(key) ?? []), index]);
    }
    const places = [...firsts.values()];
    const fresh = places.map(([first = 0]) => changes[first]!);
    for await (const { index, logits } of run(fresh)) {
      known.set(keyOf(fresh[index]!), logits);
      for (const place of places[index] ?? []) yield { index: place, logits };
    }
  };
}

function keyOf({ hiddenRegions = [], hiddenTokens = [], ...rest }: Change): string {
  // Nothing hidden is nothing hidden, by whatever removal.
  const isWhole = hiddenRegions.length + hiddenTokens.length === 0;
  return JSON.stringify([
    sorted(hiddenRegions),
    sorted(hiddenTokens),
    isWhole ? { ...rest, removal: null } : rest,
  ]);
}

function sorted(list: readonly number[]): readonly number[] {
  return list.toSorted((a, b) => a - b);
}
