"""What the dense COCO head says about a region of ours.

A dense prediction speaks for a region as far as its box agrees with it; the
evidence for a class is a soft maximum of score x IoU^AGREEMENT over all dense
predictions. As a p-norm that is one matrix product.
"""

import math

import torch
from torch import Tensor

AGREEMENT = 2.0
NORM = 4.0
FLOOR = 0.01  # evidence below this counts as none


def box_ious(a: Tensor, b: Tensor) -> Tensor:
    """a [m,4], b [n,4] (xyxy) -> IoU [m,n]."""
    a, b = a[:, None], b[None]  # [m,1,4], [1,n,4]
    width = (torch.minimum(a[..., 2], b[..., 2]) - torch.maximum(a[..., 0], b[..., 0])).clamp(min=0)
    height = (torch.minimum(a[..., 3], b[..., 3]) - torch.maximum(a[..., 1], b[..., 1])).clamp(min=0)
    shared = width * height
    area_a = (a[..., 2] - a[..., 0]) * (a[..., 3] - a[..., 1])
    area_b = (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    return shared / (area_a + area_b - shared).clamp(min=1e-9)


def class_evidence(boxes: Tensor, dense_boxes: Tensor, dense_scores: Tensor) -> Tensor:
    """boxes [box,4], dense_boxes [cell,4], dense_scores [cell,80] -> log evidence [box,80], 0 where there is none."""
    agreement = box_ious(boxes, dense_boxes) ** (AGREEMENT * NORM)  # [box, cell]
    evidence = (agreement @ dense_scores**NORM) ** (1.0 / NORM)  # [box, 80]
    return torch.log(evidence.clamp(max=1.0) + FLOOR) - math.log(FLOOR)
