import { describe, expect, it } from 'vitest';
import { drawHeadGrid, gridSize, headAt, headRect, layOutHeads, type GridPen } from './head-grid.ts';

const grid = layOutHeads(5, 12, 240);

describe('the cells of a module', () => {
  it('fill the width, with the mean set apart', () => {
    expect(gridSize(grid)).toEqual({ width: 240, height: 90 });
    expect(headRect(grid, { row: 0, column: 0 })).toEqual({ x: 0, y: 0, width: 18, height: 18 });
    expect(headRect(grid, { row: 2, column: 1 })).toEqual({ x: 24, y: 36, width: 18, height: 18 });
  });

  it('stay within reason where there is much room or little', () => {
    expect(layOutHeads(2, 4, 900).cell).toEqual({ width: 44, height: 26 });
    expect(layOutHeads(2, 12, 136).cell).toEqual({ width: 10, height: 16 });
    expect(layOutHeads(2, 12, 0).cell.width).toBe(0);
  });

  it('are found by a point inside them, and by no other', () => {
    for (const cell of [
      { row: 0, column: 0 },
      { row: 4, column: 1 },
      { row: 3, column: 12 },
    ]) {
      const { x, y, width, height } = headRect(grid, cell);
      expect(headAt(grid, x + 0.5, y + 0.5)).toEqual(cell);
      expect(headAt(grid, x + width - 0.5, y + height - 0.5)).toEqual(cell);
    }
    expect(headAt(grid, 20, 5)).toBeNull();
    expect(headAt(grid, 241, 5)).toBeNull();
    expect(headAt(grid, 5, 91)).toBeNull();
    expect(headAt(grid, -1, 5)).toBeNull();
  });
});

interface Drawn {
  readonly fills: { readonly color: unknown; readonly x: number; readonly y: number }[];
  readonly texts: string[];
  strokes: number;
}

const nothing = () => undefined;

function recordingPen(): GridPen & Drawn {
  return {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 0,
    font: '',
    textAlign: 'start',
    textBaseline: 'alphabetic',
    fills: [],
    texts: [],
    strokes: 0,
    fillRect(x, y) {
      this.fills.push({ color: this.fillStyle, x, y });
    },
    fillText(text) {
      this.texts.push(text);
    },
    beginPath: nothing,
    moveTo: nothing,
    lineTo: nothing,
    stroke() {
      this.strokes += 1;
    },
  };
}

describe('painting', () => {
  const values = [
    [0.2, 0.4, 0.6],
    [0.2, null, 0.6],
  ];
  const wide = layOutHeads(2, 2, 120);

  it('colors from the lowest to the highest value, and writes them where there is room', () => {
    const pen = recordingPen();
    drawHeadGrid(pen, wide, { values, lowest: 0.2, highest: 0.6, isDead: () => false });
    expect(pen.texts).toEqual(['20', '40', '60', '20', '60']);
    const [mean, first, second, ...below] = pen.fills.map(({ color }) => color);
    expect(new Set([mean, first, second]).size).toBe(3);
    expect(below).toEqual([mean, second]);
  });

  it('strikes through what cannot reach the answer', () => {
    const pen = recordingPen();
    drawHeadGrid(pen, wide, { values, lowest: 0, highest: 1, isDead: (row) => row === 1 });
    expect(pen.strokes).toBe(2);
    expect(pen.texts).toEqual(['20', '40', '60']);
  });

  it('writes nothing into narrow cells', () => {
    const pen = recordingPen();
    drawHeadGrid(pen, layOutHeads(2, 2, 60), { values, lowest: 0, highest: 1, isDead: () => false });
    expect(pen.texts).toEqual([]);
    expect(pen.fills.length).toBe(5);
  });
});
