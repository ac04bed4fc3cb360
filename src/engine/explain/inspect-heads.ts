/** Scores, values and gradients of every head on the way to one answer: outputs that a gradient graph may lack. */
import { VqaError } from '../../core/errors.ts';
import type { HeadInspection, InspectHeadsParams } from '../../core/head-inspection.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { withAxes } from '../../core/tensor.ts';
import { answerIndex, targetOf, type AskedWords, type ExplainableModel } from './explain-answer.ts';
import { MAPS, gradientInputs, mapsOf, openGradients, type GradientInputs } from '../lxmert/run-gradients.ts';
import type { Graph } from '../runtime/runtime.ts';
import { runWhole, type WholeRun } from '../lxmert/run-whole.ts';
import { withoutBatch } from '../lxmert/without-batch.ts';

const OUTPUTS = [
  ...MAPS.map((name) => `${name}_scores` as const),
  ...MAPS.map((name) => `${name}_values` as const),
  ...MAPS.map((name) => `${name}_gradient` as const),
] as const;

/** @param known the run of the same question, where it is at hand */
export async function inspectHeads(
  model: ExplainableModel,
  asked: AskedWords,
  { imageId, question, ...params }: InspectHeadsParams,
  known: WholeRun | null,
  signal: AbortSignal | undefined,
): Promise<HeadInspection> {
  const { pack } = model;
  const graph = await openGradients(model, signal);
  const { logits } = known ?? (await runWhole(model, asked, {}));
  signal?.throwIfAborted();
  const answer = answerIndex(pack, params.answer, logits);
  const against = params.against === undefined ? null : answerIndex(pack, params.against, logits);
  const target = targetOf(pack, answer, against);
  const inputs = { ...asked, features: asked.scene.features, change: {}, target };
  return {
    imageId,
    question,
    answer: pack.labels.answers[answer] ?? '',
    against: against === null ? null : (pack.labels.answers[against] ?? ''),
    ...(await runHeads(graph, inputs, pack)),
  };
}

/**
 * The numbers of all heads, in one run.
 * @throws VqaError `gradients-missing` when the graph gives out gradients alone
 */
export async function runHeads(
  graph: Graph,
  inputs: GradientInputs,
  { name: packName, lxmert }: Pick<ModelPack, 'name' | 'lxmert'>,
): Promise<Pick<HeadInspection, 'scores' | 'values' | 'gradients'>> {
  if (!OUTPUTS.every((name) => graph.outputs.includes(name))) {
    throw new VqaError('gradients-missing', `The pack ${packName} does not give out what heads compute.`);
  }
  const output = await graph.run(gradientInputs(inputs, lxmert), OUTPUTS);
  const values = (name: (typeof MAPS)[number]) => withoutBatch(output[`${name}_values`]);
  return {
    scores: mapsOf((name) => output[`${name}_scores`]),
    values: {
      language: withAxes(['layer', 'head', 'token', 'value'], values('language')),
      vision: withAxes(['layer', 'head', 'region', 'value'], values('vision')),
      textToRegion: withAxes(['layer', 'head', 'region', 'value'], values('text_to_region')),
      regionToText: withAxes(['layer', 'head', 'token', 'value'], values('region_to_text')),
      textSelf: withAxes(['layer', 'head', 'token', 'value'], values('text_self')),
      regionSelf: withAxes(['layer', 'head', 'region', 'value'], values('region_self')),
    },
    gradients: mapsOf((name) => output[`${name}_gradient`]),
  };
}
