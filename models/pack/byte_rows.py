"""Word embeddings stored in bytes, one scale per word: half of what half precision takes.

They are in a pack twice, to read words and to tell a masked one, and are by far its largest matrices of LXMERT.
"""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

LARGEST_BYTE = 127
SCALES = ".scales"


def scales_of(rows: np.ndarray) -> np.ndarray:
    """[V, D] -> [V, 1]: what one step of a row's bytes is worth."""
    return np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12) / np.float32(LARGEST_BYTE)


@torch.no_grad()
def round_rows_to_bytes(weight: torch.Tensor) -> None:
    """Rounds a matrix [V, D] in place, exactly as `store_rows_in_bytes` stores it."""
    rows = weight.float().numpy()
    scales = scales_of(rows)
    weight.copy_(torch.from_numpy(np.round(rows / scales) * scales))


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
