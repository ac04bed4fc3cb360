/** The language side of LXMERT: once per question, whatever photo it is about. */
import { tensor, withAxes, type Tensor } from '../../core/tensor.ts';
import type { AttentionMaps } from '../../core/types.ts';
import type { Graph } from '../runtime/runtime.ts';
import { withoutBatch } from './without-batch.ts';

export interface EncodedLanguage {
  readonly states: Tensor<readonly ['batch', 'token', 'hidden']>;
  /** 1 for each token. */
  readonly mask: Tensor<readonly ['batch', 'token']>;
  readonly attention: AttentionMaps['language'];
}

export async function encodeLanguage(language: Graph, tokenIds: Int32Array): Promise<EncodedLanguage> {
  const tokens = tokenIds.length;
  const mask = tensor<readonly ['batch', 'token']>([1, tokens], new Float32Array(tokens).fill(1));
  const output = await language.run({ token_ids: { dims: [1, tokens], data: tokenIds }, token_mask: mask }, [
    'language_states',
    'language_attention',
  ]);
  return {
    states: withAxes(['batch', 'token', 'hidden'], output.language_states),
    mask,
    attention: withAxes(['layer', 'head', 'token', 'token'], withoutBatch(output.language_attention)),
  };
}
