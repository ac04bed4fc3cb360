"""One PyTorch module -> one ONNX file with named, dynamic axes, its weights in bytes or half precision."""

import logging
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from models.pack.borrow_weights import borrow_weights
from models.pack.byte_rows import store_rows_in_bytes, store_steps_in_bytes
from models.pack.half_weights import store_weights_half

# RoIAlign-free and below 20, so that every backend of onnxruntime-web has kernels for all operators.
OPSET = 18


@dataclass(frozen=True)
class Graph:
    """What an ONNX file of a pack holds. `inputs` name their dynamic axes by position."""

    file: str
    module: nn.Module
    inputs: dict[str, tuple[Tensor, dict[int, torch.export.Dim]]]
    outputs: list[str]
    # Readable names for axes that the exporter would name by a formula: tensor -> {position: name}.
    axis_names: dict[str, dict[int, str]] = field(default_factory=dict)
    # Matrices with so many rows or columns, the word embeddings, are stored in bytes.
    byte_rows: int | None = None
    # Files of the same folder, written before, in which its weights are read instead of stored again.
    borrows: tuple[str, ...] = ()

    def arguments(self) -> tuple[Tensor, ...]:
        return tuple(tensor for tensor, _ in self.inputs.values())


def write_graph(graph: Graph, folder: Path) -> Path:
    """Writes `folder / graph.file`."""
    model = traced(graph)
    name_axes(model, graph.axis_names)
    if graph.byte_rows is not None:
        model = store_rows_in_bytes(model, graph.byte_rows)
    model = store_weights_half(store_steps_in_bytes(model))
    if graph.borrows:
        model = borrow_weights(model, folder, graph.borrows)
    path = folder / graph.file
    onnx.save(model, str(path))
    return path


def traced(graph: Graph) -> onnx.ModelProto:
    """The module in evaluation mode as a graph, its weights in single precision."""
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            graph.module.eval(),
            graph.arguments(),
            dynamo=True,
            opset_version=OPSET,
            input_names=list(graph.inputs),
            output_names=graph.outputs,
            dynamic_shapes=tuple(axes for _, axes in graph.inputs.values()),
            verbose=False,
        )
    return drop_trace_notes(program.model_proto)


def name_axes(model: onnx.ModelProto, names: dict[str, dict[int, str]]) -> None:
    for value in [*model.graph.input, *model.graph.output]:
        for position, name in names.get(value.name, {}).items():
            value.type.tensor_type.shape.dim[position].dim_param = name


def drop_trace_notes(model: onnx.ModelProto) -> onnx.ModelProto:
    """Removes the exporter's remarks (source lines, inner shapes), which only make the file bigger."""
    model.doc_string = ""
    model.graph.doc_string = ""
    del model.metadata_props[:], model.graph.metadata_props[:]
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        value.doc_string = ""
        del value.metadata_props[:]
    return model
