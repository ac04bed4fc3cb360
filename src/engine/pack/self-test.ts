/** Runs a pack's golden case through all its graphs, to learn whether a backend computes what it should. */
import { scoresOf } from '../../core/answers.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { GoldenCase } from './golden-case.ts';
import type { PackGraphs, UsePart } from './pack-graphs.ts';
import { runBackbone } from '../detect/run-backbone.ts';
import { runRoiHead } from '../detect/run-roi-head.ts';
import type { GraphInput, GraphOutput } from '../runtime/runtime.ts';

/** What a backend gives for a golden case. */
export interface GoldenRun {
  readonly proposalScores: Float32Array;
  readonly classScores: Float32Array;
  /** Of the golden boxes, [box, feature]. */
  readonly features: GraphOutput;
  readonly logits: Float32Array;
}

/**
 * @returns the largest difference to the golden case, in probability; infinite when a value is missing or not a number
 */
export async function selfTest(
  graphs: PackGraphs,
  { detector, scores }: Pick<ModelPack, 'detector' | 'scores'>,
  golden: GoldenCase,
): Promise<number> {
  const { expected } = golden;
  const found = await runGoldenCase((part, work) => work(graphs[part]), { detector }, golden);
  return Math.max(
    largestDifference(
      found.proposalScores.subarray(0, expected.proposalScoresHead.length),
      expected.proposalScoresHead,
    ),
    largestDifference(found.classScores, expected.classScores),
    largestDifference(scoresOf(found.logits, scores), scoresOf(expected.logits, scores)),
  );
}

export async function runGoldenCase(
  use: UsePart,
  { detector }: Pick<ModelPack, 'detector'>,
  golden: Pick<GoldenCase, 'pixels' | 'boxes' | 'tokenIds'>,
): Promise<GoldenRun> {
  const wanted = ['proposal_scores', ...detector.featureMaps];
  const proposed = await use('backbone', (backbone) => runBackbone(backbone, golden.pixels, wanted));
  const { proposal_scores, ...maps } = proposed;
  const [, , height, width] = golden.pixels.dims;
  const proposals = { maps, boxes: golden.boxes, input: { width, height } };
  const classified = await use('roiHead', (roiHead) => runRoiHead(roiHead, proposals, detector));
  const logits = await answerLogits(use, golden, classified.features);
  return {
    proposalScores: proposal_scores?.data ?? new Float32Array(0),
    classScores: classified.class_scores.data,
    features: classified.features,
    logits: logits.data,
  };
}

async function answerLogits(
  use: UsePart,
  golden: Pick<GoldenCase, 'boxes' | 'tokenIds'>,
  features: GraphOutput,
): Promise<GraphOutput> {
  const regionMask = ones(golden.boxes.dims[0]);
  const tokenMask = ones(golden.tokenIds.length);
  const regions = { features: batched(features), boxes: batched(golden.boxes), region_mask: regionMask };
  const { vision_states } = await use('vision', (vision) => vision.run(regions, ['vision_states']));
  const tokenIds = { dims: [1, golden.tokenIds.length], data: golden.tokenIds };
  const { language_states } = await use('language', (language) =>
    language.run({ token_ids: tokenIds, token_mask: tokenMask }, ['language_states']),
  );
  const states = { language_states, token_mask: tokenMask, vision_states, region_mask: regionMask };
  const { logits } = await use('cross', (cross) => cross.run(states, ['logits']));
  return logits;
}

/** Infinite when a value is missing or not a number. */
export function largestDifference(
  actual: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
): number {
  if (actual?.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const difference = Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? 0));
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  }
  return largest;
}

function batched({ dims, data }: { dims: readonly number[]; data: Float32Array }): GraphInput {
  return { dims: [1, ...dims], data };
}

function ones(count: number): GraphInput {
  return { dims: [1, count], data: new Float32Array(count).fill(1) };
}
