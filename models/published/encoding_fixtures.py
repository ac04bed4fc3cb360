"""What NumPy makes of a few weights in half precision, in bytes, and with a batch norm folded in.

    python -m models.published.encoding_fixtures

Writes models/fixtures/checkpoints/encodings.json.
"""

import json
from pathlib import Path

import numpy as np

FILE = Path("models/fixtures/checkpoints/encodings.json")
SEED = 6
EPSILON = 1e-5
# Ties between two halves, the edges of the format, and numbers beyond it.
EDGES = [0.0, 1 + 2**-11, 1 + 3 * 2**-11, 65504.0, 65519.0, 65520.0, 1e6, 2**-14, 2**-24, 2**-25, 3 * 2**-25, 1e-9]


def half_case(numbers: np.random.Generator) -> dict:
    spread = numbers.standard_normal(200) * 10.0 ** numbers.integers(-8, 5, 200)
    values = np.array([*EDGES, *(-edge for edge in EDGES), *spread], np.float32)
    with np.errstate(over="ignore"):
        halves = values.astype(np.float16)
    return {
        "values": [float(value) for value in values],
        "bits": halves.view(np.uint16).tolist(),
        "overflowed": int(np.isinf(halves).sum()),
    }


def bytes_case(numbers: np.random.Generator) -> dict:
    weights = numbers.standard_normal((4, 9), dtype=np.float32)
    weights[2] = 0.0
    largest = np.abs(weights).max(axis=1)
    scales = np.where(largest == 0, 1, largest / 127).astype(np.float32)
    values = np.clip(np.rint(weights.astype(np.float64) / scales[:, None]), -127, 127)
    return {
        "weights": weights.reshape(-1).tolist(),
        "values": values.astype(int).reshape(-1).tolist(),
        "scales": scales.tolist(),
        "largestError": float(np.abs(weights - values * scales[:, None]).max()),
    }


def batch_norm_case(numbers: np.random.Generator) -> dict:
    kernel = numbers.standard_normal((3, 2, 2), dtype=np.float32)
    weight, bias, mean = numbers.standard_normal((3, 3), dtype=np.float32)
    variance = numbers.random(3, dtype=np.float32)
    factors = weight / np.sqrt(variance.astype(np.float64) + EPSILON)
    parts = {"kernel": kernel, "weight": weight, "bias": bias, "mean": mean, "variance": variance}
    return {
        **{name: part.reshape(-1).tolist() for name, part in parts.items()},
        "epsilon": EPSILON,
        "folded": {
            "kernel": (kernel * factors[:, None, None]).reshape(-1).tolist(),
            "bias": (bias - mean * factors).tolist(),
        },
    }


def main() -> None:
    numbers = np.random.default_rng(SEED)
    cases = {"half": half_case(numbers), "bytes": bytes_case(numbers), "batchNorm": batch_norm_case(numbers)}
    FILE.write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
