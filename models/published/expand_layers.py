"""A graph that holds one layer as a pattern -> the graph with as many layers as a checkpoint has.

Names of nodes, values and initializers may hold `{layer}` and `{next}` (one more), `{last}` (one less than there are
layers) and `{layers}`. The nodes whose outputs speak of `{layer}` or `{next}` stand together and come once for every layer;
where `{last}` occurs, the last layer is written out behind them and the pattern comes once less. A node elsewhere that
reads a value of `{layer}` reads that value of every layer. `src/convert/expand-layers.ts` does the same in the page.
"""

import onnx
from onnx import NodeProto

LAYER, NEXT, LAST, LAYERS = "{layer}", "{next}", "{last}", "{layers}"


def in_layer(name: str, layer: int) -> str:
    return name.replace(LAYER, str(layer)).replace(NEXT, str(layer + 1))


def elsewhere(name: str, layers: int) -> str:
    return name.replace(LAST, str(layers - 1)).replace(LAYERS, str(layers))


def every(name: str, repeats: int, layers: int) -> list[str]:
    """A name as often as it stands for something."""
    return [in_layer(name, layer) for layer in range(repeats)] if LAYER in name else [elsewhere(name, layers)]


def is_repeated(node: NodeProto) -> bool:
    return any(LAYER in name or NEXT in name for name in node.output)


def renamed(node: NodeProto, inputs: list[str], outputs: list[str], name: str) -> NodeProto:
    copy = NodeProto()
    copy.CopyFrom(node)
    del copy.input[:], copy.output[:]
    copy.input.extend(inputs)
    copy.output.extend(outputs)
    copy.name = name
    return copy


def expand_nodes(nodes: list[NodeProto], repeats: int, layers: int) -> list[NodeProto]:
    copies, others = [], []
    for layer in range(repeats):
        for node in filter(is_repeated, nodes):
            inputs, outputs = ([in_layer(name, layer) for name in names] for names in (node.input, node.output))
            copies.append(renamed(node, inputs, outputs, in_layer(node.name, layer)))
    for node in nodes:
        if not is_repeated(node):
            inputs = [found for name in node.input for found in every(name, repeats, layers)]
            outputs = [elsewhere(name, layers) for name in node.output]
            others.append(renamed(node, inputs, outputs, elsewhere(node.name, layers)))
    before = next((place for place, node in enumerate(nodes) if is_repeated(node)), 0)
    return [*others[:before], *copies, *others[before:]]


def repeats_of(model: onnx.ModelProto, layers: int) -> int:
    has_last = any(LAST in name for node in model.graph.node for name in node.output)
    return layers - 1 if has_last else layers


def expand_layers(model: onnx.ModelProto, layers: int) -> onnx.ModelProto:
    expanded = onnx.ModelProto()
    expanded.CopyFrom(model)
    graph, repeats = expanded.graph, repeats_of(model, layers)
    del graph.node[:], graph.initializer[:]
    graph.node.extend(expand_nodes(list(model.graph.node), repeats, layers))
    for tensor in model.graph.initializer:
        for name in every(tensor.name, repeats, layers):
            graph.initializer.add().CopyFrom(tensor)
            graph.initializer[-1].name = name
    return expanded


def expand_weights(weights: dict[str, dict], layers: int, repeats: int) -> dict[str, dict]:
    """The recipe of every weight, by its name in the expanded graph."""
    found: dict[str, dict] = {}
    for name, recipe in weights.items():
        parameter = recipe.get("parameter", name)
        parts = [parameter] if isinstance(parameter, str) else parameter
        columns = zip(*(every(part, repeats, layers) for part in parts), strict=True)
        for concrete, read in zip(every(name, repeats, layers), columns, strict=True):
            found[concrete] = {**recipe, "parameter": list(read)}
    return found
