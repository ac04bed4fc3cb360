/** The heads beside the answer head: fetched, opened and tested when they are first used, then kept. */
import { VqaError } from '../../core/errors.ts';
import type { ModelPack, TaskHead } from '../../core/pack/pack.ts';
import type { GoldenCase } from '../pack/golden-case.ts';
import { openPackGraph } from '../pack/pack-graphs.ts';
import type { FetchedPack } from '../pack/pack-store.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';
import { headError } from '../pack/self-test.ts';

export interface TaskHeads {
  /** @throws VqaError `head-missing` when the pack has no such head */
  open(head: TaskHead, signal: AbortSignal | undefined): Promise<Graph>;
  release(): Promise<void>;
}

export function createTaskHeads(
  runtime: Runtime,
  { pack, fetchLater }: Pick<FetchedPack, 'pack' | 'fetchLater'>,
  golden: GoldenCase | null,
): TaskHeads {
  const opened = new Map<TaskHead, Graph>();

  async function openNew(head: TaskHead, signal: AbortSignal | undefined): Promise<Graph> {
    const path = pathOf(head, pack);
    const readFile = async (file: string): Promise<Uint8Array> => {
      const content = await fetchLater(file, { signal });
      signal?.throwIfAborted();
      return content;
    };
    const graph = await openPackGraph(runtime, pack, readFile, path);
    const error = golden && (await headError(graph, head, pack, golden));
    if (error !== null && pack.golden && error > pack.golden.tolerance) {
      await graph.release();
      throw new VqaError(
        'inference-failed',
        `The self-test of ${path} differs from the reference by ${error.toPrecision(2)}; the limit is ${pack.golden.tolerance}.`,
      );
    }
    return graph;
  }

  return {
    async open(head, signal) {
      const graph = opened.get(head) ?? (await openNew(head, signal));
      opened.set(head, graph);
      return graph;
    },
    async release() {
      for (const graph of opened.values()) await graph.release();
      opened.clear();
    },
  };
}

function pathOf(head: TaskHead, { name, lxmert }: ModelPack): string {
  const path = lxmert.taskHeads[head];
  if (path === undefined) throw new VqaError('head-missing', `The pack ${name} has no head ${head}.`);
  return path;
}
