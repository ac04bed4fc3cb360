"""Graph 1 of the detector: pixels to proposals and the maps that the RoI head pools."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.detector.anchors import boxes_around, cell_positions, image_extent
from models.detector.colour_map import ColourMap
from models.detector.efficientnet_lite import EfficientNetLite, LiteShape
from models.detector.nanodet import COCO_CLASSES, DISTANCE_BINS, STRIDES, NanoDet, NanoDetShape
from models.detector.region_proposals import RegionProposals

FEATURE_MAPS = (
    "map_8",
    "map_16",
    "map_32",
    "map_64",
    "map_colours",
    "map_imagenet",
    "dense_boxes",
    "dense_scores",
)


@dataclass(frozen=True)
class TrunkOutputs:
    """What both trunks compute of one image, before any layer that is trained here."""

    levels: list[Tensor]  # [1,channels,rows,columns] at STRIDES: NanoDet's, then EfficientNet-Lite's, standardised
    dense: list[Tensor]  # [1,112,rows,columns], the dense head's raw outputs
    imagenet: Tensor  # [1,features,rows,columns], what the ImageNet classifier reads


def joined_channels(nanodet: NanoDetShape, lite: LiteShape) -> tuple[int, ...]:
    """Channels of the levels of both trunks together; EfficientNet-Lite has none at stride 64."""
    return tuple(a + b for a, b in zip(nanodet.level_channels, (*lite.level_channels, 0), strict=True))


class Standardise(nn.Module):
    """Gives every channel of a level mean 0 and deviation 1 (measured once, then fixed)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("scale", torch.ones(channels))

    def forward(self, level: Tensor) -> Tensor:
        return (level - self.mean[:, None, None]) * self.scale[:, None, None]


class DetectorBackbone(nn.Module):
    """NanoDet beside EfficientNet-Lite, the proposals of both heads on one scale, and thin maps for pooling."""

    def __init__(
        self,
        shape: NanoDetShape,
        lite: LiteShape,
        map_channels: tuple[int, ...],
        proposal_channels: int,
        imagenet_channels: int,
    ) -> None:
        super().__init__()
        self.nanodet = NanoDet(shape)
        self.lite = EfficientNetLite(lite)
        self.imagenet_down = nn.Linear(lite.features, imagenet_channels, bias=False)
        self.colours = ColourMap()
        channels = joined_channels(shape, lite)
        self.standardise = nn.ModuleList(Standardise(c) for c in channels)
        self.project = nn.ModuleList(nn.Linear(c, m) for c, m in zip(channels, map_channels))
        self.proposals = RegionProposals(channels, proposal_channels)
        # Both heads' scores become the probability that the box fits something people
        # named: sigmoid(slope * logit + shift), fitted on training photos.
        self.register_buffer("dense_calibration", torch.tensor([1.0, 0.0]))
        self.register_buffer("proposal_calibration", torch.tensor([1.0, 0.0]))
        self.register_buffer("distance_bins", torch.arange(DISTANCE_BINS, dtype=torch.float32))

    def dense_predictions(self, dense: list[Tensor], pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Per-level [1,112,rows,columns] -> boxes [cell,4] as fractions, COCO scores [cell,80]."""
        boxes, scores = [], []
        for output, stride in zip(dense, STRIDES):
            cells = output.flatten(2)[0].transpose(0, 1)  # [rows*columns, 112]
            positions = cell_positions(output.shape[2], output.shape[3], offset=0.0)
            bins = cells[:, COCO_CLASSES:].reshape(-1, 4, DISTANCE_BINS).softmax(dim=2)
            distances = (bins * self.distance_bins).sum(dim=2)  # [cell,4], in strides
            boxes.append(boxes_around(positions, distances, image_extent(pixels, stride)))
            scores.append(cells[:, :COCO_CLASSES].sigmoid())
        return torch.cat(boxes), torch.cat(scores)

    def trunks(self, pixels: Tensor) -> TrunkOutputs:
        """pixels [1,3,height,width] -> everything that is computed before the proposals and the maps."""
        levels, dense = self.nanodet(pixels)
        lite_levels, imagenet = self.lite(pixels)
        joined = [*(torch.cat(pair, 1) for pair in zip(levels, lite_levels)), levels[-1]]
        return TrunkOutputs([standardise(x) for standardise, x in zip(self.standardise, joined)], dense, imagenet)

    def maps(self, levels: list[Tensor]) -> list[Tensor]:
        """Levels [1,channels,rows,columns] -> [rows,columns,map channels]."""
        return [project(x[0].permute(1, 2, 0)) for project, x in zip(self.project, levels)]

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        """pixels [1,3,height,width] -> proposal_boxes [proposal,4], proposal_scores [proposal], then FEATURE_MAPS."""
        trunks = self.trunks(pixels)
        dense_boxes, dense_scores = self.dense_predictions(trunks.dense, pixels)
        boxes, scores = self.proposals(trunks.levels, pixels)
        proposal_boxes = torch.cat([dense_boxes, boxes])
        proposal_scores = torch.cat(
            [
                calibrated(dense_scores.amax(dim=1), self.dense_calibration),
                calibrated(scores, self.proposal_calibration),
            ]
        )
        imagenet = self.imagenet_down(trunks.imagenet[0].permute(1, 2, 0))  # [rows,columns,channels]
        side = (self.colours(pixels), imagenet)
        return (proposal_boxes, proposal_scores, *self.maps(trunks.levels), *side, dense_boxes, dense_scores)


def calibrated(scores: Tensor, calibration: Tensor) -> Tensor:
    """scores [n] in 0..1, calibration [slope, shift] -> [n] in 0..1."""
    safe = scores.clamp(1e-4, 1.0 - 1e-4)
    return torch.sigmoid(calibration[0] * torch.log(safe / (1.0 - safe)) + calibration[1])
