/** The vision side of LXMERT: once per photo, whatever is asked about it. */
import { tensor, withAxes, type Tensor } from '../../core/tensor.ts';
import type { AttentionMaps, RegionFeatures } from '../../core/types.ts';
import type { Graph } from '../runtime/runtime.ts';
import { withoutBatch } from './without-batch.ts';

export interface EncodedScene {
  readonly states: Tensor<readonly ['batch', 'region', 'hidden']>;
  /** 1 for each region. */
  readonly mask: Tensor<readonly ['batch', 'region']>;
  readonly attention: AttentionMaps['vision'];
}

export async function encodeScene(vision: Graph, { features, boxes }: RegionFeatures): Promise<EncodedScene> {
  const regions = features.dims[0];
  const mask = tensor<readonly ['batch', 'region']>([1, regions], new Float32Array(regions).fill(1));
  const output = await vision.run(
    {
      features: { dims: [1, ...features.dims], data: features.data },
      boxes: { dims: [1, ...boxes.dims], data: boxes.data },
      region_mask: mask,
    },
    ['vision_states', 'vision_attention'],
  );
  return {
    states: withAxes(['batch', 'region', 'hidden'], output.vision_states),
    mask,
    attention: withAxes(['layer', 'head', 'region', 'region'], withoutBatch(output.vision_attention)),
  };
}
