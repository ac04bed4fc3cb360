"""Weights stored as half precision and cast back on load: half the download, single-precision arithmetic."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from models.pack.byte_rows import SCALES

# Below this many numbers (biases, norms, scalars) the saving is not worth a rounded constant.
SMALLEST_STORED_HALF = 256


def store_weights_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Float32 initializers become float16 ones, each followed by a Cast that keeps the old name.

    The runtime folds these casts when it opens the graph.
    """
    graph = model.graph
    kept, casts = [], []
    for tensor in graph.initializer:
        is_small = np.prod(tensor.dims, dtype=int) < SMALLEST_STORED_HALF
        if tensor.data_type != TensorProto.FLOAT or is_small or tensor.name.endswith(SCALES):
            kept.append(tensor)
            continue
        stored = f"{tensor.name}.half"
        values = numpy_helper.to_array(tensor)
        largest = float(np.abs(values).max())
        if largest > float(np.finfo(np.float16).max):
            raise ValueError(f"weight {tensor.name} reaches {largest:.3g}, more than half precision holds")
        kept.append(numpy_helper.from_array(values.astype(np.float16), stored))
        casts.append(
            helper.make_node("Cast", [stored], [tensor.name], name=f"{tensor.name}.cast", to=TensorProto.FLOAT)
        )
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(model)
    return model


def round_to_half(module) -> None:
    """Rounds a PyTorch module's parameters and buffers in place, exactly as `store_weights_half` stores them."""
    import torch

    with torch.no_grad():
        for tensor in [*module.parameters(), *module.buffers()]:
            if tensor.dtype == torch.float32 and tensor.numel() >= SMALLEST_STORED_HALF:
                tensor.copy_(tensor.half().float())
