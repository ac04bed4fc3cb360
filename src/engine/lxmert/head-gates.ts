/** Gates multiply what attention heads give: 1 leaves a head as it is, 0 switches it off. */
import { VqaError } from '../../core/errors.ts';
import type { HeadPlace } from '../../core/explanation.ts';
import type { GraphInput } from '../runtime/runtime.ts';
import { CROSS_MODULES, openGates, type HeadGates, type LxmertShape } from './open-gates.ts';

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
  shape: LxmertShape,
): GraphInput {
  const { dims, data } = openGates(runs.length, stream, shape);
  for (const [index, gates] of runs.entries()) data.set(gates[stream], index * gates[stream].length);
  return { dims, data };
}
