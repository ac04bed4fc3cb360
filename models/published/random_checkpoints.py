"""Checkpoints in the published layout and at full size, with random weights.

    python -m models.published.random_checkpoints --out FOLDER

Writes lxmert.zip.bin, lxmert.stream.bin (PyTorch's present and older format, 856 MB each) and detector.bin (262 MB).
"""

import argparse
from pathlib import Path

import torch
from transformers import LxmertConfig, LxmertForPreTraining, LxmertForQuestionAnswering

from models.published.frcnn_network import FasterRcnn
from models.published.frcnn_size import FrcnnSize
from models.published.lxmert_random import random_lxmert
from models.published.lxmert_recipes import PUBLISHED_LXMERTS, Published

SEED = 11
# Weights of trained transformers of this width spread about so far.
SPREAD = 0.04
FORMATS = {"zip": {}, "stream": {"_use_new_zipfile_serialization": False}}


def lxmert_of(published: Published) -> torch.nn.Module:
    kind = LxmertForPreTraining if published.has_heads else LxmertForQuestionAnswering
    return random_lxmert(kind, LxmertConfig(num_qa_labels=published.answers), SPREAD, SEED)


def save_detector(path: Path) -> None:
    """Only so that there is a pack: what it finds is not looked at."""
    torch.manual_seed(SEED)
    torch.save(FasterRcnn(FrcnnSize()).state_dict(), path)


def save_checkpoints(model: torch.nn.Module, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in FORMATS.items():
        torch.save(model.state_dict(), folder / f"lxmert.{name}.bin", **options)
    save_detector(folder / "detector.bin")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    save_checkpoints(lxmert_of(PUBLISHED_LXMERTS[0]), parser.parse_args().out)


if __name__ == "__main__":
    main()
