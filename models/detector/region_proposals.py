"""Class-agnostic region proposals: is anything here that people would name, and where?

COCO's 80 things are found by the dense head; this one adds the rest: stuff, parts
of things and things COCO has no word for.
"""

import torch
from torch import Tensor, nn

from models.detector.anchors import boxes_around, cell_positions, image_extent
from models.detector.nanodet import STRIDES, depthwise, pointwise

# Distances are predicted in units of four strides, so that e^0 is a usual box.
DISTANCE_UNIT = 4.0
CELL_CENTRE = 0.5


class RegionProposals(nn.Module):
    """One tower shared by all levels over a projection per level."""

    def __init__(self, level_channels: tuple[int, ...], channels: int = 96) -> None:
        super().__init__()
        self.project = nn.ModuleList(pointwise(c, channels) for c in level_channels)
        self.tower = nn.Sequential(
            depthwise(channels, 5, active=False),
            pointwise(channels, channels),
            depthwise(channels, 5, active=False),
            pointwise(channels, channels),
        )
        self.predict = nn.Conv2d(channels, 5, 1)
        self.level_bias = nn.Parameter(torch.zeros(len(level_channels), 5))
        nn.init.normal_(self.predict.weight, std=0.01)
        nn.init.zeros_(self.predict.bias)
        nn.init.constant_(self.level_bias[:, 0], -3.0)

    def raw(self, levels: list[Tensor]) -> list[Tensor]:
        """levels [1,channels,rows,columns] -> per level [rows*columns, 5]: logit, four log distances."""
        outputs = []
        for i, (level, project) in enumerate(zip(levels, self.project)):
            x = self.predict(self.tower(project(level)))  # [1,5,rows,columns]
            outputs.append(x.flatten(2)[0].transpose(0, 1) + self.level_bias[i])
        return outputs

    def forward(self, levels: list[Tensor], pixels: Tensor) -> tuple[Tensor, Tensor]:
        """-> boxes [cell,4] as fractions, scores [cell] in 0..1, all levels in order."""
        boxes, scores = [], []
        for raw, level, stride in zip(self.raw(levels), levels, STRIDES):
            positions = cell_positions(level.shape[2], level.shape[3], CELL_CENTRE)
            distances = DISTANCE_UNIT * raw[:, 1:].clamp(-4.0, 3.0).exp()
            boxes.append(boxes_around(positions, distances, image_extent(pixels, stride)))
            scores.append(raw[:, 0].sigmoid())
        return torch.cat(boxes), torch.cat(scores)
