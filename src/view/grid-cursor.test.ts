import { expect, it } from 'vitest';
import { clampCell, isSameCell, nextCell } from './grid-cursor.ts';

const shape = { rows: 3, columns: 5 };

it.each([
  ['ArrowRight', false, { row: 1, column: 1 }],
  ['ArrowLeft', false, { row: 1, column: 0 }],
  ['ArrowDown', false, { row: 2, column: 0 }],
  ['ArrowUp', false, { row: 0, column: 0 }],
  ['End', false, { row: 1, column: 4 }],
  ['End', true, { row: 2, column: 4 }],
  ['Home', false, { row: 1, column: 0 }],
  ['Home', true, { row: 0, column: 0 }],
  ['Enter', false, null],
] as const)('%s (with Ctrl: %s) leads from the second row to %j', (key, ctrlKey, expected) => {
  expect(nextCell({ key, ctrlKey }, { row: 1, column: 0 }, shape)).toEqual(expected);
});

it('never leaves the grid', () => {
  const last = { row: 2, column: 4 };
  expect(nextCell({ key: 'ArrowDown', ctrlKey: false }, last, shape)).toEqual(last);
  expect(nextCell({ key: 'ArrowRight', ctrlKey: false }, last, shape)).toEqual(last);
  expect(nextCell({ key: 'ArrowDown', ctrlKey: false }, last, { rows: 0, columns: 0 })).toBeNull();
  expect(clampCell({ row: 9, column: 2 }, shape)).toEqual({ row: 2, column: 2 });
});

it('tells one cell from another, and none from any', () => {
  expect(isSameCell({ row: 1, column: 2 }, { row: 1, column: 2 })).toBe(true);
  expect(isSameCell({ row: 1, column: 2 }, { row: 2, column: 1 })).toBe(false);
  expect(isSameCell({ row: 0, column: 0 }, null)).toBe(false);
});
