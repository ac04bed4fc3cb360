"""Everything a model pack is made of, before it is written."""

from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from torch import nn

from models.detector import preprocess
from models.detector.score_calibration import AS_THEY_ARE, ScoreCalibration
from models.detector.select_regions import Selection
from models.lxmert.network import Lxmert
from models.lxmert.size import LxmertSize


@dataclass(frozen=True)
class Labels:
    """What an index of the class, attribute and answer axes means."""

    objects: tuple[str, ...]
    attributes: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class ImageSettings:
    """How pixels enter the detector; mean and std are in channel order, for values 0..255."""

    width: int = preprocess.WIDTH
    height: int = preprocess.HEIGHT
    channel_order: str = preprocess.CHANNEL_ORDER
    mean: tuple[float, ...] = preprocess.MEAN
    std: tuple[float, ...] = preprocess.STD

    def as_json(self) -> dict:
        return {
            "width": self.width,
            "height": self.height,
            "channelOrder": self.channel_order,
            "mean": list(self.mean),
            "std": list(self.std),
        }


@dataclass(frozen=True)
class Described:
    """What a reader of the pack is told about it."""

    id: str
    name: str
    version: str
    description: str
    licence: str
    provenance: dict


@dataclass(frozen=True)
class PackContents:
    """Models in evaluation mode, with weights as they will be stored."""

    described: Described
    labels: Labels
    image: ImageSettings
    selection: Selection
    backbone: nn.Module
    roi_head: nn.Module
    lxmert: Lxmert
    size: LxmertSize
    tokenizer: Tokenizer
    attribute_min_score: float = 0.5
    score_calibration: ScoreCalibration = AS_THEY_ARE
    answerability: dict | None = None
    """What `python -m models.train answerability` wrote: weights, thresholds, measures, lexicon."""
    card: dict | None = None
    """What `python -m models.card` wrote."""

    @property
    def feature_size(self) -> int:
        return self.lxmert.config.visual_feat_dim


def read_tokenizer(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))
