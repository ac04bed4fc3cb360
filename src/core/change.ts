/** Changes of a run: what they hide, put together, and checked before a model sees them. */
import type { Change } from './explanation.ts';
import { VqaError } from './errors.ts';
import { createRandom, shuffled } from './random.ts';
import type { Token } from './types.ts';

export const NO_CHANGE: Change = {};

/** Whether a run with this change is the plain one. */
export function changesNothing({
  hiddenRegions = [],
  hiddenTokens = [],
  closedHeads = [],
  shuffledBoxes,
}: Change): boolean {
  const changed = hiddenRegions.length + hiddenTokens.length + closedHeads.length;
  return changed === 0 && shuffledBoxes === undefined;
}

/** Both changes at once; where they differ in how or in what order, the second one's. */
export function bothChanges(first: Change, second: Change): Change {
  return {
    hiddenRegions: union(first.hiddenRegions, second.hiddenRegions),
    hiddenTokens: union(first.hiddenTokens, second.hiddenTokens),
    removal: second.removal ?? first.removal,
    closedHeads: [...(first.closedHeads ?? []), ...(second.closedHeads ?? [])],
    shuffledBoxes: second.shuffledBoxes ?? first.shuffledBoxes,
  };
}

function union(first: readonly number[] = [], second: readonly number[] = []): readonly number[] {
  return [...new Set([...first, ...second])];
}

/** Tokens that can be hidden: all but [CLS] and [SEP]. */
export function hideableTokens(tokens: readonly Token[]): readonly number[] {
  return [...tokens.keys()].filter((index) => tokens[index]?.kind !== 'special');
}

/** @throws VqaError `change-invalid`, naming what is not there or cannot be hidden */
export function checkChange(change: Change, regions: number, tokens: readonly Token[]): void {
  for (const region of change.hiddenRegions ?? []) {
    if (!(Number.isInteger(region) && region >= 0 && region < regions)) {
      throw new VqaError('change-invalid', `Region ${region} of ${regions} does not exist.`);
    }
  }
  const hideable = hideableTokens(tokens);
  for (const token of change.hiddenTokens ?? []) {
    if (!hideable.includes(token)) throw new VqaError('change-invalid', `Token ${token} cannot be hidden.`);
  }
}

/** Whose box each of `regions` regions is given. */
export function boxOwners({ shuffledBoxes }: Change, regions: number): readonly number[] {
  const own = Array.from({ length: regions }, (_, region) => region);
  return shuffledBoxes === undefined ? own : shuffled(own, createRandom(shuffledBoxes));
}
