import { expect, it } from 'vitest';
import { regionAt, toPixels } from './frame.ts';

const table = { xmin: 0, ymin: 0.4, xmax: 1, ymax: 1 };
const cup = { xmin: 0.4, ymin: 0.3, xmax: 0.6, ymax: 0.7 };

it('scales a box by width and height separately', () => {
  expect(toPixels(table, { width: 300, height: 100 })).toEqual({ x: 0, y: 40, width: 300, height: 60 });
});

it('finds the smallest box around a point', () => {
  expect(regionAt([table, cup], 0.5, 0.5)).toBe(1);
  expect(regionAt([table, cup], 0.1, 0.9)).toBe(0);
  expect(regionAt([table, cup], 0.1, 0.1)).toBe(-1);
});
