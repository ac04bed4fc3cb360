"""Boxes of the Visual Genome Faster R-CNN, in pixels of the network's input as `[xmin, ymin, xmax, ymax]`.

No box has the "+ 1" of Caffe's conventions: the weights were converted to continuous coordinates.
"""

import math

import torch
from torch import Tensor

# exp of more than this would make a box larger than any picture.
LARGEST_LOG_SIZE = math.log(1000 / 16)


def cell_anchors(sizes: tuple[int, ...], ratios: tuple[float, ...]) -> Tensor:
    """[sizes x ratios, 4] around the origin, sizes outside; `ratios` are height over width."""
    shapes = [(size / math.sqrt(ratio), size * math.sqrt(ratio)) for size in sizes for ratio in ratios]
    return torch.tensor([[-w / 2, -h / 2, w / 2, h / 2] for w, h in shapes])


def anchor_grid(cells: Tensor, rows: int, columns: int, stride: int) -> Tensor:
    """cells [A,4] -> [rows*columns*A, 4]: moved to the corner of every cell of the map."""
    y, x = torch.meshgrid(torch.arange(rows) * stride, torch.arange(columns) * stride, indexing="ij")
    corners = torch.stack([x, y, x, y], dim=-1).reshape(-1, 1, 4)  # [rows*columns, 1, 4]
    return (corners + cells).reshape(-1, 4)


def apply_deltas(boxes: Tensor, deltas: Tensor, weights: tuple[float, float, float, float]) -> Tensor:
    """boxes, deltas [n,4] -> [n,4]: moved by a share of their size, and scaled by a bounded exponential."""
    dx, dy, dw, dh = (deltas / deltas.new_tensor(weights)).unbind(1)
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    x = boxes[:, 0] + widths / 2 + dx * widths
    y = boxes[:, 1] + heights / 2 + dy * heights
    half_width = widths * dw.clamp(max=LARGEST_LOG_SIZE).exp() / 2
    half_height = heights * dh.clamp(max=LARGEST_LOG_SIZE).exp() / 2
    return torch.stack([x - half_width, y - half_height, x + half_width, y + half_height], dim=1)


def clip_to_image(boxes: Tensor, height: int, width: int) -> Tensor:
    limits = boxes.new_tensor([width, height, width, height])
    return torch.minimum(boxes.clamp(min=0), limits)


def overlaps(box: Tensor, boxes: Tensor) -> Tensor:
    """box [4], boxes [n,4] -> [n]: shared over joint area; 0 for empty boxes."""
    shared = (torch.minimum(box[2:], boxes[:, 2:]) - torch.maximum(box[:2], boxes[:, :2])).clamp(min=0).prod(dim=1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    return shared / ((box[2:] - box[:2]).prod() + areas - shared).clamp(min=1e-9)


def suppress(boxes: Tensor, scores: Tensor, most: float, count: int | None = None) -> list[int]:
    """Greedy, by falling score: at most `count` boxes that overlap no better kept one by more than `most`."""
    order = scores.argsort(descending=True, stable=True)
    kept: list[int] = []
    while len(order) > 0 and len(kept) != count:
        kept.append(int(order[0]))
        order = order[1:][overlaps(boxes[order[0]], boxes[order[1:]]) <= most]
    return kept
