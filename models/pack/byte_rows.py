"""Weights stored in bytes, one scale per row: half of what half precision takes. Of the everyday pack all that is large."""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

LARGEST_BYTE = 127
SCALES = ".scales"
SMALLEST_STORED_IN_BYTES = 4096
# How far from a whole number a rounded weight may be for what single precision loses.
WHOLE_STEP = 1e-3


def scales_of(rows: np.ndarray) -> np.ndarray:
    """[V, D] -> [V, 1]: what one step of a row's bytes is worth."""
    return np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12) / np.float32(LARGEST_BYTE)


@torch.no_grad()
def round_rows_to_bytes(weight: torch.Tensor) -> None:
    """Rounds a weight [V, ...] in place, exactly as `store_rows_in_bytes` and `store_steps_in_bytes` store it."""
    rows = weight.flatten(1).float().numpy()
    scales = scales_of(rows)
    weight.copy_(torch.from_numpy(np.round(rows / scales) * scales).view_as(weight))


def round_module_to_bytes(module: torch.nn.Module) -> None:
    """Rounds what is worth it of a module's weights, in place."""
    for weight in module.parameters():
        if weight.dim() >= 2 and weight.numel() >= SMALLEST_STORED_IN_BYTES:
            round_rows_to_bytes(weight)


def steps_along(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray] | None:
    """-> bytes like `values` and one scale for each place on `axis`; None where the values are no such steps."""
    rows = np.moveaxis(values, axis, 0)
    scales = scales_of(rows.reshape(len(rows), -1)).reshape(len(rows), *[1] * (values.ndim - 1))
    steps = rows / scales
    whole = np.round(steps)
    if np.abs(steps - whole).max() > WHOLE_STEP:
        return None
    return np.moveaxis(whole, 0, axis).astype(np.int8), np.moveaxis(scales, 0, axis)


def store_steps_in_bytes(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights that `round_module_to_bytes` has rounded become bytes times scales, whichever way round they lie; nothing is lost.

    The runtime folds both when it opens the graph.
    """
    graph = model.graph
    kept, nodes = [], []
    for tensor in graph.initializer:
        found = None
        if (
            tensor.data_type == TensorProto.FLOAT
            and len(tensor.dims) >= 2
            and np.prod(tensor.dims, dtype=int) >= SMALLEST_STORED_IN_BYTES
        ):
            values = numpy_helper.to_array(tensor)
            found = steps_along(values, 0) or steps_along(values, values.ndim - 1)
        if found is None:
            kept.append(tensor)
            continue
        name = tensor.name
        kept.append(numpy_helper.from_array(np.ascontiguousarray(found[0]), f"{name}.bytes"))
        kept.append(numpy_helper.from_array(np.ascontiguousarray(found[1]), name + SCALES))
        nodes.append(helper.make_node("Cast", [f"{name}.bytes"], [f"{name}.steps"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}.steps", name + SCALES], [name]))
    nodes += graph.node
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def store_rows_in_bytes(model: onnx.ModelProto, length: int) -> onnx.ModelProto:
    """Matrices with `length` rows or columns become bytes times scales; the runtime folds both when it opens the graph."""
    graph = model.graph
    kept, nodes = [], []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or len(tensor.dims) != 2 or length not in tensor.dims:
            kept.append(tensor)
            continue
        matrix = numpy_helper.to_array(tensor)
        lies_down = matrix.shape[0] != length
        rows = matrix.T if lies_down else matrix  # [V, D]
        scales = scales_of(rows)
        stored = np.round(rows / scales).astype(np.int8)
        name = tensor.name
        kept.append(numpy_helper.from_array(np.ascontiguousarray(stored.T if lies_down else stored), f"{name}.bytes"))
        kept.append(numpy_helper.from_array(np.ascontiguousarray(scales.T if lies_down else scales), name + SCALES))
        nodes.append(helper.make_node("Cast", [f"{name}.bytes"], [f"{name}.steps"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}.steps", name + SCALES], [name]))
    nodes += graph.node
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
