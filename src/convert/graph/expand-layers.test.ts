import { describe, expect, it } from 'vitest';
import { expandLayers } from './expand-layers.ts';
import { plainWeight } from '../recipe/parse-weight-rule.ts';
import { bytesField, readFields, textField, textOf, writeFields } from './protobuf.ts';
import type { WeightRule } from '../recipe/recipe.ts';

const GRAPH = 7;
const NODE = 1;
const INITIALIZER = 5;

interface TestNode {
  readonly reads: readonly string[];
  readonly writes: string;
}

function model(nodes: readonly TestNode[], initializers: readonly string[]): Uint8Array {
  const graph = writeFields([
    ...nodes.map(({ reads, writes }) =>
      bytesField(
        NODE,
        writeFields([...reads.map((name) => textField(1, name)), textField(2, writes), textField(3, writes)]),
      ),
    ),
    ...initializers.map((name) => bytesField(INITIALIZER, writeFields([textField(8, name)]))),
  ]);
  return writeFields([bytesField(GRAPH, graph), textField(2, 'a producer')]);
}

function read(content: Uint8Array): { readonly nodes: readonly string[]; readonly initializers: string[] } {
  const graph = readFields(readFields(content).find(({ number }) => number === GRAPH)!.bytes);
  const within = (number: number) =>
    graph.filter((field) => field.number === number).map(({ bytes }) => readFields(bytes));
  return {
    nodes: within(NODE).map((node) => {
      const reads = node
        .filter(({ number }) => number === 1)
        .map(({ bytes }) => new TextDecoder().decode(bytes));
      return `${reads.join(' ')} > ${textOf(node, 2)}`;
    }),
    initializers: within(INITIALIZER).map((tensor) => textOf(tensor, 8)),
  };
}

const PATTERN: readonly TestNode[] = [
  { reads: ['words'], writes: 'states.0' },
  { reads: ['states.{layer}', 'layer.{layer}.weight'], writes: 'attention.{layer}' },
  { reads: ['attention.{layer}', 'scale'], writes: 'states.{next}' },
];

function rule(name: string, more: Partial<WeightRule> = {}): readonly [string, WeightRule] {
  return [name, { ...plainWeight(name), ...more }];
}

describe('expandLayers', () => {
  const whole = model(
    [
      ...PATTERN,
      { reads: ['attention.{layer}'], writes: 'stacked' },
      { reads: ['states.{layers}'], writes: 'out' },
    ],
    ['layer.{layer}.weight', 'scale'],
  );

  it('writes the pattern once for every layer, one behind the other', () => {
    const { content } = expandLayers(whole, new Map(), 2);
    expect(read(content)).toEqual({
      nodes: [
        'words > states.0',
        'states.0 layer.0.weight > attention.0',
        'attention.0 scale > states.1',
        'states.1 layer.1.weight > attention.1',
        'attention.1 scale > states.2',
        'attention.0 attention.1 > stacked',
        'states.2 > out',
      ],
      initializers: ['layer.0.weight', 'layer.1.weight', 'scale'],
    });
  });

  it('keeps what is no graph', () => {
    const { content } = expandLayers(whole, new Map(), 3);
    expect(textOf(readFields(content), 2)).toBe('a producer');
  });

  it('writes a last layer of its own behind one layer less', () => {
    const cut = model(
      [
        ...PATTERN,
        { reads: ['states.{last}', 'layer.{last}.weight'], writes: 'attention.{last}' },
        { reads: ['attention.{layer}', 'attention.{last}'], writes: 'stacked' },
      ],
      ['layer.{layer}.weight', 'layer.{last}.weight'],
    );
    expect(read(expandLayers(cut, new Map(), 3).content)).toEqual({
      nodes: [
        'words > states.0',
        'states.0 layer.0.weight > attention.0',
        'attention.0 scale > states.1',
        'states.1 layer.1.weight > attention.1',
        'attention.1 scale > states.2',
        'states.2 layer.2.weight > attention.2',
        'attention.0 attention.1 attention.2 > stacked',
      ],
      initializers: ['layer.0.weight', 'layer.1.weight', 'layer.2.weight'],
    });
    expect(read(expandLayers(cut, new Map(), 1).content).nodes).toEqual([
      'words > states.0',
      'states.0 layer.0.weight > attention.0',
      'attention.0 > stacked',
    ]);
  });

  it('writes out one of several stacks, and leaves the other', () => {
    const two = model(
      [
        { reads: ['text.{text.layer}', 'text.{text.layer}.weight'], writes: 'text.{text.next}' },
        { reads: ['text.{text.layers}'], writes: 'photo.0' },
        { reads: ['photo.{photo.layer}'], writes: 'photo.{photo.next}' },
        { reads: ['of.{photo.next}'], writes: 'of.{photo.layer}' },
      ],
      ['text.{text.layer}.weight'],
    );
    const { content } = expandLayers(two, new Map(), 2, 'text');
    expect(read(content).nodes).toEqual([
      'text.0 text.0.weight > text.1',
      'text.1 text.1.weight > text.2',
      'text.2 > photo.0',
      'photo.{photo.layer} > photo.{photo.next}',
      'of.{photo.next} > of.{photo.layer}',
    ]);
    expect(read(expandLayers(content, new Map(), 2, 'photo').content).nodes.slice(3)).toEqual([
      'photo.0 > photo.1',
      'of.1 > of.0',
      'photo.1 > photo.2',
      'of.2 > of.1',
    ]);
  });

  it('gives every layer the rule of its weights', () => {
    const weights = new Map([
      rule('layer.{layer}.joined', { parameters: ['layer.{layer}.query', 'layer.{layer}.key'], rows: null }),
      rule('embeddings', { isTransposed: true }),
    ]);
    const expanded = expandLayers(whole, weights, 2).weights;
    expect([...expanded].map(([name, { parameters }]) => [name, parameters])).toEqual([
      ['layer.0.joined', ['layer.0.query', 'layer.0.key']],
      ['layer.1.joined', ['layer.1.query', 'layer.1.key']],
      ['embeddings', ['embeddings']],
    ]);
    expect(expanded.get('embeddings')!.isTransposed).toBe(true);
  });
});
