"""Region pooling as two matrix products, so that it runs on every backend.

A feature map is read as the piecewise linear surface through its cell centres
(what bilinear sampling does); a bin's value is the mean of that surface over the
bin. The mean is exact: a cell's weight is the integral of its hat function over
the bin, in closed form, not an average of sampling points.
"""

import torch
from torch import Tensor

BINS = 4
NARROWEST_BIN = 0.02  # in cells; keeps the weights of an empty box finite


def hat_integral(t: Tensor) -> Tensor:
    """Integral of max(0, 1 - |s|) for s up to t."""
    rising = (t + 1.0).clamp(0.0, 1.0)
    falling = t.clamp(0.0, 1.0)
    return 0.5 * rising * rising + falling - 0.5 * falling * falling


def bin_weights(low: Tensor, high: Tensor, cells: Tensor | int, bins: int) -> Tensor:
    """low, high [box] as fractions of an axis with `cells` cells -> weights [box, bins, cells] that sum to 1."""
    width = ((high - low) * cells / bins).clamp(min=NARROWEST_BIN)  # [box], in cells
    starts = (low * cells)[:, None] + width[:, None] * torch.arange(bins)  # [box, bins]
    centres = torch.arange(cells, dtype=torch.float32) + 0.5  # [cells]
    offset = starts[:, :, None] - centres  # [box, bins, cells]
    weights = hat_integral(offset + width[:, None, None]) - hat_integral(offset)
    # At the image's edge a part of the hat lies outside; the rest counts for it.
    return weights / weights.sum(dim=2, keepdim=True).clamp(min=1e-6)


def pool_regions(feature_map: Tensor, boxes: Tensor, bins: int = BINS) -> Tensor:
    """feature_map [rows, columns, channels], boxes [box,4] -> [box, bins*bins, channels], bins row-major."""
    rows, columns, channels = feature_map.shape
    weights_y = bin_weights(boxes[:, 1], boxes[:, 3], rows, bins)  # [box, bins, rows]
    weights_x = bin_weights(boxes[:, 0], boxes[:, 2], columns, bins)  # [box, bins, columns]
    bands = weights_y.reshape(-1, rows) @ feature_map.reshape(rows, columns * channels)
    bands = bands.reshape(-1, bins, columns, channels)  # [box, bin y, columns, channels]
    cells = weights_x[:, None] @ bands  # [box, bin y, bin x, channels]
    return cells.reshape(-1, bins * bins, channels)
