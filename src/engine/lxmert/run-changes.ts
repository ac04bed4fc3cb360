/** LXMERT run with changes: encoders and cross encoder, several runs at a time. */
import { bothChanges } from '../../core/change.ts';
import type { Change } from '../../core/explanation.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { RunChanges } from '../../explain/run-changes.ts';
import { tensor, withAxes, type Tensor } from '../../core/tensor.ts';
import type { RegionFeatures } from '../../core/types.ts';
import { VqaError } from '../../core/errors.ts';
import { languageInputs, seenRegions, visionInputs, type RegionRows } from './changed-inputs.ts';
import { runCross, type CrossInputs } from './cross-encoder.ts';
import type { EncodedLanguage } from './encode-language.ts';
import type { EncodedScene } from './encode-scene.ts';
import { gateInput, gatesWithout } from './head-gates.ts';
import { GATES_INPUT, takesGates, type HeadGates } from './open-gates.ts';
import { letMessagesIn } from '../runtime/let-messages-in.ts';
import type { PackGraphs } from '../pack/pack-graphs.ts';
import type { Graph, GraphInput } from '../runtime/runtime.ts';

/** Runs per batch: more would hold up the next look at the signal, fewer would repeat what a batch shares. */
const BATCH = 12;

/** A question and a photo as they are encoded unchanged. */
export interface Asked {
  readonly ids: Int32Array;
  /** Encodes the question, once; gradients need none of it. */
  language(): Promise<EncodedLanguage>;
  readonly scene: EncodedScene & { readonly features: RegionFeatures };
  /** The piece that stands for a hidden word. */
  readonly maskId: number;
}

export interface ChangeableModel {
  readonly pack: Pick<ModelPack, 'labels' | 'lxmert' | 'name'>;
  readonly graphs: Pick<PackGraphs, 'vision' | 'language' | 'cross'>;
}

/** `base` is part of every run. Runs that see most regions come first, so that those of a batch see equally many. */
export function createRunChanges(
  model: ChangeableModel,
  asked: Asked,
  base: Change,
  signal: AbortSignal | undefined,
): RunChanges {
  const regions = asked.scene.mask.dims[1];
  return async function* run(changes) {
    const planned = changes
      .map((change, index) => ({ index, change: bothChanges(base, change) }))
      .toSorted((a, b) => seenRegions(b.change, regions) - seenRegions(a.change, regions));
    for (let first = 0; first < planned.length; first += BATCH) {
      if (first > 0) await letMessagesIn();
      signal?.throwIfAborted();
      const batch = planned.slice(first, first + BATCH);
      const inputs = await encodeChanges(
        model,
        asked,
        batch.map(({ change }) => change),
        'seen',
      );
      const { logits } = await runCross(model.graphs.cross, inputs, ['logits'], inputs.gates);
      const rows = withAxes(['batch', 'answer'], logits);
      const width = rows.dims[1];
      for (const [row, { index }] of batch.entries()) {
        yield { index, logits: rows.data.slice(row * width, (row + 1) * width) };
      }
    }
  };
}

export interface ChangedInputs extends CrossInputs {
  readonly language: EncodedBatch<'token'>;
  readonly vision: EncodedBatch<'region'>;
  /** Of the cross encoder. */
  readonly gates: Readonly<Record<string, GraphInput>>;
}

interface EncodedBatch<Axis extends 'token' | 'region'> {
  readonly states: Tensor<readonly ['batch', Axis, 'hidden']>;
  readonly mask: Tensor<readonly ['batch', Axis]>;
  /** [batch, layer, head, …] */
  readonly attention: { readonly dims: readonly number[]; readonly data: Float32Array };
}

/**
 * Both sides of the runs; a side that no run changes is repeated instead of computed.
 * @param regionRows `seen` where nobody asks what is attended to
 */
export async function encodeChanges(
  { pack, graphs }: ChangeableModel,
  asked: Asked,
  changes: readonly Change[],
  regionRows: RegionRows = 'every',
): Promise<ChangedInputs> {
  const closes = changes.some(({ closedHeads = [] }) => closedHeads.length > 0);
  if (closes && !takesGates(graphs.cross)) {
    throw new VqaError('gates-missing', `The heads of the pack ${pack.name} cannot be switched off.`);
  }
  const runs = changes.map(({ closedHeads = [] }) => gatesWithout(closedHeads, pack.lxmert));
  const gatesOf = (graph: Graph, stream: keyof HeadGates): Readonly<Record<string, GraphInput>> =>
    takesGates(graph) ? { [GATES_INPUT]: gateInput(runs, stream, pack.lxmert) } : {};
  return {
    language: await encodeWords(graphs.language, asked, changes, gatesOf(graphs.language, 'language')),
    vision: await encodeRegions(
      graphs.vision,
      asked,
      { changes, regionRows },
      gatesOf(graphs.vision, 'vision'),
    ),
    gates: gatesOf(graphs.cross, 'cross'),
  };
}

async function encodeWords(
  graph: Graph,
  { ids, maskId, ...asked }: Asked,
  changes: readonly Change[],
  gates: Readonly<Record<string, GraphInput>>,
): Promise<ChangedInputs['language']> {
  const isAsWas = changes.every(
    ({ hiddenTokens = [], closedHeads = [] }) =>
      hiddenTokens.length === 0 && !closedHeads.some(({ module }) => module === 'language'),
  );
  if (isAsWas) return repeated(await asked.language(), changes.length);
  const inputs = languageInputs(ids, changes, maskId);
  const output = await graph.run({ token_ids: inputs.ids, token_mask: inputs.mask, ...gates }, [
    'language_states',
    'language_attention',
  ]);
  const states = withAxes(['batch', 'token', 'hidden'], output.language_states);
  return { states, mask: inputs.mask, attention: output.language_attention };
}

async function encodeRegions(
  graph: Graph,
  { scene }: Asked,
  { changes, regionRows }: { readonly changes: readonly Change[]; readonly regionRows: RegionRows },
  gates: Readonly<Record<string, GraphInput>>,
): Promise<ChangedInputs['vision']> {
  const isAsWas = changes.every(
    ({ hiddenRegions = [], closedHeads = [], shuffledBoxes }) =>
      hiddenRegions.length === 0 &&
      shuffledBoxes === undefined &&
      !closedHeads.some(({ module }) => module === 'vision'),
  );
  if (isAsWas) return repeated(scene, changes.length);
  const inputs = visionInputs(scene.features, changes, regionRows);
  const output = await graph.run(
    { features: inputs.features, boxes: inputs.boxes, region_mask: inputs.mask, ...gates },
    ['vision_states', 'vision_attention'],
  );
  const states = withAxes(['batch', 'region', 'hidden'], output.vision_states);
  return { states, mask: inputs.mask, attention: output.vision_attention };
}

function repeated<Axis extends 'token' | 'region'>(
  side: Pick<EncodedBatch<Axis>, 'states' | 'mask' | 'attention'>,
  times: number,
): EncodedBatch<Axis> {
  const [, length, hidden] = side.states.dims;
  return {
    states: tensor<readonly ['batch', Axis, 'hidden']>(
      [times, length, hidden],
      copies(side.states.data, times),
    ),
    mask: tensor<readonly ['batch', Axis]>([times, length], copies(side.mask.data, times)),
    attention: {
      dims: [times, ...side.attention.dims],
      data: copies(side.attention.data, times),
    },
  };
}

function copies(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times);
  for (let i = 0; i < times; i += 1) all.set(values, i * values.length);
  return all;
}
