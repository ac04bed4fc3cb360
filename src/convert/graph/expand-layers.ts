/**
 * A graph that holds one layer as a pattern, written out for as many layers as a checkpoint has.
 *
 * Names of nodes, values and initializers may hold `{layer}` and `{next}` (one more), `{last}` (one less than there are
 * layers) and `{layers}`. The nodes whose outputs speak of `{layer}` or `{next}` come once for every layer, together;
 * where `{last}` occurs, the last layer is written out behind them and the pattern comes once less. A node elsewhere that
 * reads a value of `{layer}` reads that value of every layer. A graph with several stacks of layers writes the stack's
 * name before each, as `{vision.layer}`, and is expanded once for every stack.
 */
import { bytesField, readFields, textField, textOf, writeFields, type ProtoField } from './protobuf.ts';
import type { WeightRule } from '../recipe/recipe.ts';

/** Numbers of fields, from onnx.proto. */
const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1, initializer: 5 } as const;
const NODE = { input: 1, output: 2, name: 3 } as const;
const TENSOR = { name: 8 } as const;

const TEXT = new TextDecoder();

/** How often a stack's pattern comes, of how many layers it is one, and how its names speak of them. */
interface Depth {
  readonly repeats: number;
  readonly layers: number;
  readonly words: Readonly<Record<'layer' | 'next' | 'last' | 'layers', string>>;
}

export interface ExpandedGraph {
  readonly content: Uint8Array<ArrayBuffer>;
  /** Rules of weights by their names in the written-out graph. */
  readonly weights: ReadonlyMap<string, WeightRule>;
}

/** @param stack its name in a graph that has several */
export function expandLayers(
  content: Uint8Array,
  weights: ReadonlyMap<string, WeightRule>,
  layers: number,
  stack = '',
): ExpandedGraph {
  const model = readFields(content);
  const graph = model
    .filter(({ number }) => number === MODEL.graph)
    .flatMap(({ bytes }) => readFields(bytes));
  const nodes = graph.filter(({ number }) => number === GRAPH.node).map(({ bytes }) => readFields(bytes));
  const word = (name: string): string => (stack === '' ? `{${name}}` : `{${stack}.${name}}`);
  const words = { layer: word('layer'), next: word('next'), last: word('last'), layers: word('layers') };
  const hasLast = nodes.some((node) => outputsOf(node).some((name) => name.includes(words.last)));
  const depth: Depth = { repeats: hasLast ? layers - 1 : layers, layers, words };
  const expanded = writeFields([
    ...expandNodes(nodes, depth).map((node) => bytesField(GRAPH.node, writeFields(node))),
    ...graph.filter(({ number }) => number !== GRAPH.node).flatMap((field) => expandField(field, depth)),
  ]);
  const whole = model.map((field) =>
    field.number === MODEL.graph ? bytesField(MODEL.graph, expanded) : field,
  );
  return { content: writeFields(whole), weights: expandRules(weights, depth) };
}

function expandNodes(nodes: readonly ProtoField[][], depth: Depth): ProtoField[][] {
  const isRepeated = (node: readonly ProtoField[]): boolean =>
    outputsOf(node).some((name) => name.includes(depth.words.layer) || name.includes(depth.words.next));
  const pattern = nodes.filter(isRepeated);
  const copies = Array.from({ length: depth.repeats }, (_, layer) =>
    pattern.map((node) => renamed(node, (name) => [nameInLayer(name, layer, depth)])),
  ).flat();
  const others = nodes
    .filter((node) => !isRepeated(node))
    .map((node) => renamed(node, (name) => everyName(name, depth)));
  const before = Math.max(0, nodes.findIndex(isRepeated));
  return [...others.slice(0, before), ...copies, ...others.slice(before)];
}

function outputsOf(node: readonly ProtoField[]): string[] {
  return node.filter(({ number }) => number === NODE.output).map(({ bytes }) => TEXT.decode(bytes));
}

const NODE_NAMES = new Set<number>(Object.values(NODE));

/** A node with other names; an input can become several, in its place. */
function renamed(node: readonly ProtoField[], rename: (name: string) => readonly string[]): ProtoField[] {
  return node.flatMap((field) =>
    NODE_NAMES.has(field.number)
      ? rename(TEXT.decode(field.bytes)).map((name) => textField(field.number, name))
      : [field],
  );
}

/** Anything of a graph but a node. */
function expandField(field: ProtoField, depth: Depth): readonly ProtoField[] {
  if (field.number !== GRAPH.initializer) return [field];
  const tensor = readFields(field.bytes);
  return everyName(textOf(tensor, TENSOR.name), depth).map((name) =>
    bytesField(
      GRAPH.initializer,
      writeFields([...tensor.filter(({ number }) => number !== TENSOR.name), textField(TENSOR.name, name)]),
    ),
  );
}

function expandRules(
  weights: ReadonlyMap<string, WeightRule>,
  depth: Depth,
): ReadonlyMap<string, WeightRule> {
  const expanded = new Map<string, WeightRule>();
  for (const [pattern, rule] of weights) {
    const sources = rule.parameters.map((parameter) => everyName(parameter, depth));
    for (const [place, name] of everyName(pattern, depth).entries()) {
      // A parameter that speaks of no layer is the same for all.
      expanded.set(name, { ...rule, parameters: sources.map((names) => names[place] ?? names[0] ?? '') });
    }
  }
  return expanded;
}

function nameInLayer(name: string, layer: number, { words }: Depth): string {
  return name.replaceAll(words.layer, String(layer)).replaceAll(words.next, String(layer + 1));
}

/** A name as often as it stands for something. */
function everyName(name: string, depth: Depth): readonly string[] {
  const { repeats, layers, words } = depth;
  if (name.includes(words.layer)) {
    return Array.from({ length: repeats }, (_, layer) => nameInLayer(name, layer, depth));
  }
  return [name.replaceAll(words.last, String(layers - 1)).replaceAll(words.layers, String(layers))];
}
