/** Is a statement true of two photos? */
import type { CompareParams } from '../../core/engine.ts';
import type { Comparison } from '../../core/types.ts';
import { affirmative } from './match.ts';
import { openHead } from './open-head.ts';
import { readText, runText, type TaskContext } from './read-text.ts';

export async function compare(
  { model, sceneOf }: TaskContext,
  { left, right, statement, changes = {} }: CompareParams,
  signal: AbortSignal | undefined,
): Promise<Comparison> {
  const scenes = { left: sceneOf(left), right: sceneOf(right) };
  const head = await openHead(model, 'twoPhotos', signal);
  const read = readText(model, statement, model.encodeQuestion);
  const atLeft = await runText(model, read, scenes.left, changes.left ?? {}, 'pooled');
  signal?.throwIfAborted();
  const atRight = await runText(model, read, scenes.right, changes.right ?? {}, 'pooled');
  signal?.throwIfAborted();
  const { truth_logits } = await head.run({ pooled_left: atLeft.output, pooled_right: atRight.output }, [
    'truth_logits',
  ]);
  const { tokens, overflow } = read;
  const attention = { left: atLeft.attention, right: atRight.attention };
  return { left, right, statement, score: affirmative(truth_logits), tokens, overflow, attention };
}
