from pathlib import Path

import pytest
import torch

from models.lxmert.average_command import average
from models.lxmert.checkpoint import everyday_network, load_checkpoint, save_checkpoint
from models.lxmert.size import TINY, LxmertSize

NARROWER = LxmertSize(hidden_size=32, heads=2, language_layers=1, vision_layers=1, cross_layers=1)


def written(path: Path, size: LxmertSize, seed: int, samples: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    weights = everyday_network(size).state_dict()
    save_checkpoint(path, size, weights, samples)
    return weights


def test_the_mean_of_two_checkpoints(tmp_path: Path) -> None:
    one = written(tmp_path / "one.pt", TINY, 1, 100)
    other = written(tmp_path / "other.pt", TINY, 2, 300)
    assert average([tmp_path / "one.pt", tmp_path / "other.pt"], tmp_path / "mean.pt") == 300
    model, size, samples = load_checkpoint(tmp_path / "mean.pt")
    assert (size, samples) == (TINY, 300)
    for name, weight in model.state_dict().items():
        torch.testing.assert_close(weight, (one[name] + other[name]) / 2, msg=name)


def test_sizes_are_not_mixed(tmp_path: Path) -> None:
    written(tmp_path / "one.pt", TINY, 1, 100)
    written(tmp_path / "other.pt", NARROWER, 2, 100)
    with pytest.raises(ValueError, match="2 sizes"):
        average([tmp_path / "one.pt", tmp_path / "other.pt"], tmp_path / "mean.pt")
