/**
 * The nodes of a graph that an output needs, each behind those that it reads: layers on the way back run from the last on,
 * and what only the gradient before the first layer would need is computed for nobody. What no node reads goes too.
 */
import { bytesField, readFields, textOf, writeFields, type ProtoField } from './protobuf.ts';

/** Numbers of fields, from onnx.proto. */
const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1, initializer: 5, output: 12 } as const;
const TENSOR = { name: 8 } as const;
const NODE = { input: 1, output: 2 } as const;
const VALUE_INFO = { name: 1 } as const;

const TEXT = new TextDecoder();

interface Node {
  readonly field: ProtoField;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export function neededInOrder(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeFields(
    readFields(content).map((field) =>
      field.number === MODEL.graph ? bytesField(MODEL.graph, orderedGraph(readFields(field.bytes))) : field,
    ),
  );
}

function orderedGraph(graph: readonly ProtoField[]): Uint8Array<ArrayBuffer> {
  const nodes = graph.filter(({ number }) => number === GRAPH.node).map(nodeOf);
  const outputs = graph
    .filter(({ number }) => number === GRAPH.output)
    .flatMap(({ bytes }) => textsOf(readFields(bytes), VALUE_INFO.name));
  const ordered = orderedNodes(nodes, outputs);
  const read = new Set(ordered.flatMap(({ inputs }) => inputs));
  const others = graph.filter(({ number, bytes }) =>
    number === GRAPH.initializer ? read.has(textOf(readFields(bytes), TENSOR.name)) : number !== GRAPH.node,
  );
  return writeFields([...ordered.map(({ field }) => field), ...others]);
}

/** Depth first without recursion: layers behind layers go deeper than a call may. */
function orderedNodes(nodes: readonly Node[], outputs: readonly string[]): readonly Node[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const ordered = new Set<Node>();
  const open = outputs.toReversed().flatMap((name) => makers.get(name) ?? []);
  for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
    const missing = node.inputs
      .flatMap((name) => makers.get(name) ?? [])
      .filter((maker) => !ordered.has(maker));
    if (missing.length > 0) {
      open.push(...missing.toReversed());
    } else {
      open.pop();
      ordered.add(node);
    }
  }
  return [...ordered];
}

function nodeOf(field: ProtoField): Node {
  const fields = readFields(field.bytes);
  return { field, inputs: textsOf(fields, NODE.input), outputs: textsOf(fields, NODE.output) };
}

function textsOf(fields: readonly ProtoField[], number: number): readonly string[] {
  return fields.filter((field) => field.number === number).map(({ bytes }) => TEXT.decode(bytes));
}
