/** The cross encoder of LXMERT: a question meets a photo. */
import { withAxes, type Tensor } from '../../core/tensor.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { runCross, type CrossInputs } from './cross-encoder.ts';
import type { Graph, GraphInput } from '../runtime/runtime.ts';
import { withoutBatch } from './without-batch.ts';

const OUTPUTS = [
  'logits',
  'text_to_region_attention',
  'region_to_text_attention',
  'text_self_attention',
  'region_self_attention',
] as const;

export interface PredictedAnswer {
  readonly logits: Tensor<readonly ['answer']>;
  readonly attention: Pick<AttentionMaps, 'textToRegion' | 'regionToText' | 'textSelf' | 'regionSelf'>;
}

export async function predictAnswer(
  cross: Graph,
  inputs: CrossInputs,
  gates: Readonly<Record<string, GraphInput>> = {},
): Promise<PredictedAnswer> {
  const output = await runCross(cross, inputs, OUTPUTS, gates);
  const { text_to_region_attention, region_to_text_attention } = output;
  return {
    logits: withAxes(['answer'], withoutBatch(output.logits)),
    attention: {
      textToRegion: withAxes(['layer', 'head', 'token', 'region'], withoutBatch(text_to_region_attention)),
      regionToText: withAxes(['layer', 'head', 'region', 'token'], withoutBatch(region_to_text_attention)),
      textSelf: withAxes(['layer', 'head', 'token', 'token'], withoutBatch(output.text_self_attention)),
      regionSelf: withAxes(['layer', 'head', 'region', 'region'], withoutBatch(output.region_self_attention)),
    },
  };
}
