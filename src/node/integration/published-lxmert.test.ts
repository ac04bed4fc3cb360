/**
 * A published LXMERT from its checkpoint to its answers against transformers' (models/published/lxmert_fixtures.py): the
 * same layout at a small size, in every format and precision, through the shipped recipes.
 */
import { describe, expect, it } from 'vitest';
import type { MemoryFolder } from '../../convert/folder/memory-folder.ts';
import type { JsonField } from '../../core/json-field.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { openPackGraph } from '../../engine/pack/pack-graphs.ts';
import type { Graph, GraphInput, GraphOutput } from '../../engine/runtime/runtime.ts';
import {
  goldenLxmert as golden,
  makeSmallLxmert as make,
  smallLxmertText as textOf,
} from '../testing/small-lxmert.ts';

/** Of logits and of probabilities, against transformers in single precision. */
const TOLERANCE = 1e-4;
/** Of logits, against the same stored weights in native ONNX Runtime. */
const STORED_TOLERANCE = 2e-3;

const runtime = openNodeRuntime(1);
const OUTPUTS = {
  vision: ['vision_states', 'vision_attention'],
  language: ['language_states', 'language_attention'],
  cross: [
    'logits',
    'pooled',
    'text_to_region_attention',
    'region_to_text_attention',
    'text_self_attention',
    'region_self_attention',
  ],
} as const;

type Outputs = Readonly<Record<string, GraphOutput>>;

interface Opened {
  readonly pack: ModelPack;
  readonly open: (path: string) => Promise<Graph>;
}

function openMade({ files }: MemoryFolder): Opened {
  const pack = parsePackText(new TextDecoder().decode(files.get('pack.json')));
  return { pack, open: (path) => openPackGraph(runtime, pack, async (file) => files.get(file)!, path) };
}

function ones(...dims: number[]): GraphInput {
  const size = dims.reduce((product, length) => product * length, 1);
  return { dims, data: new Float32Array(size).fill(1) };
}

/** Every output for the golden question. */
async function answered({ pack, open }: Opened): Promise<Outputs> {
  const { lxmert } = pack;
  const boxes = golden.at('boxes').items();
  const ids = Int32Array.from(golden.at('tokenIds').numbers());
  const features = Float32Array.from(
    { length: boxes.length * lxmert.featureSize },
    (_, index) => 2 + 2 * Math.sin(index * 0.37),
  );
  const known: Record<string, GraphInput> = {
    features: { dims: [1, boxes.length, lxmert.featureSize], data: features },
    boxes: { dims: [1, boxes.length, 4], data: Float32Array.from(boxes.flatMap((box) => box.numbers(4))) },
    region_mask: ones(1, boxes.length),
    token_ids: { dims: [1, ids.length], data: ids },
    token_mask: ones(1, ids.length),
  };
  const gates = {
    vision: ones(1, lxmert.visionLayers, lxmert.heads),
    language: ones(1, lxmert.languageLayers, lxmert.heads),
    cross: ones(1, lxmert.crossLayers, 4, lxmert.heads),
  };
  const outputs: Record<string, GraphOutput> = {};
  for (const stage of ['vision', 'language', 'cross'] as const) {
    const graph = await open(lxmert[stage]);
    const inputs = graph.inputs.map(
      (name) => [name, name === 'head_gates' ? gates[stage] : (outputs[name] ?? known[name]!)] as const,
    );
    // A checkpoint that only answers has no graph that reads the states.
    const states = stage === 'cross' && lxmert.taskHeads.maskedWords !== undefined ? ['text_states'] : [];
    Object.assign(outputs, await graph.run(Object.fromEntries(inputs), [...OUTPUTS[stage], ...states]));
    await graph.release();
  }
  return outputs;
}

function largestDifference(found: GraphOutput | undefined, expected: readonly number[]): number {
  expect(found?.data.length).toBe(expected.length);
  return expected.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (found?.data[i] ?? Infinity))),
    0,
  );
}

function bestOf({ data }: GraphOutput): number {
  return data.indexOf(Math.max(...data));
}

