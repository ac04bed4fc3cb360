"""Writes an ONNX graph whose weights lie outside it, node by node.

A traced graph has the sizes and the depth of the traced network everywhere. These graphs are to run whatever a
checkpoint's `config.json` says: no size is in a node, and of equal layers there is one, as a pattern (`expand_layers.py`).
What a weight is made of is noted beside it in the words of a recipe.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

# Native LayerNormalization, and kernels for every operator in every build of onnxruntime-web.
OPSET, IR_VERSION = 18, 10
RUNTIME_DOMAIN = "com.microsoft"
PRECISIONS = ("fp32", "fp16", "int8")
# transformers' LXMERT has this in its code; it does not read the configuration's.
LAYER_NORM_EPSILON = 1e-12

# A number, a size by its name, or a multiple of one: `768`, `hidden`, `3*hidden`.
Dim = int | str
Axes = Sequence[Dim]
Sizes = Mapping[str, int]


@dataclass(frozen=True)
class Skeleton:
    """A graph without its weights, and how the weights are made from a checkpoint's parameters."""

    model: onnx.ModelProto
    weights: dict[str, dict]


@dataclass
class GraphWriter:
    """`sizes` are the numbers that the names of dims stand for, for the dims of the skeleton as it ships."""

    precision: str
    sizes: Sizes
    weights: dict[str, dict] = field(default_factory=dict)
    nodes: list[NodeProto] = field(default_factory=list)
    initializers: dict[str, TensorProto] = field(default_factory=dict)
    inputs: list[ValueInfoProto] = field(default_factory=list)
    outputs: list[ValueInfoProto] = field(default_factory=list)
    # By its name, the value that a matrix is used by: the way back reads those of the way there.
    matrices: dict[str, str] = field(default_factory=dict)
    scope: str = ""

    def input(self, name: str, axes: Axes, kind: int = TensorProto.FLOAT) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, list(axes)))
        return name

    def output(self, name: str, value: str, axes: Axes) -> None:
        self.nodes.append(helper.make_node("Identity", [value], [name], name=f"output {name}"))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(axes)))

    def several(self, operator: str, inputs: Sequence[str], count: int, **attributes) -> list[str]:
        name = f"{self.scope}{operator}.{len(self.nodes)}"
        outputs = [f"{name}:{place}" for place in range(count)] if count > 1 else [name]
        domain = RUNTIME_DOMAIN if operator == "DynamicQuantizeMatMul" else ""
        self.nodes.append(helper.make_node(operator, list(inputs), outputs, name=name, domain=domain, **attributes))
        return outputs

    def node(self, operator: str, *inputs: str, **attributes) -> str:
        return self.several(operator, inputs, 1, **attributes)[0]

    def call(self, value: str, name: str) -> None:
        """Gives a value a name that other layers know."""
        self.nodes.append(helper.make_node("Identity", [value], [name], name=f"name {name}"))

    @contextmanager
    def inside(self, label: str) -> Iterator[None]:
        """What is written inside carries the label of a layer in its names."""
        self.scope = f"{label}/"
        yield
        self.scope = ""

    def constant(self, name: str, values: np.ndarray | list | float) -> str:
        """A small number that is part of the graph; the same name is the same constant."""
        kind = np.float32 if isinstance(values, float) else np.int64
        array = values if isinstance(values, np.ndarray) else np.array(values, kind)
        self.initializers.setdefault(name, numpy_helper.from_array(array, name))
        return name

    def size(self, dim: Dim) -> int:
        if isinstance(dim, int):
            return dim
        factor, _, name = dim.rpartition("*")
        return int(factor or 1) * self.sizes[name]

    def outside(self, name: str, kind: int, dims: Axes) -> str:
        """An initializer whose numbers are not in the file."""
        tensor = TensorProto(name=name, data_type=kind, dims=[self.size(dim) for dim in dims])
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=name)
        self.initializers[name] = tensor
        return name

    def vector(self, name: str, *dims: Dim, **recipe) -> str:
        """A bias, a norm, or a table so small that it stays in single precision."""
        if name not in self.initializers:
            self.weights[name] = {"dims": list(dims), **recipe}
            self.outside(name, TensorProto.FLOAT, dims)
        return name

    def matrix(self, name: str, inner: Dim, outer: Dim, **recipe) -> str:
        """[inner, outer], in halves unless this graph is written in single precision; PyTorch's lies the other way."""
        if name not in self.matrices:
            self.weights[name] = {"transpose": True, "dims": [inner, outer], **recipe}
            is_whole = self.precision == "fp32"
            stored = self.outside(name, TensorProto.FLOAT if is_whole else TensorProto.FLOAT16, (inner, outer))
            self.matrices[name] = stored if is_whole else self.node("Cast", stored, to=TensorProto.FLOAT)
        return self.matrices[name]

    def linear(
        self, states: str, prefix: str, inner: Dim, outer: Dim, *, parts: Sequence[str] = (), whole=False
    ) -> str:
        """`nn.Linear`; of several with the same input, `parts` are their prefixes. `whole`: never in bytes."""
        weight = f"{prefix}.weight"
        joined = {kind: {"parameter": [f"{part}.{kind}" for part in parts]} for kind in ("weight", "bias") if parts}
        recipe = joined.get("weight", {})
        bias = self.vector(f"{prefix}.bias", outer, **joined.get("bias", {}))
        if self.precision != "int8" or whole:
            return self.node("Add", self.node("MatMul", states, self.matrix(weight, inner, outer, **recipe)), bias)
        self.weights[weight] = {"transpose": True, "dims": [inner, outer], **recipe}
        stored = self.outside(f"{weight}:q", TensorProto.INT8, (inner, outer))
        scales = self.outside(f"{weight}:scale", TensorProto.FLOAT, (outer,))
        return self.node("DynamicQuantizeMatMul", states, stored, scales, "", bias)

    def rows(self, table: str, length: Dim, width: Dim, indices: str) -> str:
        """Rows of an embedding; of bytes, only what is read is ever cast."""
        self.weights[table] = {"dims": [length, width]}
        if self.precision == "fp32":
            return self.node("Gather", self.outside(table, TensorProto.FLOAT, (length, width)), indices)
        if self.precision == "fp16":
            # Cast first, when the graph is opened: many a WebGPU adapter has no halves to gather.
            whole = self.node("Cast", self.outside(table, TensorProto.FLOAT16, (length, width)), to=TensorProto.FLOAT)
            return self.node("Gather", whole, indices)
        stored = self.node("Gather", self.outside(f"{table}:q", TensorProto.INT8, (length, width)), indices)
        scales = self.node("Gather", self.outside(f"{table}:scale", TensorProto.FLOAT, (length, 1)), indices)
        return self.node("Mul", self.node("Cast", stored, to=TensorProto.FLOAT), scales)

    def layer_norm(self, states: str, prefix: str, width: Dim) -> str:
        gain, shift = self.vector(f"{prefix}.weight", width), self.vector(f"{prefix}.bias", width)
        return self.node("LayerNormalization", states, gain, shift, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def gelu(self, states: str) -> str:
        """x/2 (1 + erf(x/√2)), in the form that the runtime recognises and joins."""
        erf = self.node("Erf", self.node("Div", states, self.constant("root of two", float(np.sqrt(2.0)))))
        gate = self.node("Add", erf, self.constant("one", 1.0))
        return self.node("Mul", self.node("Mul", states, gate), self.constant("half", 0.5))

    def finish(self, name: str) -> Skeleton:
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, list(self.initializers.values()))
        domains = {node.domain for node in self.nodes}
        opsets = [helper.make_opsetid("", OPSET)]
        opsets += [helper.make_opsetid(RUNTIME_DOMAIN, 1)] if RUNTIME_DOMAIN in domains else []
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="in-page-vqa")
        return Skeleton(model, self.weights)
