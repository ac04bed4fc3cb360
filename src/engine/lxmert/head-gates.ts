/** Gates multiply what attention heads give: 1 leaves a head as it is, 0 switches it off. */
import { VqaError } from '../../core/errors.ts';
import type { HeadPlace } from '../../core/explanation.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { AttentionModule } from '../../core/types.ts';
import type { Graph, GraphInput } from '../runtime/runtime.ts';

/** What the encoders' graphs call their gates, [batch, layer, head] or [batch, layer, module, head]. */
export const GATES_INPUT = 'head_gates';

/** Of the cross encoder's gates, in order. */
const CROSS_MODULES: readonly AttentionModule[] = ['textToRegion', 'regionToText', 'textSelf', 'regionSelf'];

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

/** @throws VqaError `change-invalid` when there is no such head */
export function gatesWithout(closed: readonly HeadPlace[], shape: LxmertShape): HeadGates {
  const { heads, languageLayers, visionLayers, crossLayers } = shape;
  const open = (layers: number) => new Float32Array(layers * heads).fill(1);
  const gates = {
    language: open(languageLayers),
    vision: open(visionLayers),
    cross: open(crossLayers * CROSS_MODULES.length),
  };
  for (const { module, layer, head } of closed) {
    const stream = module === 'language' || module === 'vision' ? module : 'cross';
    const place = stream === 'cross' ? layer * CROSS_MODULES.length + CROSS_MODULES.indexOf(module) : layer;
    const row = gates[stream].subarray(place * heads, (place + 1) * heads);
    if (layer < 0 || !(head >= 0 && head < row.length)) {
      throw new VqaError('change-invalid', `${module} has no head ${head} in layer ${layer}.`);
    }
    row[head] = 0;
  }
  return gates;
}

/** The gates of several runs as one input. */
export function gateInput(
  runs: readonly HeadGates[],
  stream: keyof HeadGates,
  { heads, languageLayers, visionLayers, crossLayers }: LxmertShape,
): GraphInput {
  const dims = {
    language: [runs.length, languageLayers, heads],
    vision: [runs.length, visionLayers, heads],
    cross: [runs.length, crossLayers, CROSS_MODULES.length, heads],
  }[stream];
  const size = dims.reduce((product, length) => product * length, 1);
  const data = new Float32Array(size);
  for (const [index, gates] of runs.entries()) data.set(gates[stream], index * gates[stream].length);
  return { dims, data };
}

/** A graph that is run with all heads open unless it is given gates; one that takes none stays as it is. */
export function withOpenGates(graph: Graph, stream: keyof HeadGates, shape: LxmertShape): Graph {
  if (!takesGates(graph)) return graph;
  const open = gatesWithout([], shape);
  return {
    inputs: graph.inputs,
    outputs: graph.outputs,
    run(inputs, outputs) {
      if (GATES_INPUT in inputs) return graph.run(inputs, outputs);
      const batch = Object.values(inputs)[0]?.dims[0] ?? 1;
      const gates = gateInput(
        Array.from({ length: batch }, () => open),
        stream,
        shape,
      );
      return graph.run({ ...inputs, [GATES_INPUT]: gates }, outputs);
    },
    release: () => graph.release(),
  };
}
