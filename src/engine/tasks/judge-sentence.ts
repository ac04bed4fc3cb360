/** Is a sentence of this photo; is it true of these two? Probabilities, 0..1. */
import { softmax } from '../../core/answers.ts';
import { runCross, type CrossInputs } from '../lxmert/cross-encoder.ts';
import type { Graph, GraphOutput } from '../runtime/runtime.ts';

/** Both heads put the affirmative second. */
const AFFIRMATIVE = 1;

/** @param matching the pack's `matching` head */
export async function matchSentence(cross: Graph, matching: Graph, inputs: CrossInputs): Promise<number> {
  const { pooled } = await runCross(cross, inputs, ['pooled']);
  const { match_logits } = await matching.run({ pooled }, ['match_logits']);
  return affirmative(match_logits);
}

/**
 * @param twoPhotos the pack's `twoPhotos` head
 * @param vision the left photo and the right one
 */
export async function comparePhotos(
  cross: Graph,
  twoPhotos: Graph,
  language: CrossInputs['language'],
  vision: { readonly left: CrossInputs['vision']; readonly right: CrossInputs['vision'] },
): Promise<number> {
  const left = await runCross(cross, { language, vision: vision.left }, ['pooled']);
  const right = await runCross(cross, { language, vision: vision.right }, ['pooled']);
  const { truth_logits } = await twoPhotos.run({ pooled_left: left.pooled, pooled_right: right.pooled }, [
    'truth_logits',
  ]);
  return affirmative(truth_logits);
}

function affirmative({ data }: GraphOutput): number {
  return softmax(data)[AFFIRMATIVE] ?? Number.NaN;
}
