/** The graphs of a pack, opened one after another on one runtime. */
import type { ModelPack } from '../../core/pack/pack.ts';
import { VqaError } from '../../core/errors.ts';
import { withOpenGates } from '../lxmert/open-gates.ts';
import type { Graph, Runtime, WeightFile } from '../runtime/runtime.ts';

export interface PackGraphs {
  /** In the order in which they run; one, unless the pass takes long. */
  readonly backbone: readonly Graph[];
  readonly roiHead: Graph;
  readonly vision: Graph;
  readonly language: Graph;
  readonly cross: Graph;
}

/** A file of the pack, by the path that `pack.json` lists. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** One graph, with the files that have its weights; they are let go once the runtime has its own copy. */
export async function openPackGraph(
  runtime: Runtime,
  { externalData }: Pick<ModelPack, 'externalData'>,
  readFile: ReadFile,
  path: string,
): Promise<Graph> {
  const weights: WeightFile[] = [];
  for (const file of externalData?.[path] ?? []) weights.push({ path: file, data: await readFile(file) });
  return await runtime.open(await readFile(path), weights).catch((thrown: unknown) => {
    // The runtime's own failure is none of the graph that came first.
    if (thrown instanceof VqaError) throw thrown;
    const details = thrown instanceof Error ? thrown.message : String(thrown);
    throw new VqaError('inference-failed', `${path} cannot be opened.`, { cause: thrown, details });
  });
}

type OpenGraph = (path: string) => Promise<Graph>;
type Openers = {
  readonly [Part in keyof PackGraphs]: (pack: ModelPack, open: OpenGraph) => Promise<PackGraphs[Part]>;
};

const OPENERS: Openers = {
  async backbone({ detector }, open) {
    const opened: Graph[] = [];
    for (const path of detector.backbone) opened.push(await open(path));
    return opened;
  },
  roiHead: ({ detector }, open) => open(detector.roiHead),
  vision: async ({ lxmert }, open) => withOpenGates(await open(lxmert.vision), 'vision', lxmert),
  language: async ({ lxmert }, open) => withOpenGates(await open(lxmert.language), 'language', lxmert),
  cross: async ({ lxmert }, open) => withOpenGates(await open(lxmert.cross), 'cross', lxmert),
};

/** One of the graphs that a question runs through, or the several of the backbone. */
export function openPart<Part extends keyof PackGraphs>(
  part: Part,
  pack: ModelPack,
  open: OpenGraph,
): Promise<PackGraphs[Part]> {
  return OPENERS[part](pack, open);
}

/** Gives a part of a pack's graphs for as long as `work` runs. */
export type UsePart = <Part extends keyof PackGraphs, Result>(
  part: Part,
  work: (graph: PackGraphs[Part]) => Promise<Result>,
) => Promise<Result>;

/** Opens a part when it is used, and releases it then. */
export function usingParts(pack: ModelPack, open: OpenGraph): UsePart {
  return async (part, work) => {
    const opened = await openPart(part, pack, open);
    try {
      return await work(opened);
    } finally {
      for (const graph of [opened].flat()) await graph.release();
    }
  };
}

export async function openGraphs(
  runtime: Runtime,
  pack: ModelPack,
  readFile: ReadFile,
  signal?: AbortSignal,
): Promise<PackGraphs> {
  const opened: Graph[] = [];
  const open = async (path: string): Promise<Graph> => {
    signal?.throwIfAborted();
    const graph = await openPackGraph(runtime, pack, readFile, path);
    opened.push(graph);
    return graph;
  };
  try {
    return {
      // The largest of a published pack comes first: what it needs only while it is opened is room for the others.
      roiHead: await openPart('roiHead', pack, open),
      backbone: await openPart('backbone', pack, open),
      vision: await openPart('vision', pack, open),
      language: await openPart('language', pack, open),
      cross: await openPart('cross', pack, open),
    };
  } catch (thrown) {
    for (const graph of opened) await graph.release();
    throw thrown;
  }
}

export async function releaseGraphs({
  backbone,
  roiHead,
  vision,
  language,
  cross,
}: PackGraphs): Promise<void> {
  for (const graph of [...backbone, roiHead, vision, language, cross]) await graph.release();
}
