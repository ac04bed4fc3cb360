import { describe, expect, it } from 'vitest';
import type { StoredTensor } from '../../checkpoint/stored-tensor.ts';
import { namedAsInRecipes, parameterName } from '../recipe/parameter-names.ts';
import type { SizeRule } from '../recipe/recipe.ts';
import { resolveSizes, sizeOf } from './resolve-sizes.ts';

const rule = (value: number, more: Partial<SizeRule> = {}): SizeRule => ({
  value,
  config: [],
  parameter: null,
  counted: null,
  fixed: false,
  ...more,
});

const storage = {
  dtype: 'F32',
  length: 0,
  littleEndian: true,
  read: () => Promise.resolve(new Uint8Array(0)),
} as const;
const tensors = (shapes: Readonly<Record<string, readonly number[]>>): Map<string, StoredTensor> =>
  new Map(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { name, shape, strides: shape.map(() => 1), offset: 0, storage },
    ]),
  );

const resolve = (
  sizes: Readonly<Record<string, SizeRule>>,
  shapes: Readonly<Record<string, readonly number[]>> = {},
  configuration: unknown = null,
) =>
  resolveSizes(
    { name: 'LXMERT', sizes: new Map(Object.entries(sizes)), required: new Map() },
    tensors(shapes),
    configuration,
    'own.bin',
  );

describe('sizes', () => {
  const answers = rule(3129, {
    config: ['num_qa_labels', 'labels.answers'],
    parameter: { name: 'head', axis: 1 },
  });

  it.each([
    ['as published', {}, null, 3129],
    ['off the weights', { head: [5, 7] }, null, 7],
    ['out of config.json', { head: [5, 7] }, { num_qa_labels: 9 }, 9],
    ['from within another object', {}, { labels: { answers: 11 } }, 11],
    ['but not out of nonsense', {}, { num_qa_labels: '9', labels: 3 }, 3129],
  ])('are read %s', (_where, shapes, configuration, expected) => {
    expect(resolve({ answers }, shapes, configuration).get('answers')).toBe(expected);
  });

  const layers = rule(2, { config: ['l_layers'], counted: 'layer.{}.bias' });

  it('are counted', () => {
    const three = { 'layer.0.bias': [1], 'layer.1.bias': [1], 'layer.2.bias': [1], 'layer.4.bias': [1] };
    expect(resolve({ layers }, three).get('layers')).toBe(3);
    expect(() => resolve({ layers }, three, { l_layers: 2 })).toThrow(
      'config.json says 2 layers, and own.bin has 3.',
    );
  });

  it('that the graphs have built in are told apart', () => {
    const fixed = { visionLayers: rule(5, { counted: 'r.{}', fixed: true }) };
    expect(() => resolve(fixed, { 'r.0': [1] })).toThrow(
      'own.bin has 1 vision layers; the graphs of LXMERT are built for 5, and no other number is supported.',
    );
  });

  it('have heads that share the hidden numbers', () => {
    expect(resolve({ hidden: rule(24), heads: rule(3) }).get('headSize')).toBe(8);
    expect(() => resolve({ hidden: rule(24), heads: rule(5) })).toThrow('5 heads for 24 hidden numbers');
  });

  it('are spoken of by name, by multiples and by roots', () => {
    const sizes = new Map([['headSize', 64]]);
    expect(['headSize', '3*headSize', '1/sqrt(headSize)', 20].map((term) => sizeOf(term, sizes))).toEqual([
      64,
      192,
      1 / 8,
      20,
    ]);
    expect(() => sizeOf('width', sizes)).toThrow('The recipe speaks of width and has no such size.');
  });
});

describe('names of parameters', () => {
  it.each([
    ['bert.encoder.layer.0.output.dense.weight', 'lxmert.encoder.layer.0.output.dense.weight'],
    ['module.bert.pooler.dense.bias', 'lxmert.pooler.dense.bias'],
    ['lxrt_encoder.model.bert.pooler.dense.bias', 'lxmert.pooler.dense.bias'],
    ['lxrt_encoder.model.module.bert.pooler.dense.bias', 'lxmert.pooler.dense.bias'],
    ['module.lxrt_encoder.model.module.bert.pooler.dense.bias', 'lxmert.pooler.dense.bias'],
    ['logit_fc.3.weight', 'answer_head.logit_fc.3.weight'],
    ['module.logit_fc.0.bias', 'answer_head.logit_fc.0.bias'],
    ['bert.embeddings.LayerNorm.gamma', 'lxmert.embeddings.LayerNorm.weight'],
    ['bert.embeddings.LayerNorm.beta', 'lxmert.embeddings.LayerNorm.bias'],
    ['answer_head.logit_fc.0.bias', 'answer_head.logit_fc.0.bias'],
    ['cls.predictions.bias', 'cls.predictions.bias'],
  ])('of each lineage become one: %s', (name, expected) => {
    expect(parameterName(name, 'lxmert')).toBe(expected);
  });

  it('that need no change go before those that do', () => {
    const both = new Map([
      ['module.backbone.weight', 'renamed'],
      ['backbone.weight', 'plain'],
      ['module.other', 'alone'],
    ]);
    expect(namedAsInRecipes(both, 'detector')).toEqual(
      new Map([
        ['backbone.weight', 'plain'],
        ['other', 'alone'],
      ]),
    );
  });
});
