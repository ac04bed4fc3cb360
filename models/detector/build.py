"""Puts the two graphs of the detector together, untrained or from a checkpoint."""

from dataclasses import dataclass
from pathlib import Path

import torch

from models.detector.backbone import DetectorBackbone
from models.detector.coco_names import COCO_NAMES
from models.detector.nanodet import NANODET_PLUS_M, NanoDetShape, load_nanodet_weights
from models.detector.roi_head import RoiHead

START_WEIGHTS = Path("weights/nanodet-plus-m_416/weights.npz")  # inside the data folder


@dataclass(frozen=True)
class DetectorShape:
    """Widths of everything; the defaults are the everyday pack's."""

    nanodet: NanoDetShape = NANODET_PLUS_M
    map_channels: tuple[int, int, int, int] = (64, 96, 128, 32)  # at strides 8, 16, 32, 64
    proposal_channels: int = 96
    cell_channels: int = 192
    hidden: int = 512


EVERYDAY = DetectorShape()
TINY = DetectorShape(
    nanodet=NanoDetShape(stem=8, stages=(16, 24, 32), repeats=(2, 2, 2), neck=16),
    map_channels=(8, 12, 16, 4),
    proposal_channels=16,
    cell_channels=16,
    hidden=64,
)


def coco_class_indices(classes: int) -> list[int | None]:
    """Our class index of every COCO name; by position when the vocabulary is not the full one."""
    from models.data import vocabulary

    if classes == len(vocabulary.OBJECTS):
        return [vocabulary.canonical_object(name) for name in COCO_NAMES]
    return [i if i < classes else None for i in range(len(COCO_NAMES))]


def build_detector(
    vocabulary_sizes: tuple[int, int],
    weights_dir: Path | None = None,
    checkpoint: Path | None = None,
    shape: DetectorShape = EVERYDAY,
    seed: int = 0,
) -> tuple[DetectorBackbone, RoiHead]:
    """(C, A) -> the two modules in eval mode.

    weights_dir: the folder of NanoDet's `weights.npz`; checkpoint: a file that
    `python -m models.train detector` wrote, which holds everything.
    """
    classes, attributes = vocabulary_sizes
    generator_state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    backbone = DetectorBackbone(shape.nanodet, shape.map_channels, shape.proposal_channels)
    head = RoiHead(
        classes,
        attributes,
        shape.map_channels,
        coco_class_indices(classes),
        shape.cell_channels,
        shape.hidden,
    )
    torch.random.set_rng_state(generator_state)
    if weights_dir is not None:
        load_nanodet_weights(backbone.nanodet, Path(weights_dir) / "weights.npz")
    if checkpoint is not None:
        stored = torch.load(checkpoint, map_location="cpu", weights_only=True)
        backbone.load_state_dict(stored["backbone"])
        head.load_state_dict(stored["roi_head"])
    return backbone.eval(), head.eval()
