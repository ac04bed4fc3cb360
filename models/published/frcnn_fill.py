"""Puts a detector checkpoint's parameters into a skeleton, batch norms folded: what the page's converter does, in Python."""

from collections.abc import Mapping

import numpy as np
import onnx
import torch
from onnx import TensorProto

from models.published.graph_writer import Skeleton

State = Mapping[str, torch.Tensor]


def parameter_of(base: str, rule: dict, state: State) -> np.ndarray:
    """In single precision, before it is stored."""
    name = rule.get("parameter", base)
    norm = rule.get("batchNorm")
    if norm is None:
        return state[name].detach().float().numpy()
    prefix = norm["prefix"]
    weight, bias, mean, variance = (
        state[f"{prefix}.{part}"].double().numpy() for part in ("weight", "bias", "running_mean", "running_var")
    )
    factors = weight / np.sqrt(variance + norm["epsilon"])
    if norm["part"] == "bias":
        return (bias - mean * factors).astype(np.float32)
    return (state[name].double().numpy() * factors[:, None, None, None]).astype(np.float32)


def fill(skeleton: Skeleton, state: State) -> onnx.ModelProto:
    """The graph with its weights inside; below 2 GB, which is what a file of this kind can hold."""
    model = onnx.ModelProto()
    model.CopyFrom(skeleton.model)
    for tensor in model.graph.initializer:
        if tensor.data_location != TensorProto.EXTERNAL:
            continue
        array = parameter_of(tensor.name, skeleton.weights.get(tensor.name, {}), state)
        if array.shape != tuple(tensor.dims):
            raise ValueError(f"{tensor.name} is {array.shape} in the checkpoint, {tuple(tensor.dims)} in the skeleton")
        kind = np.float16 if tensor.data_type == TensorProto.FLOAT16 else np.float32
        tensor.raw_data = array.astype(kind).tobytes()
        del tensor.external_data[:]
        tensor.data_location = TensorProto.DEFAULT
    return model
