import { expect, it } from 'vitest';
import { attentionCss, evidenceCss } from './color-map.ts';
import { drawHeatmap, shareOf, type Pen } from './heatmap.ts';
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

it('paints the strongest box last, over the lowest colour', () => {
  const { painted, pen } = recorder();
  const boxes = [
    { xmin: 0, ymin: 0, xmax: 0.5, ymax: 1 },
    { xmin: 0.25, ymin: 0, xmax: 1, ymax: 0.5 },
  ];
  drawHeatmap(pen, boxes, new Float32Array([0.4, 0.1]), 0.4, { width: 200, height: 100 });
  expect(painted).toEqual([
    { color: attentionCss(0), rect: [0, 0, 200, 100] },
    { color: attentionCss(0.25), rect: [50, 0, 150, 50] },
    { color: attentionCss(1), rect: [0, 0, 100, 100] },
  ]);
});

it('paints the strongest evidence last, whatever its sign', () => {
  const { painted, pen } = recorder();
  const boxes = [
    { xmin: 0, ymin: 0, xmax: 0.5, ymax: 1 },
    { xmin: 0.25, ymin: 0, xmax: 1, ymax: 0.5 },
  ];
  drawHeatmap(pen, boxes, new Float32Array([-0.4, 0.1]), 0.4, { width: 200, height: 100 }, true);
  expect(painted.map(({ color }) => color)).toEqual([evidenceCss(0), evidenceCss(0.25), evidenceCss(-1)]);
});

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
