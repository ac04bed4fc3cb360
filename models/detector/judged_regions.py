"""Regions of photos that a head has not seen, with what it says and what people said."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.detector.arithmetic import fast_arithmetic
from models.detector.backbone import DetectorBackbone
from models.detector.roi_head import RoiHead
from models.detector.targets import UNKNOWN, Targets
from models.detector.train_head import draw_regions, pooled_regions
from models.detector.training_views import TrainingViews


@dataclass(frozen=True)
class LogitParts:
    """The three summands of the class logits, each [sample,C+1], and the labels [sample]."""

    direct: Tensor
    coco: Tensor
    names: Tensor
    labels: Tensor


@dataclass(frozen=True)
class JudgedRegions:
    parts: LogitParts
    names: Tensor  # [sample,name] ImageNet's evidence


def labels_of(source: Tensor, targets: Targets, background: int) -> Tensor:
    """source [sample] as drawn -> class that people gave, background, or UNKNOWN where nobody can tell."""
    boxed = source.clamp(min=0)
    named = torch.from_numpy(targets.classes)[boxed]
    named = torch.where(torch.from_numpy(targets.is_human)[boxed], named, UNKNOWN)
    empty = background if targets.background_weight == 1.0 else UNKNOWN
    return torch.where(source == UNKNOWN, empty, named)


@torch.no_grad()
def judged_regions(
    backbone: DetectorBackbone, head: RoiHead, views: TrainingViews, keys: list[str], proposals: np.ndarray, seed: int
) -> JudgedRegions:
    """Regions as training draws them, of the photos' plain views."""
    generator = np.random.default_rng(seed)
    found: list[tuple[Tensor, ...]] = []
    for key in keys:
        view = views.load(views.cache.rows_of[key][0])
        drawn = draw_regions(view, proposals[view.row], generator)
        regions = pooled_regions(backbone, [drawn])
        names = head.names(regions.imagenet)
        labels = labels_of(drawn.samples.source, view.targets, head.unboxed.shape[0] - 1)
        sure = (labels != UNKNOWN) & ~head.unboxed[labels]
        with fast_arithmetic():
            hidden, _ = head.hidden(regions, names)
        parts = head.class_parts(hidden.float(), regions.coco, names)
        found.append(tuple(x[sure] for x in (*parts, labels, names)))
    direct, coco, carried, labels, names = (torch.cat(x) for x in zip(*found))
    return JudgedRegions(LogitParts(direct, coco, carried, labels), names)
