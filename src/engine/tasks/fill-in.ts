/** Which words may stand where a sentence about a photo says [MASK]. */
import { softmax } from '../../core/answers.ts';
import { orderByScore } from '../../core/boxes.ts';
import type { FillInParams } from '../../core/engine.ts';
import { VqaError } from '../../core/errors.ts';
import { withAxes } from '../../core/tensor.ts';
import type { FilledMask, FilledText } from '../../core/types.ts';
import { MASK } from '../lxmert/question-text.ts';
import { withoutBatch } from '../lxmert/without-batch.ts';
import { openHead } from './open-head.ts';
import { readText, runText, type TaskContext } from './read-text.ts';

const MAX_WORDS = 10;

export async function fillIn(
  { model, sceneOf }: TaskContext,
  { imageId, text, change = {}, follow }: FillInParams,
  signal: AbortSignal | undefined,
): Promise<FilledText> {
  const scene = sceneOf(imageId);
  if (!text.includes(MASK)) throw new VqaError('sentence-without-mask', `The sentence has no ${MASK}.`);
  const head = await openHead(model, 'maskedWords', signal);
  const { pieces } = model.encodeQuestion;
  const read = readText(model, text, (sentence) => model.encodeQuestion.withMasks(sentence));
  const { output: text_states, attention } = await runText(model, read, scene, change, 'text_states');
  signal?.throwIfAborted();
  const { word_logits } = await head.run({ text_states }, ['word_logits']);
  const logits = withAxes(['token', 'piece'], withoutBatch(word_logits));
  const width = logits.dims[1];
  if (width !== pieces.length) {
    throw new RangeError(`the head knows ${width} pieces, the tokenizer ${pieces.length}`);
  }
  const masks = read.masks.map((place, index): FilledMask => {
    const { start = 0, end = 0 } = read.tokens[place] ?? {};
    const scores = softmax(logits.data.subarray(place * width, (place + 1) * width));
    const scored = (word: string, piece: number) => ({ word, score: scores[piece] ?? 0 });
    const words = orderByScore(scores)
      .filter((piece) => isWholeWord(pieces[piece] ?? ''))
      .slice(0, MAX_WORDS)
      .map((piece) => scored(pieces[piece] ?? '', piece));
    const wanted = follow?.[index];
    return {
      token: place,
      start,
      end,
      words,
      ...(wanted && { followed: wanted.map((word) => scored(word, pieces.indexOf(word))) }),
    };
  });
  return { imageId, text, masks, tokens: read.tokens, overflow: read.overflow, attention };
}

/** Neither the middle of a word, nor a special token, nor punctuation. */
function isWholeWord(piece: string): boolean {
  return /^[\p{L}\p{N}]/u.test(piece);
}
