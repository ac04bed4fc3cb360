/** Runs the graph of gradients, and tests it against the golden case. */
import { VqaError } from '../../core/errors.ts';
import type { Change } from '../../core/explanation.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { tensor, withAxes } from '../../core/tensor.ts';
import type { AttentionMaps, RegionFeatures } from '../../core/types.ts';
import { languageInputs, visionInputs } from './changed-inputs.ts';
import type { GoldenCase } from '../pack/golden-case.ts';
import { gateInput, gatesWithout } from './head-gates.ts';
import type { LxmertShape } from './open-gates.ts';
import type { LaterGraphs } from '../pack/later-graphs.ts';
import type { PackGraphs } from '../pack/pack-graphs.ts';
import { runBackbone } from '../detect/run-backbone.ts';
import { runRoiHead } from '../detect/run-roi-head.ts';
import type { Graph, GraphInput, GraphOutput } from '../runtime/runtime.ts';
import { withoutBatch } from './without-batch.ts';

export interface AnswerGradients {
  readonly logits: Float32Array;
  readonly attention: AttentionMaps;
  /** Of the explained number with respect to each attention probability. */
  readonly gradients: AttentionMaps;
}

interface GradientModel {
  readonly pack: ModelPack;
  readonly graphs: PackGraphs;
  readonly later: LaterGraphs;
}

/** What one run reads. */
export interface GradientInputs {
  readonly ids: Int32Array;
  readonly features: RegionFeatures;
  readonly maskId: number;
  readonly change: Change;
  /** [answer]: the explained number is the logits weighted by this. */
  readonly target: Float32Array;
}

/** How the graph calls the kinds of attention. */
export const MAPS = [
  'language',
  'vision',
  'text_to_region',
  'region_to_text',
  'text_self',
  'region_self',
] as const;
const OUTPUTS = [
  'logits',
  ...MAPS.map((name) => `${name}_attention` as const),
  ...MAPS.map((name) => `${name}_gradient` as const),
] as const;

export async function runGradients(
  graph: Graph,
  inputs: GradientInputs,
  shape: LxmertShape,
): Promise<AnswerGradients> {
  const output = await graph.run(gradientInputs(inputs, shape), OUTPUTS);
  return {
    logits: output.logits.data,
    attention: mapsOf((name) => output[`${name}_attention`]),
    gradients: mapsOf((name) => output[`${name}_gradient`]),
  };
}

export function gradientInputs(
  { ids, features, maskId, change, target }: GradientInputs,
  shape: LxmertShape,
): Readonly<Record<string, GraphInput>> {
  const vision = visionInputs(features, [change]);
  const language = languageInputs(ids, [change], maskId);
  const gates = [gatesWithout(change.closedHeads ?? [], shape)];
  return {
    features: vision.features,
    boxes: vision.boxes,
    region_mask: vision.mask,
    token_ids: language.ids,
    token_mask: language.mask,
    language_gates: gateInput(gates, 'language', shape),
    vision_gates: gateInput(gates, 'vision', shape),
    cross_gates: gateInput(gates, 'cross', shape),
    target: tensor<readonly ['batch', 'answer']>([1, target.length], target),
  };
}

/** One tensor for each kind of attention, with the axes of its probabilities. */
export function mapsOf(read: (name: (typeof MAPS)[number]) => GraphOutput): AttentionMaps {
  const of = (name: (typeof MAPS)[number]) => withoutBatch(read(name));
  return {
    language: withAxes(['layer', 'head', 'token', 'token'], of('language')),
    vision: withAxes(['layer', 'head', 'region', 'region'], of('vision')),
    textToRegion: withAxes(['layer', 'head', 'token', 'region'], of('text_to_region')),
    regionToText: withAxes(['layer', 'head', 'region', 'token'], of('region_to_text')),
    textSelf: withAxes(['layer', 'head', 'token', 'token'], of('text_self')),
    regionSelf: withAxes(['layer', 'head', 'region', 'region'], of('region_self')),
  };
}

/** @throws VqaError `gradients-missing` when the pack has no such graph */
export function openGradients(
  { pack, graphs, later }: GradientModel,
  signal: AbortSignal | undefined,
): Promise<Graph> {
  const path = pack.lxmert.explain;
  if (path === undefined) throw new VqaError('gradients-missing', `The pack ${pack.name} has no gradients.`);
  const errorOf = (graph: Graph, golden: GoldenCase) =>
    golden.expected.gradient ? gradientError(graph, graphs, pack, golden) : Promise.resolve(0);
  return later.open(path, errorOf, signal);
}

/** The largest difference to the golden case's gradient, as a share of the largest; infinite when a value is missing. */
async function gradientError(
  graph: Graph,
  graphs: PackGraphs,
  pack: ModelPack,
  golden: GoldenCase,
): Promise<number> {
  const { detector } = pack;
  const maps = await runBackbone(graphs.backbone, golden.pixels, detector.featureMaps);
  const [, , height, width] = golden.pixels.dims;
  const seen = { maps, boxes: golden.boxes, input: { width, height } };
  const { features } = await runRoiHead(graphs.roiHead, seen, detector);
  const found = await goldenGradients(graph, features, pack, golden);
  const { gradient = [] } = golden.expected;
  const differences = gradient.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value));
  // Of trained weights they can all be small: zeros must not pass for them.
  const share = Math.max(...differences) / Math.max(...gradient.map(Math.abs));
  return Number.isNaN(share) ? Infinity : share;
}

/** Gradient of the first answer at the text-to-region attention, of regions with these features. */
export async function goldenGradients(
  graph: Graph,
  features: GraphOutput,
  { lxmert, labels }: Pick<ModelPack, 'lxmert' | 'labels'>,
  { tokenIds, boxes: { dims, data } }: Pick<GoldenCase, 'tokenIds' | 'boxes'>,
): Promise<Float32Array> {
  const target = new Float32Array(labels.answers.length);
  target[0] = 1;
  const regions = {
    features: withAxes(['region', 'feature'], features),
    boxes: tensor<readonly ['region', 'box']>(dims, data),
  };
  const inputs = { ids: tokenIds, features: regions, maskId: 0, change: {}, target };
  return (await runGradients(graph, inputs, lxmert)).gradients.textToRegion.data;
}
