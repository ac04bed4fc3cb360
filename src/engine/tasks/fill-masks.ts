/** Which words may stand where a sentence about a photo says [MASK]. */
import { softmax } from '../../core/answers.ts';
import { orderByScore } from '../../core/boxes.ts';
import { withAxes } from '../../core/tensor.ts';
import type { FilledMask } from '../../core/types.ts';
import { runCross, type CrossInputs } from '../lxmert/cross-encoder.ts';
import type { Graph } from '../runtime/runtime.ts';
import { withoutBatch } from '../lxmert/without-batch.ts';

export const MAX_WORDS = 10;

/** @returns the words at each of `positions`, which count tokens */
export async function fillMasks(
  cross: Graph,
  maskedWords: Graph,
  inputs: CrossInputs,
  positions: readonly number[],
  vocabulary: readonly string[],
): Promise<readonly FilledMask['words'][]> {
  const { text_states } = await runCross(cross, inputs, ['text_states']);
  const { word_logits } = await maskedWords.run({ text_states }, ['word_logits']);
  const logits = withAxes(['token', 'piece'], withoutBatch(word_logits));
  const width = logits.dims[1];
  if (width !== vocabulary.length) {
    throw new RangeError(`the head knows ${width} pieces, the tokenizer ${vocabulary.length}`);
  }
  return positions.map((position) => {
    const scores = softmax(logits.data.subarray(position * width, (position + 1) * width));
    return orderByScore(scores)
      .filter((piece) => isWholeWord(vocabulary[piece] ?? ''))
      .slice(0, MAX_WORDS)
      .map((piece) => ({ word: vocabulary[piece] ?? '', score: scores[piece] ?? 0 }));
  });
}

/** Neither the middle of a word, nor a special token, nor punctuation. */
function isWholeWord(piece: string): boolean {
  return /^[\p{L}\p{N}]/u.test(piece);
}
