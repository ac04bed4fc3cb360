"""Small files of weights in every format that the page reads, and what it must find in them.

    python -m models.published.checkpoint_fixtures

Writes models/fixtures/checkpoints/: the files, and expected.json with {file: {tensor: {dtype, shape, values}}}.
"""

import argparse
import json
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

FOLDER = Path("models/fixtures/checkpoints")
SEED = 5
DTYPE_NAMES = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def state_dict() -> dict[str, Tensor]:
    """Every kind of number, and every way in which tensors lie in storages."""
    torch.manual_seed(SEED)
    shared = torch.randn(4, 6)
    tensors: dict[str, Tensor] = {dtype_name: torch.randn(2, 3).mul(50).to(d) for d, dtype_name in DTYPE_NAMES.items()}
    tensors |= {
        "half.extremes": torch.tensor([65504.0, -(2.0**-24), 2.0**-14, 0.0, float("inf")], dtype=torch.float16),
        "large.count": torch.tensor(2**53 - 1),
        "empty": torch.zeros(0, 3),
        "layer.0.weight": nn.Parameter(torch.randn(3, 2)),
        "shared.whole": shared,
        "shared.transposed": shared.T,
        "shared.column": shared[:, 2],
        "shared.block": shared[1:3, ::2],
        "expanded": torch.randn(3, 1).expand(3, 4),
    }
    return tensors


def arrays() -> dict[str, np.ndarray]:
    numbers = np.random.default_rng(SEED)
    return {
        "backbone.weight": numbers.standard_normal((2, 3, 1), dtype=np.float32),
        "column.major": np.asfortranarray(numbers.standard_normal((3, 4), dtype=np.float32)),
        "big.endian": numbers.standard_normal(5).astype(">f4"),
        "halves": numbers.standard_normal(4).astype(np.float16),
        "counts": np.arange(6, dtype=np.int64).reshape(2, 3),
    }


def described(tensor: Tensor) -> dict:
    values = tensor.detach().to(torch.float64).reshape(-1).tolist()
    # JSON has no infinity.
    finite = [value if abs(value) != float("inf") else str(value) for value in values]
    return {"dtype": DTYPE_NAMES[tensor.dtype], "shape": list(tensor.shape), "values": finite}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    tensors = state_dict()
    dense = {name: tensor.detach().clone().contiguous() for name, tensor in tensors.items()}
    torch.save(tensors, FOLDER / "zip.pt")
    torch.save({"epoch": 3, "model": tensors}, FOLDER / "stream.pt", _use_new_zipfile_serialization=False)
    save_file(dense, FOLDER / "plain.safetensors", metadata={"format": "pt"})
    found = {name: described(tensor) for name, tensor in dense.items()}
    expected = {file: found for file in ("zip.pt", "stream.pt", "plain.safetensors")}
    named = arrays()
    native = {name: torch.from_numpy(array.astype(array.dtype.newbyteorder("="))) for name, array in named.items()}
    for protocol in (3, 4, 5):
        file = f"arrays-protocol-{protocol}.pkl"
        (FOLDER / file).write_bytes(pickle.dumps({"model": named, "__author__": "nobody"}, protocol))
        expected[file] = {name: described(tensor) for name, tensor in native.items()}
    # Protocol 2 writes bytes as text, and people keep the settings of their training beside the weights.
    beside = {
        "args": argparse.Namespace(lr=1e-4, out=Path("runs")),
        "step": np.float64(3.5),
        "best": np.int64(7),
        "names": np.array(["a", "b"]),
        "seen": {1, 2},
        "optimizer": OrderedDict(lr=0.1),
    }
    (FOLDER / "arrays-protocol-2.pkl").write_bytes(pickle.dumps({"model": named} | beside, 2))
    expected["arrays-protocol-2.pkl"] = expected["arrays-protocol-3.pkl"]
    torch.save({"model": tensors, "epoch": 3} | beside, FOLDER / "settings.pt")
    expected["settings.pt"] = found
    text = json.dumps(expected, separators=(",", ":"))
    (FOLDER / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
