"""Puts a checkpoint's parameters into a skeleton as its recipe says: what the page's converter does, as its reference."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper

from models.published.expand_layers import expand_layers, expand_weights, repeats_of

LARGEST_BYTE = 127
# Weights begin where any number may begin.
ALIGNMENT = 64


def size_of(term: int | str, sizes: Mapping[str, int]) -> float:
    """A number, a size, a multiple of one, or `1/sqrt(size)`."""
    if isinstance(term, int):
        return term
    if term.startswith("1/sqrt("):
        return sizes[term[len("1/sqrt(") : -1]] ** -0.5
    factor, _, name = term.rpartition("*")
    return int(factor or 1) * sizes[name]


def parameter_of(names: Sequence[str], rule: dict, state: Mapping[str, torch.Tensor]) -> np.ndarray:
    """What an initializer holds, in single precision."""
    array = np.concatenate([state[name].detach().float().numpy() for name in names])[: rule.get("rows")]
    return array.T if rule.get("transpose") else array


def in_bytes(array: np.ndarray, channels: int) -> tuple[np.ndarray, np.ndarray]:
    """-> bytes of the same shape, and one scale for each place on the axis `channels`."""
    others = tuple(axis for axis in range(array.ndim) if axis != channels)
    largest = np.abs(array).max(axis=others, keepdims=True)
    scales = np.where(largest == 0, 1, largest / np.float32(LARGEST_BYTE)).astype(np.float32)
    rounded = np.clip(np.rint(array.astype(np.float64) / scales), -LARGEST_BYTE, LARGEST_BYTE)
    return rounded.astype(np.int8), scales


def stored_array(tensor: TensorProto, part: str, array: np.ndarray, rule: dict) -> np.ndarray:
    if part == "":
        return array.astype(np.float16 if tensor.data_type == TensorProto.FLOAT16 else np.float32)
    values, scales = in_bytes(array, array.ndim - 1 if rule.get("transpose") else 0)
    # [1, N] or [V, 1]; a matrix product wants the former without its first axis.
    return values if part == "q" else scales.reshape(-1) if len(tensor.dims) == 1 else scales


def fill_skeleton(
    skeleton: onnx.ModelProto,
    recipe: dict,
    sizes: Mapping[str, int],
    state: Mapping[str, torch.Tensor],
    path: Path,
) -> Path:
    """Writes `path` and, beside it, one file with all its weights. `recipe` is the graph's entry in recipe.json."""
    sizes = {**sizes, "headSize": sizes["hidden"] // sizes["heads"]}
    layers = sizes[recipe["layers"]] if "layers" in recipe else 0
    model = expand_layers(skeleton, layers)
    rules = expand_weights(recipe["weights"], layers, repeats_of(skeleton, layers))
    constants = {constant["initializer"]: constant["values"] for constant in recipe.get("constants", [])}
    data = path.with_suffix(".weights.bin")
    with data.open("wb") as out:
        for tensor in model.graph.initializer:
            if tensor.name in constants:
                kind = numpy_helper.to_array(tensor).dtype
                values = np.array([size_of(term, sizes) for term in constants[tensor.name]], kind)
                tensor.CopyFrom(numpy_helper.from_array(values.reshape(tuple(tensor.dims)), tensor.name))
            if tensor.data_location != TensorProto.EXTERNAL:
                continue
            base, _, part = tensor.name.partition(":")
            rule = rules[base]
            array = parameter_of(rule["parameter"], rule, state)
            wanted = tuple(size_of(dim, sizes) for dim in rule["dims"])
            if array.shape != wanted:
                raise ValueError(f"{base} is {array.shape} in the checkpoint, must be {wanted}")
            stored = np.ascontiguousarray(stored_array(tensor, part, array, rule))
            out.write(bytes(-out.tell() % ALIGNMENT))
            start = out.tell()
            out.write(stored.tobytes())
            del tensor.external_data[:], tensor.dims[:]
            tensor.dims.extend(stored.shape)
            for key, value in (("location", data.name), ("offset", start), ("length", out.tell() - start)):
                tensor.external_data.add(key=key, value=str(value))
    path.write_bytes(model.SerializeToString())
    return path
