"""A graph whose weights lie in the files of other graphs: ONNX's external data may point into any file.

The graph of explanations has the weights of three others. A page that has those has them already.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Smaller than this a tensor takes hardly more room than the note where it lies.
LEAST_BYTES = 256


def borrow_weights(model: onnx.ModelProto, folder: Path, lenders: tuple[str, ...]) -> onnx.ModelProto:
    """Tensors whose bytes stand in one of the `lenders`, as they are or transposed, are left out and read there."""
    contents = {name: (folder / name).read_bytes() for name in lenders}
    graph = model.graph
    kept, turns = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.nbytes < LEAST_BYTES:
            kept.append(tensor)
        elif place := place_in(contents, values):
            kept.append(borrowed(tensor.name, values, *place))
        elif values.ndim == 2 and (place := place_in(contents, values.T)):
            name = f"{tensor.name}.turned"
            kept.append(borrowed(name, values.T, *place))
            turns.append(helper.make_node("Transpose", [name], [tensor.name], name=f"{tensor.name}.turn", perm=[1, 0]))
        else:
            kept.append(tensor)
    nodes = turns + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    return model


def place_in(contents: dict[str, bytes], values: np.ndarray) -> tuple[str, int] | None:
    """The first file that has these values, and the byte where they start."""
    raw = values.tobytes()
    offsets = ((name, content.find(raw)) for name, content in contents.items())
    return next(((name, offset) for name, offset in offsets if offset >= 0), None)


def borrowed(name: str, values: np.ndarray, file: str, offset: int) -> TensorProto:
    """A tensor without its values, and the note where they are."""
    tensor = TensorProto(name=name, dims=values.shape, data_type=helper.np_dtype_to_tensor_dtype(values.dtype))
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", file), ("offset", offset), ("length", values.nbytes)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor
