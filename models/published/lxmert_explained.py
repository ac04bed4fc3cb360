"""Why a full-size LXMERT answers as it does: a pack's graph of gradients beside autograd over transformers."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from models.lxmert.export_explain import EXPLAIN_FILE, MODULES
from models.lxmert.relevance import Maps, relevance
from models.published.lxmert_gradients import explain_by_autograd
from models.published.lxmert_graphs import MAX_TOKENS
from models.published.lxmert_questions import REGIONS, Answered, Question

# Of gradients and of relevance, in single precision.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Asked:
    """A question, padded to the full length, about an answer against the next best."""

    inputs: dict[str, Tensor]
    target: Tensor  # [answer]


@dataclass(frozen=True)
class Explained:
    attention: Maps
    gradients: Maps
    tokens: Tensor
    regions: Tensor


def padded_to(values: np.ndarray, length: int) -> Tensor:
    """[1, place, …] with zeros behind."""
    rows = [(0, 0), (0, length - values.shape[1]), *((0, 0) for _ in values.shape[2:])]
    return torch.from_numpy(np.pad(values, rows))


def why(question: Question, answered: Answered) -> Asked:
    """Every place behind what is asked is masked, which divides nothing by nothing where it is done right."""
    best, second = np.argsort(-answered.logits)[:2].tolist()
    target = torch.zeros(len(answered.logits))
    target[best], target[second] = 1.0, -1.0
    inputs = {
        "features": padded_to(question.features, REGIONS),
        "boxes": padded_to(question.boxes, REGIONS),
        "region_mask": padded_to(np.ones(question.boxes.shape[:2], np.float32), REGIONS),
        "token_ids": padded_to(question.token_ids, MAX_TOKENS),
        "token_mask": padded_to(np.ones(question.token_ids.shape, np.float32), MAX_TOKENS),
    }
    return Asked(inputs, target)


def by_autograd(model: nn.Module, asked: Asked) -> Explained:
    found = explain_by_autograd(model, asked.inputs, asked.target)
    return Explained(found.attention, found.gradients, *relevance(found.attention, found.gradients))


class PackExplains:
    """The graph of gradients in a pack's folder, in ONNX Runtime."""

    def __init__(self, folder: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        sizes = json.loads((folder / "pack.json").read_text())["lxmert"]
        heads = sizes["heads"]
        self.gates = {
            "language_gates": np.ones((1, sizes["languageLayers"], heads), np.float32),
            "vision_gates": np.ones((1, sizes["visionLayers"], heads), np.float32),
            "cross_gates": np.ones((1, sizes["crossLayers"], len(MODULES[2:]), heads), np.float32),
        }
        providers = ["CPUExecutionProvider"]
        self.session = onnxruntime.InferenceSession(str(folder / EXPLAIN_FILE), options, providers=providers)

    def __call__(self, asked: Asked) -> Explained:
        given = {name: values.numpy() for name, values in asked.inputs.items()}
        given |= {"token_ids": given["token_ids"].astype(np.int32), "target": asked.target[None].numpy(), **self.gates}
        wanted = [f"{name}_{kind}" for kind in ("attention", "gradient") for name in MODULES]
        maps = [torch.from_numpy(values[0]).double() for values in self.session.run(wanted, given)]
        attention = dict(zip(MODULES, maps[: len(MODULES)], strict=True))
        gradients = dict(zip(MODULES, maps[len(MODULES) :], strict=True))
        return Explained(attention, gradients, *relevance(attention, gradients))


def compare(found: list[Explained], expected: list[Explained], precision: str, name: str) -> bool:
    pairs = list(zip(found, expected, strict=True))
    gradients = max(far(one.gradients[module], other.gradients[module]) for one, other in pairs for module in MODULES)
    largest_gradient = max(float(other.gradients[module].abs().max()) for _, other in pairs for module in MODULES)
    relevances = max(far(a, b) for one, other in pairs for a, b in zip(both(one), both(other), strict=True))
    largest_relevance = max(float(values.abs().max()) for _, other in pairs for values in both(other))
    same = sum(int(one.regions.argmax() == other.regions.argmax()) for one, other in pairs)
    passes = precision != "fp32" or max(gradients, relevances) <= TOLERANCE
    print(
        f"{'ok  ' if passes else 'FAIL'} {name}: gradients differ by {gradients:.1e} at most (largest {largest_gradient:.2f}), "
        f"relevance by {relevances:.1e} (largest {largest_relevance:.2f}), "
        f"same region first for {same} of {len(pairs)} questions",
        flush=True,
    )
    return passes


def both(explained: Explained) -> tuple[Tensor, Tensor]:
    return explained.tokens, explained.regions


def far(found: Tensor, expected: Tensor) -> float:
    """The largest difference; what is no number is as far as can be."""
    difference = (found - expected).abs().max()
    return float(difference) if torch.isfinite(difference) else float("inf")
