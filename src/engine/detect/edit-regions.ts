/** A scene with boxes drawn, moved and deleted by hand: the RoI head looks at them as it does at proposals. */
import { BOX_STRIDE, clipBox } from '../../core/boxes.ts';
import { VqaError } from '../../core/errors.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import type { BoundingBox } from '../../core/types.ts';
import { classifyBoxes, type DetectedRegions } from './detect-regions.ts';
import type { Proposals } from './run-roi-head.ts';
import type { Graph } from '../runtime/runtime.ts';

/** Boxes thinner than this share of the photo hold nothing to look at. */
const LEAST_SIDE = 0.005;

/** @throws VqaError `change-invalid` for regions that are not there and boxes without an area */
export async function editRegions(
  roiHead: Graph,
  before: DetectedRegions,
  /** What the backbone saw of the photo; asked for when a box is drawn. */
  seen: () => Promise<Proposals>,
  edits: readonly (number | BoundingBox)[],
  pack: Pick<ModelPack, 'detector' | 'labels'>,
  signal: AbortSignal | undefined,
): Promise<DetectedRegions> {
  if (edits.length === 0) throw new VqaError('change-invalid', 'A photo needs one region at least.');
  const drawn = edits.filter((edit) => typeof edit !== 'number').map(checkedBox);
  const looked = drawn.length === 0 ? null : await lookAt(roiHead, await seen(), drawn, pack, signal);
  let next = 0;
  const sources = edits.map((edit) => {
    if (typeof edit === 'number') return { from: before, row: edit };
    next += 1;
    return { from: looked ?? before, row: next - 1 };
  });
  for (const { from, row } of sources) {
    if (from.regions[row]) continue;
    throw new VqaError('change-invalid', `Region ${row} of ${before.regions.length} does not exist.`);
  }
  return {
    regions: sources.map(({ from, row }) => from.regions[row]).filter((region) => region !== undefined),
    classScores: gathered(sources.map(({ from, row }) => ({ matrix: from.classScores, row }))),
    features: {
      features: gathered(sources.map(({ from, row }) => ({ matrix: from.features.features, row }))),
      boxes: gathered(sources.map(({ from, row }) => ({ matrix: from.features.boxes, row }))),
    },
  };
}

/** Drawn boxes stay as they were drawn: nothing is refined, and nothing is suppressed. */
async function lookAt(
  roiHead: Graph,
  { maps, input }: Proposals,
  drawn: readonly BoundingBox[],
  pack: Pick<ModelPack, 'detector' | 'labels'>,
  signal: AbortSignal | undefined,
): Promise<DetectedRegions> {
  const corners = drawn.flatMap(({ xmin, ymin, xmax, ymax }) => [xmin, ymin, xmax, ymax]);
  const boxes = tensor<readonly ['box', 'corner']>([drawn.length, BOX_STRIDE], Float32Array.from(corners));
  return await classifyBoxes(roiHead, { maps, boxes, input }, pack, { signal });
}

function checkedBox(box: BoundingBox): BoundingBox {
  const clipped = clipBox(box);
  const { xmin, ymin, xmax, ymax } = clipped;
  if (xmax - xmin >= LEAST_SIDE && ymax - ymin >= LEAST_SIDE) return clipped;
  const corners = [xmin, ymin, xmax, ymax].map((corner) => corner.toFixed(3)).join(', ');
  throw new VqaError(
    'change-invalid',
    `The box ${corners} is thinner than ${LEAST_SIDE * 100} % of the photo.`,
  );
}

function gathered<Column extends string>(
  rows: readonly {
    readonly matrix: Tensor<readonly ['region', Column]>;
    readonly row: number;
  }[],
): Tensor<readonly ['region', Column]> {
  const width = rows[0]?.matrix.dims[1] ?? 0;
  const data = new Float32Array(rows.length * width);
  for (const [index, { matrix, row }] of rows.entries()) {
    data.set(matrix.data.subarray(row * width, (row + 1) * width), index * width);
  }
  return tensor<readonly ['region', Column]>([rows.length, width], data);
}
