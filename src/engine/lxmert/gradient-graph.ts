/** The graph that runs LXMERT forward and backward: fetched, opened and tested when first used, then kept. */
import { VqaError } from '../../core/errors.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import type { GoldenCase } from '../pack/golden-case.ts';
import { openPackGraph, type PackGraphs } from '../pack/pack-graphs.ts';
import type { FetchedPack } from '../pack/pack-store.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';

export interface GradientGraph {
  /** @throws VqaError `gradients-missing` when the pack has no such graph */
  open(signal: AbortSignal | undefined): Promise<Graph>;
  release(): Promise<void>;
}

export function createGradientGraph(
  runtime: Runtime,
  graphs: PackGraphs,
  { pack, fetchLater }: Pick<FetchedPack, 'pack' | 'fetchLater'>,
  golden: GoldenCase | null,
): GradientGraph {
  let opened: Graph | null = null;

  async function openNew(signal: AbortSignal | undefined): Promise<Graph> {
    const path = pack.lxmert.explain;
    if (path === undefined) {
      throw new VqaError('gradients-missing', `The pack ${pack.name} has no gradients.`);
    }
    // The weights are in the files of other graphs, which the browser has stored.
    const readFile = async (file: string): Promise<Uint8Array> => {
      const content = await fetchLater(file, { signal });
      signal?.throwIfAborted();
      return content;
    };
    const graph = await openPackGraph(runtime, pack, readFile, path);
    const error = golden?.expected.gradient ? await errorOf(graph, pack, golden) : 0;
    if (pack.golden && error > pack.golden.tolerance) {
      await graph.release();
      throw new VqaError(
        'inference-failed',
        `The self-test of ${path} differs from the reference by ${error.toPrecision(2)}; the limit is ${pack.golden.tolerance}.`,
      );
    }
    return graph;
  }

  async function errorOf(graph: Graph, model: ModelPack, reference: GoldenCase): Promise<number> {
    const { gradientError } = await fetchCode(() => import('./run-gradients.ts'));
    return await gradientError(graph, graphs, model, reference);
  }

  return {
    async open(signal) {
      opened ??= await openNew(signal);
      return opened;
    },
    async release() {
      await opened?.release();
      opened = null;
    },
  };
}
