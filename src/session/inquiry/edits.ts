/** How one set of edits follows from another. Pure. */
import type { Change, HeadPlace } from '../../core/explanation.ts';
import type { BoundingBox, Scene } from '../../core/types.ts';
import type { Edits } from './lab-state.ts';

export const NO_EDITS: Edits = {
  question: null,
  regions: null,
  hiddenRegions: [],
  hiddenTokens: [],
  closedHeads: [],
  removal: 'mask',
};

/** Whether the run is changed at all; how things would be taken away changes nothing by itself. */
export function hasEdits({ question, regions, hiddenRegions, hiddenTokens, closedHeads }: Edits): boolean {
  return (
    question !== null ||
    regions !== null ||
    hiddenRegions.length + hiddenTokens.length + closedHeads.length > 0
  );
}

export function changeOf({ hiddenRegions, hiddenTokens, closedHeads, removal }: Edits): Change {
  return {
    removal,
    ...(hiddenRegions.length > 0 && { hiddenRegions }),
    ...(hiddenTokens.length > 0 && { hiddenTokens }),
    ...(closedHeads.length > 0 && { closedHeads }),
  };
}

/** What makes a change and nothing else. */
export function editsOf(change: Change): Edits {
  const { hiddenRegions = [], hiddenTokens = [], closedHeads = [], removal = 'mask' } = change;
  return { ...NO_EDITS, hiddenRegions, hiddenTokens, closedHeads, removal };
}

/** Whether the edits are those that make `change`; a change lists what it hides in any order. */
export function isMade(change: Change, edits: Edits): boolean {
  return textOf(editsOf(change)) === textOf(edits);
}

function textOf({ hiddenRegions, hiddenTokens, closedHeads, ...rest }: Edits): string {
  const sorted = [hiddenRegions, hiddenTokens, closedHeads].map((list) =>
    list.map((entry) => JSON.stringify(entry)).toSorted(),
  );
  return JSON.stringify([sorted, rest.question, rest.regions, rest.removal]);
}

export function toggleRegion(edits: Edits, index: number): Partial<Edits> {
  return { hiddenRegions: toggled(edits.hiddenRegions, index) };
}

export function toggleToken(edits: Edits, index: number): Partial<Edits> {
  return { hiddenTokens: toggled(edits.hiddenTokens, index) };
}

export function toggleHead({ closedHeads }: Edits, place: HeadPlace): Partial<Edits> {
  const others = closedHeads.filter((head) => !isSameHead(head, place));
  return { closedHeads: others.length < closedHeads.length ? others : [...closedHeads, place] };
}

export function isSameHead(one: HeadPlace, other: HeadPlace): boolean {
  return one.module === other.module && one.layer === other.layer && one.head === other.head;
}

/** A box drawn by hand; it becomes the last region. */
export function addBox(edits: Edits, scene: Scene, box: BoundingBox): Partial<Edits> {
  return { regions: [...regionsOf(edits, scene), box] };
}

/** A box in another place; what was found there before is looked at anew. */
export function moveBox(edits: Edits, scene: Scene, index: number, box: BoundingBox): Partial<Edits> {
  return { regions: regionsOf(edits, scene).with(index, box) };
}

/** The regions behind it move up; the last region stays, because the model needs one. */
export function deleteBox(edits: Edits, scene: Scene, index: number): Partial<Edits> {
  const regions = regionsOf(edits, scene);
  if (regions.length === 1) return {};
  return {
    regions: regions.toSpliced(index, 1),
    hiddenRegions: edits.hiddenRegions
      .filter((hidden) => hidden !== index)
      .map((hidden) => (hidden > index ? hidden - 1 : hidden)),
  };
}

/** Another question has other words, all of them there. */
export function rewordQuestion(asked: string, text: string): Partial<Edits> {
  return { question: text.trim() === asked.trim() || text.trim() === '' ? null : text, hiddenTokens: [] };
}

function regionsOf({ regions }: Edits, scene: Scene): readonly (number | BoundingBox)[] {
  return regions ?? scene.regions.map((_, index) => index);
}

function toggled(indices: readonly number[], index: number): readonly number[] {
  return indices.includes(index)
    ? indices.filter((other) => other !== index)
    : [...indices, index].toSorted((a, b) => a - b);
}
