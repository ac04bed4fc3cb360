"""Trains the class-agnostic proposals on the cached levels."""

import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.detector.anchors import cell_positions
from models.detector.nanodet import STRIDES
from models.detector.preprocess import WIDTH
from models.detector.region_proposals import CELL_CENTRE, DISTANCE_UNIT, RegionProposals
from models.detector.training_views import TrainingViews

CENTRE_RADIUS = 1.5  # in strides: cells this near a box's centre may speak for it
SMALLEST, LARGEST = 2.0, 12.0  # a level speaks for boxes of this many strides (root of area)
HUMAN_WEIGHT = 1.0


@dataclass(frozen=True)
class Cells:
    """Every cell of every level, in the order of the model's outputs."""

    centres: Tensor  # [cell,2] fractions
    strides: Tensor  # [cell] as a fraction of the image's side
    first_level: Tensor  # [cell] bool
    last_level: Tensor  # [cell] bool


def all_cells(shapes: list[tuple[int, int, int]]) -> Cells:
    centres, strides, levels = [], [], []
    for level, ((_, rows, columns), stride) in enumerate(zip(shapes, STRIDES)):
        centres.append(cell_positions(rows, columns, CELL_CENTRE) * stride / WIDTH)
        strides.append(torch.full((rows * columns,), stride / WIDTH))
        levels.append(torch.full((rows * columns,), level))
    level = torch.cat(levels)
    return Cells(torch.cat(centres), torch.cat(strides), level == 0, level == len(STRIDES) - 1)


def assign(cells: Cells, boxes: Tensor) -> Tensor:
    """boxes [box,4] -> for every cell the smallest box it may speak for, or -1."""
    centres = 0.5 * (boxes[:, :2] + boxes[:, 2:])
    size = boxes[:, 2:] - boxes[:, :2]
    root = size.prod(1).sqrt()
    away = (cells.centres[:, None] - centres).abs()  # [cell,box,2]
    reach = torch.minimum(CENTRE_RADIUS * cells.strides[:, None, None], 0.5 * size)
    near = (away <= torch.maximum(reach, 0.51 * cells.strides[:, None, None])).all(2)
    in_strides = root / cells.strides[:, None]  # [cell,box]
    large_enough = (in_strides >= SMALLEST) | cells.first_level[:, None]
    small_enough = (in_strides <= LARGEST) | cells.last_level[:, None]
    allowed = near & large_enough & small_enough
    area = torch.where(allowed, root[None], torch.inf)
    smallest, index = area.min(1)
    return torch.where(smallest.isfinite(), index, -1)


def paired_ious(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """a, b [n,4] -> IoU [n] and generalised IoU [n]."""
    shared = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    area_a = (a[:, 2:] - a[:, :2]).clamp(min=0).prod(1)
    area_b = (b[:, 2:] - b[:, :2]).prod(1)
    union = (area_a + area_b - shared).clamp(min=1e-9)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1).clamp(min=1e-9)
    iou = shared / union
    return iou, iou - (hull - union) / hull


def proposal_loss(raw: Tensor, cells: Cells, boxes: Tensor, weights: Tensor, background: float) -> Tensor:
    """raw [cell,5]; boxes [box,4], weights [box]. Quality focal loss plus generalised IoU."""
    index = assign(cells, boxes)
    positive = index >= 0
    chosen = index[positive]
    distances = DISTANCE_UNIT * raw[positive, 1:].clamp(-4.0, 3.0).exp() * cells.strides[positive, None]
    centres = cells.centres[positive]
    predicted = torch.cat([centres - distances[:, :2], centres + distances[:, 2:]], 1)
    iou, generalised = paired_ious(predicted, boxes[chosen])
    quality = torch.zeros_like(raw[:, 0])
    quality[positive] = iou.detach()
    cell_weights = torch.full_like(quality, background)
    cell_weights[positive] = weights[chosen]
    hardness = (quality - raw[:, 0].sigmoid()).detach().square()
    cross_entropy = F.binary_cross_entropy_with_logits(raw[:, 0], quality, reduction="none")
    normaliser = weights[chosen].sum().clamp(min=1.0)
    objectness = (cell_weights * hardness * cross_entropy).sum() / normaliser
    shape = (weights[chosen] * (1.0 - generalised)).sum() / normaliser
    return objectness + 2.0 * shape


def train_proposals(model: RegionProposals, views: TrainingViews, steps: int, seed: int, batch: int = 6) -> None:
    """Trains in place, about 0.3 s a step on one thread."""
    rows = views.rows(views.training_keys())
    cells = all_cells(views.cache.shapes)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * s / steps)))
    )
    running: list[float] = []
    model.train()
    for step, drawn in enumerate(views.batches(rows, batch, steps, seed)):
        optimiser.zero_grad()
        total = 0.0
        for view in drawn:
            targets = view.targets
            weights = np.where(targets.is_human, HUMAN_WEIGHT, targets.class_weights)
            raw = torch.cat(model.raw([level.float() for level in view.cached.levels]))
            loss = proposal_loss(
                raw,
                cells,
                torch.from_numpy(targets.boxes),
                torch.from_numpy(weights.astype(np.float32)),
                targets.background_weight,
            )
            (loss / batch).backward()
            total += loss.item() / batch
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        running.append(total)
        if (step + 1) % 50 == 0:
            print(f"proposals {step + 1}/{steps} loss {np.mean(running[-50:]):.3f}", flush=True)
    model.eval()
