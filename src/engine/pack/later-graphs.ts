/** The graphs that no first answer needs, heads and gradients: fetched, opened and tested when first used, then kept. */
import { VqaError } from '../../core/errors.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';
import type { GoldenCase } from './golden-case.ts';
import { openPackGraph } from './pack-graphs.ts';
import type { FetchedPack } from './pack-store.ts';

export interface LaterGraphs {
  /**
   * @param errorOf how far a graph's outputs are from the golden case's
   * @throws VqaError `inference-failed` where that is too far
   */
  open(
    path: string,
    errorOf: (graph: Graph, golden: GoldenCase) => Promise<number>,
    signal: AbortSignal | undefined,
  ): Promise<Graph>;
  release(): Promise<void>;
}

export function createLaterGraphs(
  runtime: Runtime,
  { pack, fetchLater }: Pick<FetchedPack, 'pack' | 'fetchLater'>,
  golden: GoldenCase | null,
): LaterGraphs {
  const opened = new Map<string, Graph>();
  return {
    async open(path, errorOf, signal) {
      const known = opened.get(path);
      if (known) return known;
      // Weights may be in the files of other graphs, which the browser has stored.
      const readFile = async (file: string): Promise<Uint8Array> => {
        const content = await fetchLater(file, { signal });
        signal?.throwIfAborted();
        return content;
      };
      const graph = await openPackGraph(runtime, pack, readFile, path);
      try {
        const error = golden ? await errorOf(graph, golden) : 0;
        if (pack.golden && error > pack.golden.tolerance) {
          throw new VqaError(
            'inference-failed',
            `The self-test of ${path} differs from the reference by ${error.toPrecision(2)}; the limit is ${pack.golden.tolerance}.`,
          );
        }
      } catch (thrown) {
        await graph.release();
        throw thrown;
      }
      opened.set(path, graph);
      return graph;
    },
    async release() {
      for (const graph of opened.values()) await graph.release();
      opened.clear();
    },
  };
}
