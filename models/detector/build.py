"""Puts the two graphs of the detector together, untrained or from a checkpoint."""

from dataclasses import dataclass, field
from pathlib import Path

import torch

from models.detector.backbone import DetectorBackbone
from models.detector.coco_names import COCO_NAMES
from models.detector.colour_map import teach_first_colours
from models.detector.efficientnet_lite import EFFICIENTNET_LITE0, LiteShape
from models.detector.nanodet import NANODET_PLUS_M, NanoDetShape, load_nanodet_weights
from models.detector.roi_head import HeadShape, RoiHead

IMAGENET_LABELS = 1000
START_WEIGHTS = Path("weights/nanodet-plus-m_416/weights.npz")  # inside the data folder


@dataclass(frozen=True)
class DetectorShape:
    """Widths of everything; the defaults are the everyday pack's."""

    nanodet: NanoDetShape = NANODET_PLUS_M
    map_channels: tuple[int, int, int, int] = (64, 112, 160, 32)  # at strides 8, 16, 32, 64
    proposal_channels: int = 96
    lite: LiteShape = EFFICIENTNET_LITE0
    head: HeadShape = field(default_factory=HeadShape)


EVERYDAY = DetectorShape()
TINY = DetectorShape(
    nanodet=NanoDetShape(stem=8, stages=(16, 24, 32), repeats=(2, 2, 2), neck=16),
    map_channels=(8, 12, 16, 4),
    proposal_channels=16,
    lite=LiteShape(
        stem=8,
        groups=(
            (1, 3, 1, 1, 8),
            (1, 3, 2, 2, 12),
            (1, 5, 2, 2, 16),
            (1, 3, 2, 2, 24),
            (1, 5, 1, 2, 24),
            (1, 5, 2, 2, 32),
            (1, 3, 1, 2, 32),
        ),
        features=32,
    ),
    head=HeadShape(cell_channels=16, hidden=64, imagenet_channels=8, colour_hidden=8),
)


def coco_class_indices(classes: int) -> list[int | None]:
    """Our class index of every COCO name; by position when the vocabulary is not the full one."""
    from models.data import vocabulary

    if classes == len(vocabulary.OBJECTS):
        return [vocabulary.canonical_object(name) for name in COCO_NAMES]
    return [i if i < classes else None for i in range(len(COCO_NAMES))]


def imagenet_class_indices(classes: int) -> list[int | None]:
    """Our class index of every ImageNet label; by position when the vocabulary is not the full one."""
    from models.data import imagenet_names, vocabulary

    if classes == len(vocabulary.OBJECTS):
        names = (imagenet_names.NAME_OF_LINE.get(line) for line in range(1, IMAGENET_LABELS + 1))
        return [None if name is None else vocabulary.OBJECT_INDEX.get(name) for name in names]
    return [i // 2 if i < classes else None for i in range(2 * classes)]


def build_detector(
    vocabulary_sizes: tuple[int, int],
    weights_dir: Path | None = None,
    checkpoint: Path | None = None,
    shape: DetectorShape = EVERYDAY,
    seed: int = 0,
    unboxed: torch.Tensor | None = None,
) -> tuple[DetectorBackbone, RoiHead]:
    """(C, A) -> the two modules in eval mode.

    unboxed [C+1] bool: classes left to ImageNet's evidence; a checkpoint brings its own.
    weights_dir: the folder of NanoDet's `weights.npz`; checkpoint: a file that
    `python -m models.train detector` wrote, which holds everything.
    """
    classes, attributes = vocabulary_sizes
    stored = {} if checkpoint is None else torch.load(checkpoint, map_location="cpu", weights_only=True)
    generator_state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    backbone = DetectorBackbone(
        shape.nanodet, shape.lite, shape.map_channels, shape.proposal_channels, shape.head.imagenet_channels
    )
    teach_first_colours(backbone.colours, seed)
    head = RoiHead(
        classes,
        attributes,
        shape.map_channels,
        coco_class_indices(classes),
        imagenet_class_indices(classes),
        shape.head,
        unboxed if checkpoint is None else stored["roi_head"]["unboxed"],
    )
    torch.random.set_rng_state(generator_state)
    if weights_dir is not None:
        load_nanodet_weights(backbone.nanodet, Path(weights_dir) / "weights.npz")
    if checkpoint is not None:
        backbone.load_state_dict(stored["backbone"])
        head.load_state_dict(stored["roi_head"])
    return backbone.eval(), head.eval()
