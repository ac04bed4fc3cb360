"""A trained LXMERT on disk: weights, size and how much it has seen."""

import os
from dataclasses import asdict
from pathlib import Path

import torch

from models.data.tokenizer import default_tokenizer
from models.data.vocabulary import ANSWERS, ATTRIBUTES, OBJECTS
from models.lxmert.network import Lxmert, build_lxmert
from models.lxmert.region_layout import FEATURE_SIZE
from models.lxmert.size import LxmertSize

# The word embeddings under their second name.
TIED = frozenset({"cls.predictions.decoder.weight", "cls.predictions.decoder.bias"})


def everyday_network(size: LxmertSize) -> Lxmert:
    """An untrained network for our own names, tokenizer and answers."""
    return build_lxmert(
        size,
        OBJECTS,
        attribute_count=len(ATTRIBUTES),
        feature_size=FEATURE_SIZE,
        vocabulary_size=len(default_tokenizer()),
        answer_count=len(ANSWERS),
    )


def save_checkpoint(path: Path, size: LxmertSize, weights: dict[str, torch.Tensor], samples: int) -> None:
    """Written beside and moved, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save({"size": asdict(size), "weights": weights, "samples": samples}, partial)
    os.replace(partial, path)


def kept_file(out: Path, number: int) -> Path:
    """Where a training keeps its `number`th checkpoint on the way to `out`."""
    return out.with_name(f"{out.stem}-{number}{out.suffix}")


def load_checkpoint(path: Path) -> tuple[Lxmert, LxmertSize, int]:
    """The network in evaluation mode, its size, the number of text samples it was trained on.

    Raises ValueError when the file's weights are not those of such a network.
    """
    stored = torch.load(path, map_location="cpu", weights_only=True)
    size = LxmertSize(**stored["size"])
    model = everyday_network(size)
    found = model.load_state_dict(stored["weights"], strict=False)
    missing = sorted(set(found.missing_keys) - TIED)
    if missing or found.unexpected_keys:
        raise ValueError(f"{path} is of another network: lacks {missing[:3]}, has {found.unexpected_keys[:3]}")
    return model.eval(), size, stored["samples"]
