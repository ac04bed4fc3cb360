import { expect, it } from 'vitest';
import { drawCrops } from './crops.ts';

it('cuts the middle square out of each region and lays them out row by row', () => {
  const photo = { width: 600, height: 400 };
  const cuts: number[][] = [];
  drawCrops(
    { drawImage: (_photo, ...numbers) => void cuts.push(numbers) },
    photo,
    [
      { box: { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.25 } },
      { box: { xmin: 0.5, ymin: 0.5, xmax: 0.75, ymax: 1 } },
      { box: { xmin: 0, ymin: 0, xmax: 1, ymax: 1 } },
    ],
    { columns: 2, size: { width: 40, height: 40 } },
  );
  expect(cuts).toEqual([
    [100, 0, 100, 100, 0, 0, 19, 19],
    [300, 225, 150, 150, 20, 0, 19, 19],
    [100, 0, 400, 400, 0, 20, 19, 19],
  ]);
});
