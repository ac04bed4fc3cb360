"""A trained LXMERT on disk: weights, size and how much it has seen."""

import os
from dataclasses import asdict
from pathlib import Path

import torch
from transformers import LxmertForQuestionAnswering

from models.data.tokenizer import default_tokenizer
from models.data.vocabulary import ANSWERS
from models.lxmert.answering import build_lxmert
from models.lxmert.region_layout import FEATURE_SIZE
from models.lxmert.size import LxmertSize


def save_checkpoint(path: Path, size: LxmertSize, weights: dict[str, torch.Tensor], samples: int) -> None:
    """Written beside and moved, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save({"size": asdict(size), "weights": weights, "samples": samples}, partial)
    os.replace(partial, path)


def load_checkpoint(path: Path) -> tuple[LxmertForQuestionAnswering, LxmertSize, int]:
    """The network in evaluation mode, its size, the number of question samples it was trained on."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    size = LxmertSize(**stored["size"])
    model = build_lxmert(size, FEATURE_SIZE, len(default_tokenizer()), len(ANSWERS))
    model.load_state_dict(stored["weights"])
    return model.eval(), size, stored["samples"]
