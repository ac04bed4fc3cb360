/** The heads beside the answer head, and how they are tested. */
import { VqaError } from '../../core/errors.ts';
import type { ModelPack, TaskHead } from '../../core/pack/pack.ts';
import { waveData, type GoldenCase } from '../pack/golden-case.ts';
import type { LaterGraphs } from '../pack/later-graphs.ts';
import { largestDifference } from '../pack/self-test.ts';
import type { Graph } from '../runtime/runtime.ts';

/** @throws VqaError `head-missing` when the pack has no such head */
export function openHead(
  { pack, later }: { readonly pack: ModelPack; readonly later: LaterGraphs },
  head: TaskHead,
  signal: AbortSignal | undefined,
): Promise<Graph> {
  const path = pack.lxmert.taskHeads[head];
  if (path === undefined) throw new VqaError('head-missing', `The pack ${pack.name} has no head ${head}.`);
  return later.open(path, (graph, golden) => headError(graph, head, pack, golden), signal);
}

/** Tokens or regions whose states the golden case makes up. */
const STATES = 3;

const HEAD_AXES: Readonly<
  Record<TaskHead, { readonly inputs: readonly string[]; readonly output: string; readonly states: number }>
> = {
  matching: { inputs: ['pooled'], output: 'match_logits', states: 0 },
  twoPhotos: { inputs: ['pooled_left', 'pooled_right'], output: 'truth_logits', states: 0 },
  maskedWords: { inputs: ['text_states'], output: 'word_logits', states: STATES },
  maskedObjects: { inputs: ['region_states'], output: 'class_logits', states: STATES },
};

/** @returns the largest difference of a head's logits to the golden case; infinite when it has none of this head */
async function headError(
  graph: Graph,
  head: TaskHead,
  pack: Pick<ModelPack, 'lxmert'>,
  { expected }: GoldenCase,
): Promise<number> {
  const wanted = expected.heads[head];
  if (wanted === undefined) return Infinity;
  const found = await headLogits(graph, head, pack);
  return largestDifference(found.subarray(0, wanted.length), wanted);
}

/** A head's first output for made-up states. */
export async function headLogits(
  graph: Graph,
  head: TaskHead,
  { lxmert: { hiddenSize } }: Pick<ModelPack, 'lxmert'>,
): Promise<Float32Array> {
  const { inputs, output, states } = HEAD_AXES[head];
  const length = Math.max(states, 1) * hiddenSize;
  const dims = states === 0 ? [1, hiddenSize] : [1, states, hiddenSize];
  const given = inputs.map(
    (name, place) => [name, { dims, data: waveData(length, place * length) }] as const,
  );
  const { [output]: found } = await graph.run(Object.fromEntries(given), [output]);
  return found?.data ?? new Float32Array(0);
}
