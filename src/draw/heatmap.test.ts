import { expect, it } from 'vitest';
import { attentionCss } from './color-map.ts';
import { shareOf, type Pen } from './heatmap.ts';
import { cellAt, drawMatrix } from './matrix.ts';

/** Records what is painted, in order. */
function recorder() {
  const painted: { color: Pen['fillStyle']; rect: number[] }[] = [];
  const pen: Pen = {
    fillStyle: '',
    fillRect(...rect: number[]) {
      painted.push({ color: pen.fillStyle, rect });
    },
  };
  return { painted, pen };
}

it('puts weights on a scale that may be empty', () => {
  expect(shareOf(0.2, 0.8)).toBe(0.25);
  expect(shareOf(0.2, 0)).toBe(0);
});

it('paints a matrix row by row and finds its cells again', () => {
  const { painted, pen } = recorder();
  const frame = { width: 30, height: 20 };
  drawMatrix(pen, { dims: [2, 3], data: new Float32Array([0, 0, 1, 0, 0, 0]) }, 1, frame);
  expect(painted).toHaveLength(6);
  expect(painted[2]?.color).toBe(attentionCss(1));
  expect(cellAt([2, 3], frame, 25, 5)).toEqual({ row: 0, column: 2 });
  expect(cellAt([2, 3], frame, 31, 5)).toBeNull();
});
