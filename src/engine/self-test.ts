/** Runs a pack's golden case through all its graphs, to learn whether a backend computes what Python computed. */
import { scoresOf } from '../core/answers.ts';
import type { ModelPack, TaskHead } from '../core/pack.ts';
import { waveData, type GoldenCase } from './golden-case.ts';
import type { PackGraphs } from './pack-graphs.ts';
import { runBackbone } from './run-backbone.ts';
import { runRoiHead } from './run-roi-head.ts';
import type { Graph, GraphInput, GraphOutput } from './runtime.ts';

/**
 * @returns the largest difference to the golden case, in probability; infinite when a value is missing or not a number
 */
export async function selfTest(
  graphs: PackGraphs,
  { detector, scores }: Pick<ModelPack, 'detector' | 'scores'>,
  golden: GoldenCase,
): Promise<number> {
  const { expected } = golden;
  const wanted = ['proposal_scores', ...detector.featureMaps];
  const { proposal_scores, ...maps } = await runBackbone(graphs.backbone, golden.pixels, wanted);
  const [, , height, width] = golden.pixels.dims;
  const proposals = { maps, boxes: golden.boxes, input: { width, height } };
  const classified = await runRoiHead(graphs.roiHead, proposals, detector);
  const logits = await answerLogits(graphs, golden, classified.features);
  return Math.max(
    largestDifference(
      proposal_scores?.data.subarray(0, expected.proposalScoresHead.length),
      expected.proposalScoresHead,
    ),
    largestDifference(classified.class_scores.data, expected.classScores),
    largestDifference(scoresOf(logits.data, scores), scoresOf(expected.logits, scores)),
  );
}

async function answerLogits(
  graphs: PackGraphs,
  golden: GoldenCase,
  features: GraphOutput,
): Promise<GraphOutput> {
  const regionMask = ones(golden.boxes.dims[0]);
  const tokenMask = ones(golden.tokenIds.length);
  const { vision_states } = await graphs.vision.run(
    { features: batched(features), boxes: batched(golden.boxes), region_mask: regionMask },
    ['vision_states'],
  );
  const { language_states } = await graphs.language.run(
    { token_ids: { dims: [1, golden.tokenIds.length], data: golden.tokenIds }, token_mask: tokenMask },
    ['language_states'],
  );
  const { logits } = await graphs.cross.run(
    { language_states, token_mask: tokenMask, vision_states, region_mask: regionMask },
    ['logits'],
  );
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
  { lxmert: { hiddenSize } }: Pick<ModelPack, 'lxmert'>,
  { expected }: GoldenCase,
): Promise<number> {
  const wanted = expected.heads[head];
  if (wanted === undefined) return Infinity;
  const { inputs, output, states } = HEAD_AXES[head];
  const length = Math.max(states, 1) * hiddenSize;
  const dims = states === 0 ? [1, hiddenSize] : [1, states, hiddenSize];
  const given = inputs.map(
    (name, place) => [name, { dims, data: waveData(length, place * length) }] as const,
  );
  const { [output]: found } = await graph.run(Object.fromEntries(given), [output]);
  return largestDifference(found?.data.subarray(0, wanted.length), wanted);
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
