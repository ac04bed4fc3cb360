"""Max-pooling of regions with rounded borders (RoIPool): not RoIAlign, which would give other features."""

import math

import torch
from torch import Tensor


def bin_borders(low: float, high: float, cells: int, bins: int) -> list[tuple[int, int]]:
    """First and one past the last cell of every bin; `low` and `high` in cells, neighbours may share a cell."""
    first = math.floor(low + 0.5)
    length = max(math.floor(high + 0.5) - first + 1, 1)
    width = torch.tensor(length, dtype=torch.float32) / bins  # in single precision, as the original rounds
    edges = torch.arange(bins + 1, dtype=torch.float32) * width
    starts = (edges[:-1].floor().int() + first).clamp(0, cells).tolist()
    ends = (edges[1:].ceil().int() + first).clamp(0, cells).tolist()
    return list(zip(starts, ends, strict=True))


def pool_regions(feature_map: Tensor, boxes: Tensor, bins: int, stride: int) -> Tensor:
    """feature_map [1,C,rows,columns], boxes [n,4] in pixels -> [n,C,bins,bins]; a bin outside the map is 0."""
    _, channels, rows, columns = feature_map.shape
    pooled = torch.zeros(len(boxes), channels, bins, bins)
    for region, (xmin, ymin, xmax, ymax) in enumerate((boxes / stride).tolist()):
        for i, (top, bottom) in enumerate(bin_borders(ymin, ymax, rows, bins)):
            for j, (left, right) in enumerate(bin_borders(xmin, xmax, columns, bins)):
                if top < bottom and left < right:
                    pooled[region, :, i, j] = feature_map[0, :, top:bottom, left:right].amax(dim=(1, 2))
    return pooled
