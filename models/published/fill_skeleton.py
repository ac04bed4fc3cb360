"""Puts a checkpoint's parameters into a skeleton as its recipe says: what the page's converter does, as its reference."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper

from models.published.expand_layers import expand_layers, layers_of

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


def parameter_of(names: str | Sequence[str], rule: dict, state: Mapping[str, torch.Tensor]) -> np.ndarray:
    """What an initializer holds, in single precision."""
    names = [names] if isinstance(names, str) else names
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
    """Writes `path` and, beside it, one file with all its weights. `recipe` is the graph's entry in recipe.json.

    A graph that borrows gets no file: its lenders must have been written beside it.
    """
    sizes = {**sizes, "headSize": sizes["hidden"] // sizes["heads"]}
    model, rules = expand_layers(skeleton, recipe.get("weights", {}), layers_of(recipe, sizes))
    for constant in recipe.get("constants", []):
        set_constant(model, constant["initializer"], [size_of(term, sizes) for term in constant["values"]])
    if "borrows" in recipe:
        borrow(model, [path.with_name(lender) for lender in recipe["borrows"]])
    else:
        write_weights(model, rules, sizes, state, path.with_suffix(".weights.bin"))
    path.write_bytes(model.SerializeToString())
    return path


def set_constant(model: onnx.ModelProto, name: str, values: list[float]) -> None:
    """New numbers of an initializer that lies in the graph itself."""
    for tensor in model.graph.initializer:
        if tensor.name == name:
            array = np.array(values, numpy_helper.to_array(tensor).dtype).reshape(tuple(tensor.dims))
            tensor.CopyFrom(numpy_helper.from_array(array, name))


def borrow(model: onnx.ModelProto, lenders: Sequence[Path]) -> None:
    """Weights are read where a lender has one of the same name."""
    lent = {
        tensor.name: tensor
        for lender in lenders
        for tensor in onnx.load(lender, load_external_data=False).graph.initializer
        if tensor.data_location == TensorProto.EXTERNAL
    }
    for tensor in model.graph.initializer:
        if tensor.data_location == TensorProto.EXTERNAL:
            if tensor.data_type != lent[tensor.name].data_type:
                raise ValueError(f"{tensor.name} is stored in another precision by its lender")
            tensor.CopyFrom(lent[tensor.name])


def write_weights(
    model: onnx.ModelProto,
    rules: dict[str, dict],
    sizes: Mapping[str, int],
    state: Mapping[str, torch.Tensor],
    data: Path,
) -> None:
    with data.open("wb") as out:
        for tensor in model.graph.initializer:
            if tensor.data_location != TensorProto.EXTERNAL:
                continue
            base, _, part = tensor.name.partition(":")
            rule = rules[base]
            array = parameter_of(rule.get("parameter", base), rule, state)
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
