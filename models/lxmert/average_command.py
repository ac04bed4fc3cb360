"""Averages the weights of checkpoints, of one training or of branches from one beginning.

The mean is steadier on photos that it has not seen than one of them alone. Izmailov et al., Averaging Weights Leads to
Wider Optima and Better Generalization, 2018; for branches, Wortsman et al., Model Soups, 2022.
"""

import argparse
from pathlib import Path

import torch

from models.lxmert.checkpoint import TIED, load_checkpoint, save_checkpoint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("models/work/lxmert/answering.pt"))


def run(arguments: argparse.Namespace) -> None:
    samples = average(arguments.checkpoints, arguments.out)
    print(
        f"{arguments.out}: mean of {len(arguments.checkpoints)} checkpoints, the longest trained of {samples:,} texts"
    )


def average(checkpoints: list[Path], out: Path) -> int:
    """Writes the mean; returns the samples of the checkpoint that saw most. All must have one size (ValueError)."""
    loaded = [load_checkpoint(path) for path in checkpoints]
    sizes = {size for _, size, _ in loaded}
    if len(sizes) != 1:
        raise ValueError(f"checkpoints of {len(sizes)} sizes have no mean: give those of one run")
    states = [model.state_dict() for model, _, _ in loaded]
    weights = {
        name: torch.stack([state[name].float() for state in states]).mean(dim=0)
        for name in states[0]
        if name not in TIED
    }
    samples = max(samples for _, _, samples in loaded)
    save_checkpoint(out, sizes.pop(), weights, samples)
    return samples
