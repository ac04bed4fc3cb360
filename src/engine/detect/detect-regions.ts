/** The detector: proposals from the whole photo, then one look at each proposal. */
import { BOX_STRIDE, WHOLE_IMAGE, boxAt, clipBox, orderByScore, suppressOverlaps } from '../../core/boxes.ts';
import { calibratedScore } from '../../core/pack/calibrated-score.ts';
import type { DetectorSettings, ProposalRule } from '../../core/pack/detector-settings.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { tensor, withAxes, type Tensor } from '../../core/tensor.ts';
import type { ImageSize, Region, RegionFeatures } from '../../core/types.ts';
import { checkLabelCount } from '../pack/check-labels.ts';
import { runBackbone, type StepOptions } from './run-backbone.ts';
import { runRoiHead, type Boxes, type Proposals, type RoiOutputs } from './run-roi-head.ts';
import type { Graph, GraphOutput } from '../runtime/runtime.ts';
import { selectRegions } from './select-regions.ts';

type Pixels = Tensor<readonly ['batch', 'channel', 'row', 'column']>;

export interface DetectedRegions {
  readonly regions: readonly Region[];
  /** Of the regions. */
  readonly classScores: Tensor<readonly ['region', 'class']>;
  readonly features: RegionFeatures;
}

export async function proposeRegions(
  backbone: readonly Graph[],
  pixels: Pixels,
  detector: DetectorSettings,
  photo: ImageSize,
  options: StepOptions = {},
): Promise<Proposals> {
  const wanted = ['proposal_boxes', 'proposal_scores', ...detector.featureMaps];
  const { proposal_boxes, proposal_scores, ...maps } = await runBackbone(backbone, pixels, wanted, options);
  const boxes = withAxes(['proposal', 'corner'], required(proposal_boxes));
  const scores = withAxes(['proposal'], required(proposal_scores));
  const [, , height, width] = pixels.dims;
  return {
    maps,
    boxes: selectProposals(boxes.data, scores.data, detector.proposals, photo),
    input: { width, height },
  };
}

export async function classifyRegions(
  roiHead: Graph,
  proposals: Proposals,
  { detector, labels }: Pick<ModelPack, 'detector' | 'labels'>,
  options: StepOptions = {},
): Promise<DetectedRegions> {
  const output = await runRoiHead(roiHead, proposals, detector, options);
  const shown =
    detector.regions.boxes === 'refined'
      ? withAxes(['box', 'corner'], output.refined_boxes)
      : withAxes(['box', 'corner'], proposals.boxes);
  const classScores = withAxes(['box', 'class'], output.class_scores);
  const best = bestClasses(classScores);
  const kept = selectRegions(shown.data, classScores, best.scores, detector.regions);
  return describeRows(output, shown, kept, { detector, labels });
}

/** Every box as a region of its own, where it is and in the order given. */
export async function classifyBoxes(
  roiHead: Graph,
  proposals: Proposals,
  pack: Pick<ModelPack, 'detector' | 'labels'>,
  options: StepOptions = {},
): Promise<DetectedRegions> {
  const output = await runRoiHead(roiHead, proposals, pack.detector, options);
  const all = Array.from({ length: proposals.boxes.dims[0] }, (_, row) => row);
  return describeRows(output, proposals.boxes, all, pack);
}

