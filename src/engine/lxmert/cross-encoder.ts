/** The inputs of LXMERT's cross encoder, where a text meets a photo; what is read off it differs by task. */
import type { Tensor } from '../../core/tensor.ts';
import type { Graph, GraphInput, GraphOutput } from '../runtime/runtime.ts';

export interface CrossInputs {
  readonly language: {
    readonly states: Tensor<readonly ['batch', 'token', 'hidden']>;
    readonly mask: Tensor<readonly ['batch', 'token']>;
  };
  readonly vision: {
    readonly states: Tensor<readonly ['batch', 'region', 'hidden']>;
    readonly mask: Tensor<readonly ['batch', 'region']>;
  };
}

/** @param gates of the heads; all are open unless told otherwise */
export function runCross<Name extends string>(
  cross: Graph,
  { language, vision }: CrossInputs,
  outputs: readonly Name[],
  gates: Readonly<Record<string, GraphInput>> = {},
): Promise<Record<Name, GraphOutput>> {
  return cross.run(
    {
      language_states: language.states,
      token_mask: language.mask,
      vision_states: vision.states,
      region_mask: vision.mask,
      ...gates,
    },
    outputs,
  );
}
