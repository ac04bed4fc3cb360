import { describe, expect, it } from 'vitest';
import { fakeScene } from '../../core/testing/engine-fake-results.ts';
import {
  addBox,
  changeOf,
  deleteBox,
  editsOf,
  hasEdits,
  isMade,
  moveBox,
  NO_EDITS,
  rewordQuestion,
  toggleHead,
  toggleRegion,
} from './edits.ts';

const scene = fakeScene('photo-1');
const box = { xmin: 0.1, ymin: 0.2, xmax: 0.3, ymax: 0.9 };

describe('edits', () => {
  it('switch a region off and on again, in order', () => {
    const off = { ...NO_EDITS, ...toggleRegion({ ...NO_EDITS, hiddenRegions: [2] }, 0) };
    expect(off.hiddenRegions).toEqual([0, 2]);
    expect(toggleRegion(off, 2)).toEqual({ hiddenRegions: [0] });
  });

  it('know a head by its module, layer and place', () => {
    const head = { module: 'vision', layer: 0, head: 1 } as const;
    const closed = { ...NO_EDITS, ...toggleHead(NO_EDITS, head) };
    expect(closed.closedHeads).toEqual([head]);
    expect(toggleHead(closed, { ...head, layer: 1 }).closedHeads).toHaveLength(2);
    expect(toggleHead(closed, { ...head }).closedHeads).toEqual([]);
  });

  it('draw, move and delete boxes; what is switched off stays so', () => {
    const drawn = { ...NO_EDITS, ...addBox(NO_EDITS, scene, box), hiddenRegions: [1, 3] };
    expect(drawn.regions).toEqual([0, 1, 2, box]);
    expect(moveBox(drawn, scene, 1, box).regions).toEqual([0, box, 2, box]);
    expect(deleteBox(drawn, scene, 1)).toEqual({ regions: [0, 2, box], hiddenRegions: [2] });
  });

  it('leave the model one region', () => {
    expect(deleteBox({ ...NO_EDITS, regions: [2] }, scene, 0)).toEqual({});
  });

  it('that change nothing are none', () => {
    expect(hasEdits({ ...NO_EDITS, removal: 'zero-feature' })).toBe(false);
    expect(hasEdits({ ...NO_EDITS, regions: [0, 1, 2] })).toBe(true);
    expect(rewordQuestion('What is it?', ' What is it? ')).toEqual({ question: null, hiddenTokens: [] });
    expect(rewordQuestion('What is it?', 'Who is it?')).toEqual({ question: 'Who is it?', hiddenTokens: [] });
  });

  it('are those of a change, whatever its order, and not of another one', () => {
    const head = { module: 'vision', layer: 0, head: 1 } as const;
    const change = { hiddenRegions: [2, 0], closedHeads: [head], removal: 'mask' } as const;
    expect(isMade(change, { ...editsOf(change), hiddenRegions: [0, 2] })).toBe(true);
    expect(isMade(change, { ...editsOf(change), hiddenTokens: [1] })).toBe(false);
    expect(isMade(change, { ...editsOf(change), closedHeads: [{ ...head, head: 0 }] })).toBe(false);
    expect(isMade(change, { ...editsOf(change), removal: 'zero-feature' })).toBe(false);
  });

  it('tell the engine only what is changed', () => {
    expect(changeOf({ ...NO_EDITS, hiddenTokens: [1] })).toEqual({ removal: 'mask', hiddenTokens: [1] });
  });
});
