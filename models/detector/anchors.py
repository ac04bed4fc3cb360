"""Where the cells of a feature map lie in the image, and boxes told from them."""

import torch
from torch import Tensor


def cell_positions(rows: Tensor | int, columns: Tensor | int, offset: float) -> Tensor:
    """[rows*columns, 2]: x, y of every cell, row-major, in strides from the image's corner."""
    y = torch.arange(rows, dtype=torch.float32) + offset
    x = torch.arange(columns, dtype=torch.float32) + offset
    grid_y = y[:, None].expand(rows, columns)
    grid_x = x[None, :].expand(rows, columns)
    return torch.stack([grid_x.reshape(-1), grid_y.reshape(-1)], dim=1)


def boxes_around(positions: Tensor, distances: Tensor, extent: Tensor) -> Tensor:
    """Boxes as clipped fractions of the image.

    positions [cell,2] and distances [cell,4] (left, top, right, bottom) in strides;
    extent [2]: width and height of the image in strides.
    """
    low = (positions - distances[:, :2]) / extent
    high = (positions + distances[:, 2:]) / extent
    return torch.cat([low, high], dim=1).clamp(0.0, 1.0)


def image_extent(pixels: Tensor, stride: int) -> Tensor:
    """[2]: width and height of pixels [1,3,height,width] in strides."""
    ones = torch.ones(2, dtype=torch.float32)
    return torch.cat([ones[:1] * pixels.shape[3], ones[1:] * pixels.shape[2]]) / stride
