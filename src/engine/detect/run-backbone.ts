/** The backbone's graphs one after another, with word of how far the pass is, stoppable in between. */
import type { Steps } from '../../core/engine.ts';
import { letMessagesIn } from '../runtime/let-messages-in.ts';
import type { Graph, GraphInput, GraphOutput } from '../runtime/runtime.ts';

export interface StepOptions {
  readonly signal?: AbortSignal | undefined;
  /** Before each step, where there are several. */
  readonly onProgress?: ((steps: Steps) => void) | undefined;
}

/** @returns the outputs of these names, whichever graph gives them */
export async function runBackbone(
  graphs: readonly Graph[],
  pixels: GraphInput,
  wanted: readonly string[],
  { signal, onProgress }: StepOptions = {},
): Promise<Readonly<Record<string, GraphOutput>>> {
  let known = new Map<string, GraphInput>([['pixels', pixels]]);
  const found: Record<string, GraphOutput> = {};
  for (const [done, graph] of graphs.entries()) {
    if (done > 0) {
      await letMessagesIn();
      signal?.throwIfAborted();
    }
    if (graphs.length > 1) onProgress?.({ done, total: graphs.length });
    const inputs = Object.fromEntries(graph.inputs.map((name) => [name, required(known, name)]));
    const later = new Set(graphs.slice(done + 1).flatMap((next) => next.inputs));
    const names = graph.outputs.filter((name) => wanted.includes(name) || later.has(name));
    if (names.length === 0) continue;
    for (const [name, output] of Object.entries(await graph.run(inputs, names))) {
      known.set(name, output);
      if (wanted.includes(name)) found[name] = output;
    }
    // A map is tens of megabytes: it is let go as soon as no graph needs it.
    known = new Map([...known].filter(([name]) => later.has(name)));
  }
  for (const name of wanted) if (found[name] === undefined) throw missing(name);
  return found;
}

function required(known: ReadonlyMap<string, GraphInput>, name: string): GraphInput {
  const tensor = known.get(name);
  if (tensor === undefined) throw missing(name);
  return tensor;
}

function missing(name: string): RangeError {
  return new RangeError(`no graph of the backbone gave ${name}`);
}
