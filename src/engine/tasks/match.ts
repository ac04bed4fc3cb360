/** Is a sentence of this photo? */
import { softmax } from '../../core/answers.ts';
import type { MatchParams } from '../../core/engine.ts';
import type { Match } from '../../core/types.ts';
import type { GraphOutput } from '../runtime/runtime.ts';
import { openHead } from './open-head.ts';
import { readText, runText, type TaskContext } from './read-text.ts';

/** The heads of sentences put the affirmative second. */
const AFFIRMATIVE = 1;

export async function match(
  { model, sceneOf }: TaskContext,
  { imageId, text, change = {} }: MatchParams,
  signal: AbortSignal | undefined,
): Promise<Match> {
  const scene = sceneOf(imageId);
  const head = await openHead(model, 'matching', signal);
  const read = readText(model, text, model.encodeQuestion);
  const { output: pooled, attention } = await runText(model, read, scene, change, 'pooled');
  signal?.throwIfAborted();
  const { match_logits } = await head.run({ pooled }, ['match_logits']);
  const { tokens, overflow } = read;
  return { imageId, text, score: affirmative(match_logits), tokens, overflow, attention };
}

/** Probability, 0..1. */
export function affirmative({ data }: GraphOutput): number {
  return softmax(data)[AFFIRMATIVE] ?? Number.NaN;
}
