/** Gates as they stand for every answer that nobody changes: all heads open. */
import type { ModelPack } from '../../core/pack/pack.ts';
import type { AttentionModule } from '../../core/types.ts';
import type { Graph } from '../runtime/runtime.ts';

/** What the encoders' graphs call their gates, [batch, layer, head] or [batch, layer, module, head]. */
export const GATES_INPUT = 'head_gates';

/** Of the cross encoder's gates, in order. */
export const CROSS_MODULES: readonly AttentionModule[] = [
  'textToRegion',
  'regionToText',
  'textSelf',
  'regionSelf',
];

/** Of one run: language and vision [layer, head], cross [layer, module, head]. */
export interface HeadGates {
  readonly language: Float32Array;
  readonly vision: Float32Array;
  readonly cross: Float32Array;
}

export type LxmertShape = Pick<
  ModelPack['lxmert'],
  'heads' | 'languageLayers' | 'visionLayers' | 'crossLayers'
>;

export function takesGates({ inputs }: Pick<Graph, 'inputs'>): boolean {
  return inputs.includes(GATES_INPUT);
}

/** As many runs with every gate open as one input. */
export function openGates(
  runs: number,
  stream: keyof HeadGates,
  { heads, languageLayers, visionLayers, crossLayers }: LxmertShape,
): { readonly dims: readonly number[]; readonly data: Float32Array } {
  const dims = {
    language: [runs, languageLayers, heads],
    vision: [runs, visionLayers, heads],
    cross: [runs, crossLayers, CROSS_MODULES.length, heads],
  }[stream];
  const size = dims.reduce((product, length) => product * length, 1);
  return { dims, data: new Float32Array(size).fill(1) };
}

/** A graph that is run with all heads open unless it is given gates; one that takes none stays as it is. */
export function withOpenGates(graph: Graph, stream: keyof HeadGates, shape: LxmertShape): Graph {
  if (!takesGates(graph)) return graph;
  return {
    inputs: graph.inputs,
    outputs: graph.outputs,
    run(inputs, outputs) {
      if (GATES_INPUT in inputs) return graph.run(inputs, outputs);
      const runs = Object.values(inputs)[0]?.dims[0] ?? 1;
      return graph.run({ ...inputs, [GATES_INPUT]: openGates(runs, stream, shape) }, outputs);
    },
    release: () => graph.release(),
  };
}
