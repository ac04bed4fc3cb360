/** Runs a pack's golden case through all its graphs, to learn whether a backend computes what it should. */
import { scoresOf } from '../../core/answers.ts';
import type { ModelPack, TaskHead } from '../../core/pack/pack.ts';
import { waveData, type GoldenCase } from './golden-case.ts';
import type { PackGraphs, UsePart } from './pack-graphs.ts';
import { runBackbone } from '../detect/run-backbone.ts';
import { runRoiHead } from '../detect/run-roi-head.ts';
import type { Graph, GraphInput, GraphOutput } from '../runtime/runtime.ts';

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

/** Tokens or regions whose states the golden case makes up. */
const STATES = 3;

const HEAD_AXES: Readonly<
  Record<TaskHead, { readonly inputs: readonly string[]; readonly output: string; readonly states: number }>
> = {
  matching: { inputs: ['pooled'], output: 'match_logits', states: 0 },
  twoPhotos: { inputs: ['pooled_left', 'pooled_right'], output: 'truth_logits', states: 0 },
  maskedWords: { inputs: ['text_states'], output: 'word_logits', states: STATES },
  maskedObjects: { inputs: ['region_states'], output: 'class_logits', states: STATES },
};

/** @returns the largest difference of a head's logits to the golden case; infinite when it has none of this head */
export async function headError(
  graph: Graph,
  head: TaskHead,
  pack: Pick<ModelPack, 'lxmert'>,
  { expected }: GoldenCase,
): Promise<number> {
  const wanted = expected.heads[head];
  if (wanted === undefined) return Infinity;
  const found = await headLogits(graph, head, pack);
  return largestDifference(found.subarray(0, wanted.length), wanted);
}

/** A head's first output for made-up states. */
export async function headLogits(
  graph: Graph,
  head: TaskHead,
  { lxmert: { hiddenSize } }: Pick<ModelPack, 'lxmert'>,
): Promise<Float32Array> {
  const { inputs, output, states } = HEAD_AXES[head];
  const length = Math.max(states, 1) * hiddenSize;
  const dims = states === 0 ? [1, hiddenSize] : [1, states, hiddenSize];
  const given = inputs.map(
    (name, place) => [name, { dims, data: waveData(length, place * length) }] as const,
  );
  const { [output]: found } = await graph.run(Object.fromEntries(given), [output]);
  return found?.data ?? new Float32Array(0);
}

function largestDifference(actual: ArrayLike<number> | undefined, expected: ArrayLike<number>): number {
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