/** @param kept rows of the head's outputs, and of the boxes `shown` */
function describeRows(
  output: RoiOutputs,
  shown: Boxes,
  kept: readonly number[],
  { detector, labels }: Pick<ModelPack, 'detector' | 'labels'>,
): DetectedRegions {
  const classScores = withAxes(['box', 'class'], output.class_scores);
  const attributeScores = withAxes(['box', 'attribute'], output.attribute_scores);
  const features = withAxes(['box', 'feature'], output.features);
  checkLabelCount(labels, 'objects', classScores.dims[1]);
  checkLabelCount(labels, 'attributes', attributeScores.dims[1]);
  const best = bestClasses(classScores);
  return {
    regions: kept.map((row) => ({
      box: clipBox(boxAt(shown.data, row)),
      label: labels.objects[best.classes[row] ?? -1] ?? '',
      score: calibratedScore(best.scores[row] ?? 0, detector.scoreCalibration),
      attributes: attributesOf(
        rowOf(attributeScores, row),
        labels.attributes,
        detector.regions.attributeMinScore,
      ),
    })),
    classScores: tensor<readonly ['region', 'class']>(
      [kept.length, classScores.dims[1]],
      pickRows(classScores, kept),
    ),
    features: {
      features: tensor<readonly ['region', 'feature']>(
        [kept.length, features.dims[1]],
        pickRows(features, kept),
      ),
      boxes: tensor<readonly ['region', 'box']>([kept.length, BOX_STRIDE], pickRows(shown, kept)),
    },
  };
}

/** Sorted, above the least score and size, without near-duplicates, at most `count`; the whole image if there is none. */
export function selectProposals(
  boxes: Float32Array,
  scores: Float32Array,
  { candidates, count, minScore, nmsIou, minSidePixels }: ProposalRule,
  photo: ImageSize,
): Boxes {
  const sides = (index: number): [number, number] => {
    const { xmin, ymin, xmax, ymax } = boxAt(boxes, index);
    return [(xmax - xmin) * photo.width, (ymax - ymin) * photo.height];
  };
  const isLarge = (index: number): boolean => sides(index).every((side) => side >= (minSidePixels ?? 0));
  const isEmpty = (index: number): boolean => sides(index).some((side) => side <= 0);
  const order = orderByScore(scores)
    .filter((index) => (scores[index] ?? 0) >= (minScore ?? -Infinity) && isLarge(index))
    .slice(0, candidates ?? scores.length)
    // Empty ones do count among the candidates, as they do in the code that the weights were trained with.
    .filter((index) => minSidePixels === null || !isEmpty(index));
  const { kept } = suppressOverlaps(boxes, order, { maxIou: nmsIou, count });
  if (kept.length === 0) {
    const { xmin, ymin, xmax, ymax } = WHOLE_IMAGE;
    return tensor<readonly ['box', 'corner']>([1, BOX_STRIDE], Float32Array.of(xmin, ymin, xmax, ymax));
  }
  const all = tensor<readonly ['box', 'corner']>([scores.length, BOX_STRIDE], boxes);
  return tensor<readonly ['box', 'corner']>([kept.length, BOX_STRIDE], pickRows(all, kept));
}

function bestClasses(scores: Tensor<readonly ['box', 'class']>): {
  classes: Int32Array;
  scores: Float32Array;
} {
  const [rows, width] = scores.dims;
  const best = { classes: new Int32Array(rows), scores: new Float32Array(rows) };
  for (let row = 0; row < rows; row += 1) {
    let highest = row * width;
    for (let i = highest + 1; i < (row + 1) * width; i += 1) {
      if (scores.data[i]! > scores.data[highest]!) highest = i;
    }
    best.classes[row] = highest - row * width;
    best.scores[row] = scores.data[highest]!;
  }
  return best;
}

function attributesOf(
  scores: Float32Array,
  names: readonly string[],
  minScore: number,
): Region['attributes'] {
  return orderByScore(scores)
    .map((index) => ({ label: names[index] ?? '', score: scores[index] ?? 0 }))
    .filter(({ score }) => score >= minScore);
}

function rowOf({ dims: [, width], data }: Tensor<readonly [string, string]>, row: number): Float32Array {
  return data.subarray(row * width, (row + 1) * width);
}

function pickRows(matrix: Tensor<readonly [string, string]>, rows: readonly number[]): Float32Array {
  const width = matrix.dims[1];
  const picked = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) picked.set(rowOf(matrix, row), index * width);
  return picked;
}

function required(output: GraphOutput | undefined): GraphOutput {
  if (output === undefined) throw new RangeError('the backbone gave no proposals');
  return output;
}
