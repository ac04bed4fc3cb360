"""A graph that holds one layer as a pattern -> the graph with as many layers as a checkpoint has.

Names of nodes, values and initializers may hold `{layer}` and `{next}` (one more), `{last}` (one less than there are
layers) and `{layers}`. The nodes whose outputs speak of `{layer}` or `{next}` come once for every layer, together; where
`{last}` occurs, the last layer is written out behind them and the pattern comes once less. A node elsewhere that reads a
value of `{layer}` reads that value of every layer. A graph with several stacks of layers writes the stack's name before
each, as `{vision.layer}`, and is expanded once for every stack. `src/convert/graph/expand-layers.ts` does the same in the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import onnx
from onnx import NodeProto


@dataclass(frozen=True)
class Stack:
    """Equal layers, of which one stands in the graph; `name` tells a graph's several stacks apart."""

    name: str = ""

    def label(self, word: str) -> str:
        return f"{{{self.name}.{word}}}" if self.name else f"{{{word}}}"

    @property
    def layer(self) -> str:
        return self.label("layer")

    @property
    def next(self) -> str:
        return self.label("next")

    @property
    def last(self) -> str:
        return self.label("last")

    @property
    def layers(self) -> str:
        return self.label("layers")

    def value(self, name: str) -> str:
        """A value's name, which no other stack of the graph has."""
        return f"{self.name} {name}" if self.name else name


@dataclass(frozen=True)
class Depth:
    """How often a stack's pattern comes, and of how many layers it is one."""

    stack: Stack
    repeats: int
    layers: int

    def in_layer(self, name: str, layer: int) -> str:
        return name.replace(self.stack.layer, str(layer)).replace(self.stack.next, str(layer + 1))

    def elsewhere(self, name: str) -> str:
        return name.replace(self.stack.last, str(self.layers - 1)).replace(self.stack.layers, str(self.layers))

    def every(self, name: str) -> list[str]:
        """A name as often as it stands for something."""
        if self.stack.layer not in name:
            return [self.elsewhere(name)]
        return [self.in_layer(name, layer) for layer in range(self.repeats)]

    def is_repeated(self, node: NodeProto) -> bool:
        return any(self.stack.layer in name or self.stack.next in name for name in node.output)


def depth_of(model: onnx.ModelProto, stack: Stack, layers: int) -> Depth:
    has_last = any(stack.last in name for node in model.graph.node for name in node.output)
    return Depth(stack, layers - 1 if has_last else layers, layers)


def renamed(node: NodeProto, inputs: list[str], outputs: list[str], name: str) -> NodeProto:
    copy = NodeProto()
    copy.CopyFrom(node)
    del copy.input[:], copy.output[:]
    copy.input.extend(inputs)
    copy.output.extend(outputs)
    copy.name = name
    return copy


def expand_nodes(nodes: list[NodeProto], depth: Depth) -> list[NodeProto]:
    copies, others = [], []
    for layer in range(depth.repeats):
        for node in filter(depth.is_repeated, nodes):
            inputs, outputs = ([depth.in_layer(name, layer) for name in names] for names in (node.input, node.output))
            copies.append(renamed(node, inputs, outputs, depth.in_layer(node.name, layer)))
    for node in nodes:
        if not depth.is_repeated(node):
            inputs = [found for name in node.input for found in depth.every(name)]
            outputs = [depth.elsewhere(name) for name in node.output]
            others.append(renamed(node, inputs, outputs, depth.elsewhere(node.name)))
    before = next((place for place, node in enumerate(nodes) if depth.is_repeated(node)), 0)
    return [*others[:before], *copies, *others[before:]]


def expand_stack(model: onnx.ModelProto, depth: Depth) -> onnx.ModelProto:
    expanded = onnx.ModelProto()
    expanded.CopyFrom(model)
    graph = expanded.graph
    del graph.node[:], graph.initializer[:]
    graph.node.extend(expand_nodes(list(model.graph.node), depth))
    for tensor in model.graph.initializer:
        for name in depth.every(tensor.name):
            graph.initializer.add().CopyFrom(tensor)
            graph.initializer[-1].name = name
    return expanded


def expand_weights(weights: dict[str, dict], depth: Depth) -> dict[str, dict]:
    """The recipe of every weight, by its name in the expanded graph."""
    found: dict[str, dict] = {}
    for name, recipe in weights.items():
        parameter = recipe.get("parameter", name)
        parts = [parameter] if isinstance(parameter, str) else parameter
        columns = zip(*(depth.every(part) for part in parts), strict=True)
        for concrete, read in zip(depth.every(name), columns, strict=True):
            found[concrete] = {**recipe, "parameter": list(read)}
    return found


def layers_of(recipe: dict, sizes: Mapping[str, int]) -> dict[Stack, int]:
    """By stack, how many layers a graph gets; `layers` is one size, or by the stack's name the size of each."""
    named = recipe.get("layers", {})
    by_name = {"": named} if isinstance(named, str) else named
    return {Stack(name): sizes[size] for name, size in by_name.items()}


def expand_layers(
    model: onnx.ModelProto, weights: dict[str, dict], layers: Mapping[Stack, int]
) -> tuple[onnx.ModelProto, dict[str, dict]]:
    """-> the graph with every stack written out, and the recipes of its weights by their names there."""
    for stack, count in layers.items():
        depth = depth_of(model, stack, count)
        model, weights = expand_stack(model, depth), expand_weights(weights, depth)
    return needed_in_order(model), weights


def needed_in_order(model: onnx.ModelProto) -> onnx.ModelProto:
    """The nodes that an output needs, each behind those that it reads: layers on the way back run from the last on.

    Changes `model`; initializers that none of them reads go too.
    """
    graph = model.graph
    maker = {name: node for node in graph.node for name in node.output}
    ordered: dict[str, NodeProto] = {}
    open_nodes = [maker[output.name] for output in reversed(graph.output)]
    while open_nodes:
        node = open_nodes[-1]
        missing = [maker[name] for name in node.input if name in maker and maker[name].output[0] not in ordered]
        if missing:
            open_nodes.extend(reversed(missing))
            continue
        open_nodes.pop()
        ordered.setdefault(node.output[0], node)
    nodes = list(ordered.values())
    read = {name for node in nodes for name in node.input}
    tensors = [tensor for tensor in graph.initializer if tensor.name in read]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(tensors)
    return model
