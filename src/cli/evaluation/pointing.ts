/** Where explanations point, as they are drawn: the brightest point, and how much of the light lies on what was asked about. */
import { intersectionOverUnion } from '../../core/boxes.ts';
import type { BoundingBox, ImageSize, Region, Scene } from '../../core/types.ts';
import { weightMap, type WeightMap } from '../../draw/weight-map.ts';
import { bootstrapMean, type MeanInterval } from '../../explain/bootstrap.ts';

/** Of one picture for one question, both 0..1; a picture that shows nothing points nowhere. */
export interface Pointing {
  /** 1 when the brightest point lies in one of the boxes. */
  readonly brightest: number;
  /** Share of the light inside the boxes. */
  readonly inside: number;
}

/** From this overlap on a region shows what was asked about. */
const FOUND_OVERLAP = 0.4;

export const POINTING_BASELINES = ['random', 'box-area', 'detector-confidence'] as const;

export function isFound(regions: readonly Pick<Region, 'box'>[], boxes: readonly BoundingBox[]): boolean {
  return regions.some(({ box }) => boxes.some((asked) => intersectionOverUnion(box, asked) >= FOUND_OVERLAP));
}

/** Of evidence, as the page draws it: what speaks against the answer is not lit. */
export function pointingOf(
  scene: Scene,
  weights: ArrayLike<number>,
  boxes: readonly BoundingBox[],
): Pointing {
  return measure(weightMap(scene.regions, weights, scene.size, 'spotlight'), boxes);
}

/** One region lit: any, of which the mean is taken, the largest, or the one that the detector is surest of. */
export function baselinePointings(
  scene: Scene,
  boxes: readonly BoundingBox[],
): ReadonlyMap<(typeof POINTING_BASELINES)[number], Pointing> {
  const { regions } = scene;
  const alone = regions.map((_, lit) =>
    pointingOf(
      scene,
      regions.map((__, index) => Number(index === lit)),
      boxes,
    ),
  );
  const first = (by: (region: Region) => number) => {
    const values = regions.map(by);
    return alone[values.indexOf(Math.max(...values))] ?? { brightest: 0, inside: 0 };
  };
  const mean = (of: keyof Pointing) =>
    alone.reduce((sum, each) => sum + each[of], 0) / Math.max(1, alone.length);
  return new Map([
    ['random', { brightest: mean('brightest'), inside: mean('inside') }],
    ['box-area', first(({ box }) => (box.xmax - box.xmin) * (box.ymax - box.ymin))],
    ['detector-confidence', first(({ score }) => score)],
  ]);
}

function measure(map: WeightMap, boxes: readonly BoundingBox[]): Pointing {
  const { width, height, values } = map;
  const light = values.map((value) => Math.max(0, value));
  const all = light.reduce((sum, value) => sum + value, 0);
  if (all === 0) return { brightest: 0, inside: 0 };
  const isInside = cellsInside(map, boxes);
  const most = light.reduce((a, b) => Math.max(a, b), 0);
  const brightest = [...light.keys()].filter((cell) => light[cell] === most);
  // Of a bright patch its middle.
  const [x, y] = [
    brightest.reduce((sum, cell) => sum + (cell % width), 0) / brightest.length,
    brightest.reduce((sum, cell) => sum + Math.floor(cell / width), 0) / brightest.length,
  ];
  const point = Math.min(height - 1, Math.round(y)) * width + Math.min(width - 1, Math.round(x));
  return {
    brightest: Number(isInside[point] ?? false),
    inside: light.reduce((sum, value, cell) => sum + (isInside[cell] ? value : 0), 0) / all,
  };
}

/** Cells whose middle lies in a box; of a box between the middles the cell that it is in. */
function cellsInside({ width, height }: ImageSize, boxes: readonly BoundingBox[]): readonly boolean[] {
  const inside = Array.from({ length: width * height }, () => false);
  for (const { xmin, ymin, xmax, ymax } of boxes) {
    const xs = middles(xmin * width, xmax * width, width);
    for (const y of middles(ymin * height, ymax * height, height))
      for (const x of xs) inside[y * width + x] = true;
  }
  return inside;
}

function middles(from: number, to: number, cells: number): readonly number[] {
  const all = [...Array(cells).keys()].filter((cell) => cell + 0.5 >= from && cell + 0.5 <= to);
  return all.length > 0 ? all : [Math.max(0, Math.min(cells - 1, Math.floor((from + to) / 2)))];
}

/** One question: what each way of explaining points at. */
export interface PointedQuestion {
  readonly photo: string;
  readonly question: string;
  readonly answer: string;
  readonly isFound: boolean;
  readonly pointings: ReadonlyMap<string, Pointing>;
}

/** A table over all questions and one over those whose thing was found; best pointer of the second first. */
export function pointingLines(questions: readonly PointedQuestion[]): readonly string[] {
  const found = questions.filter((question) => question.isFound);
  const ways = [...(questions[0]?.pointings.keys() ?? [])];
  const valuesOf = (among: readonly PointedQuestion[], way: string, of: keyof Pointing) =>
    among.map(({ pointings }) => pointings.get(way)?.[of] ?? 0);
  const cell = (among: readonly PointedQuestion[], way: string, of: keyof Pointing) =>
    among.length === 0 ? '–' : intervalText(bootstrapMean(valuesOf(among, way, of)));
  const basis = found.length > 0 ? found : questions;
  const sumOf = (way: string) =>
    valuesOf(basis, way, 'brightest').reduce((sum, value) => sum + value, 0) +
    valuesOf(basis, way, 'inside').reduce((sum, value) => sum + value, 0) / 1e3;
  const rows = ways
    .toSorted((a, b) => sumOf(b) - sumOf(a))
    .map((way) => [
      way,
      cell(questions, way, 'brightest'),
      cell(questions, way, 'inside'),
      cell(found, way, 'brightest'),
      cell(found, way, 'inside'),
    ]);
  const table = [
    ['explanation', 'all: brightest', 'all: inside', 'found: brightest', 'found: inside'],
    ...rows,
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return [
    `${questions.length} questions, ${found.length} of them about something that was found`,
    ...table.map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ];
}

function intervalText({ mean, low, high }: MeanInterval): string {
  return `${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
