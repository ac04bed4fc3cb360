"""Draws regions of a view for the RoI head: labelled boxes, shaken ones, and proposals."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.detector.class_evidence import box_ious
from models.detector.targets import UNKNOWN, Targets

LABELLED_SHARE = 0.55
MATCHED, MISSED = 0.5, 0.35  # IoU from which a proposal shows a labelled box; below which none
EMBEDDED = 0.6  # IoU from which the teacher's vector is the target


@dataclass(frozen=True)
class Samples:
    """Rows belong together; `source` indexes the targets' boxes (UNKNOWN for background)."""

    boxes: Tensor  # [sample,4]
    source: Tensor  # [sample]
    ious: Tensor  # [sample] with the source


def shake(boxes: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Moves every side by up to a sixth of the size; one box in three stays."""
    size = np.concatenate([boxes[:, 2:] - boxes[:, :2]] * 2, axis=1)
    amount = np.where(generator.random((len(boxes), 1)) < 0.33, 0.0, 0.085)
    moved = boxes + generator.normal(0.0, 1.0, boxes.shape).clip(-2, 2) * size * amount
    moved = moved.clip(0.0, 1.0)
    whole = (moved[:, 2:] - moved[:, :2] > 0.004).all(axis=1, keepdims=True)
    return np.where(whole, moved, boxes).astype(np.float32)


def draw_labelled(targets: Targets, count: int, generator: np.random.Generator) -> np.ndarray:
    """Indices of labelled boxes, human ones preferred two to one."""
    preference = np.where(targets.is_human, 2.0, 0.3 + targets.class_weights)
    keys = generator.random(len(preference)) ** (1.0 / preference)
    return np.argsort(-keys)[:count]


def draw_samples(targets: Targets, proposals: np.ndarray, count: int, generator: np.random.Generator) -> Samples:
    """About `count` regions: labelled boxes (shaken) and proposals that clearly match or clearly miss."""
    labelled = draw_labelled(targets, int(count * LABELLED_SHARE), generator)
    shaken = torch.from_numpy(shake(targets.boxes[labelled], generator))
    truth = torch.from_numpy(targets.boxes)
    own_ious = box_ious(shaken, truth)[torch.arange(len(labelled)), torch.from_numpy(labelled)]
    candidates = torch.from_numpy(proposals)
    ious = box_ious(candidates, truth)
    # A human box wins over a teacher's box that fits about as well.
    preferred = ious + 0.1 * torch.from_numpy(targets.is_human) * (ious >= MATCHED)
    source = preferred.argmax(1)
    best = ious.gather(1, source[:, None])[:, 0]
    usable = torch.nonzero((best >= MATCHED) | (ious.amax(1) < MISSED))[:, 0].numpy()
    chosen = torch.from_numpy(generator.permutation(usable)[: count - len(labelled)])
    return Samples(
        boxes=torch.cat([shaken, candidates[chosen]]),
        source=torch.cat([torch.from_numpy(labelled), torch.where(best >= MATCHED, source, UNKNOWN)[chosen]]),
        ious=torch.cat([own_ious, best[chosen]]),
    )