function expectSame(outputs: Outputs, expected: JsonField): void {
  expect(largestDifference(outputs['logits'], expected.at('logits').numbers())).toBeLessThan(TOLERANCE);
  expect(bestOf(outputs['logits']!)).toBe(expected.at('best').number());
  for (const [name, map] of expected.at('attention').entries()) {
    expect(outputs[name]?.dims).toEqual(map.at('dims').numbers());
    expect(largestDifference(outputs[name], map.at('values').numbers())).toBeLessThan(TOLERANCE);
  }
}

describe('a published LXMERT', () => {
  it.each(['pytorch_model.zip.bin', 'pytorch_model.stream.bin', 'model.safetensors'])(
    'answers from %s as transformers does, with the same attention',
    async (weights) => {
      const made = openMade(await make({ weights }));
      expectSame(await answered(made), golden.at('models').at('config.json'));
    },
  );

  it('has the sizes of its config.json and the names of its answers', async () => {
    const { pack } = openMade(await make({}));
    expect(pack.lxmert).toMatchObject({
      hiddenSize: 24,
      heads: 3,
      languageLayers: 2,
      visionLayers: 1,
      crossLayers: 3,
      featureSize: 64,
    });
    expect(pack.labels.answers).toHaveLength(9);
    expect(pack.labels.answers.at(-1)).toBe('café');
    expect(pack.scores).toBe('sigmoid');
  });

  it.each(['fp16', 'int8'] as const)(
    'loses in %s what the same weights lose elsewhere',
    async (precision) => {
      const { logits } = await answered(openMade(await make({ precision })));
      const expected = golden.at('stored').at(precision).numbers();
      expect(largestDifference(logits, expected)).toBeLessThan(STORED_TOLERANCE);
    },
  );

  it('brings the heads of pretraining', async () => {
    const made = openMade(
      await make({
        recipe: 'lxmert-base',
        weights: 'pretraining.safetensors',
        configuration: textOf('pretraining.config.json'),
      }),
    );
    const outputs = await answered(made);
    expectSame(outputs, golden.at('models').at('pretraining.config.json'));
    const matching = await made.open(made.pack.lxmert.taskHeads.matching!);
    const { match_logits } = await matching.run({ pooled: outputs['pooled']! }, ['match_logits']);
    expect(match_logits.dims).toEqual([1, 2]);
    const masked = await made.open(made.pack.lxmert.taskHeads.maskedWords!);
    const { word_logits } = await masked.run({ text_states: outputs['text_states']! }, ['word_logits']);
    expect(word_logits.dims).toEqual([
      1,
      golden.at('tokenIds').items().length,
      textOf('vocab.txt').split('\n').length - 1,
    ]);
  });
});

/** The fixture's config.json with other values. */
function configured(changes: object): string {
  const known: unknown = JSON.parse(textOf('config.json'));
  return JSON.stringify({ ...Object(known), ...changes });
}

describe('weights of another shape', () => {
  it.each([
    ['another width', configured({ hidden_size: 48 }), /48/u],
    ['another depth', configured({ l_layers: 3 }), /3/u],
    ['heads that do not share the width', configured({ num_attention_heads: 5 }), /5 heads/u],
    ['another activation', configured({ hidden_act: 'relu' }), /relu/u],
    ['boxes of other numbers', configured({ visual_pos_dim: 5 }), /5/u],
    ['another number of answers', configured({ num_qa_labels: 10 }), /10/u],
  ])('are refused: config.json tells of %s', async (_, configuration, words) => {
    await expect(make({ configuration })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringMatching(words) as unknown,
    });
  });

  it('are refused with a list of answers of another length', async () => {
    await expect(make({ answers: '["yes", "no"]' })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringMatching(/9 answers, and 2/u) as unknown,
    });
  });

  it('are refused for the heads that they do not have', async () => {
    await expect(make({ recipe: 'lxmert-base' })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringMatching(/cls\.|obj_predict_head/u) as unknown,
    });
  });
});
