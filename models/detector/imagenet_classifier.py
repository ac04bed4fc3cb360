"""MobileNetV2 with its 1,001-way ImageNet classifier: names that no box data covers.

The published weights come with batch norm folded in, in the order in which the
network runs. The trunk's last map keeps its place in the photo; the classifier is
linear, so it may be asked about the mean over any region instead of the whole.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.detector.preprocess import MEAN, STD


@dataclass(frozen=True)
class MobileNetShape:
    """(expansion, channels, repeats, first stride) per group; the defaults are MobileNetV2-1.0's.

    Sandler et al., MobileNetV2, table 2.
    """

    stem: int = 32
    groups: tuple[tuple[int, int, int, int], ...] = (
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    )
    features: int = 1280


MOBILENET_V2 = MobileNetShape()
SHRINK = 0.5  # 512 pixels enter as 256: a quarter of the time, and things nearer the size it was trained on


class SameConv(nn.Module):
    """Convolution as TensorFlow pads it: with stride 2, an even size grows on the right and at the bottom only."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2 if stride == 1 else 0, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.pad(x, (0, 1, 0, 1)) if self.stride == 2 else x)


class InvertedResidual(nn.Module):
    """Widen, look around per channel, narrow; with a shortcut where the shape stays."""

    def __init__(self, inputs: int, outputs: int, expansion: int, stride: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.shortcut = stride == 1 and inputs == outputs
        widen: list[nn.Module] = [SameConv(inputs, wide, 1), nn.ReLU6()] if expansion > 1 else []
        self.layers = nn.Sequential(
            *widen, SameConv(wide, wide, 3, stride, groups=wide), nn.ReLU6(), SameConv(wide, outputs, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.shortcut else self.layers(x)


class ImageNetTrunk(nn.Module):
    """Pixels as the detector takes them -> [1,features,rows,columns] at stride 32."""

    def __init__(self, shape: MobileNetShape = MOBILENET_V2) -> None:
        super().__init__()
        layers: list[nn.Module] = [SameConv(3, shape.stem, 3, 2), nn.ReLU6()]
        self.channels = shape.features
        channels = shape.stem
        for expansion, outputs, repeats, stride in shape.groups:
            for repeat in range(repeats):
                layers.append(InvertedResidual(channels, outputs, expansion, stride if repeat == 0 else 1))
                channels = outputs
        self.layers = nn.Sequential(*layers, SameConv(channels, shape.features, 1), nn.ReLU6())
        # (BGR - MEAN) / STD back to 0..255, then to RGB / 127.5 - 1.
        self.register_buffer("scale", torch.tensor(STD)[:, None, None] / 127.5)
        self.register_buffer("shift", torch.tensor(MEAN)[:, None, None] / 127.5 - 1.0)

    def forward(self, pixels: Tensor) -> Tensor:
        smaller = F.interpolate(pixels, scale_factor=SHRINK, mode="bilinear", align_corners=False)
        return self.layers((smaller * self.scale + self.shift).flip(1))


def load_imagenet_weights(trunk: ImageNetTrunk, file: Path) -> tuple[Tensor, Tensor]:
    """Fills the trunk -> the classifier's weight [1001,features] and bias [1001]; output 0 is background."""
    stored = np.load(file)
    convolutions = [module for module in trunk.modules() if isinstance(module, nn.Conv2d)]
    with torch.no_grad():
        for i, conv in enumerate(convolutions):
            conv.weight.copy_(torch.from_numpy(stored[f"conv_{i}.weight"].astype(np.float32)))
            conv.bias.copy_(torch.from_numpy(stored[f"conv_{i}.bias"]))
    last = len(convolutions)
    weight = torch.from_numpy(stored[f"conv_{last}.weight"].astype(np.float32)).flatten(1)
    return weight, torch.from_numpy(stored[f"conv_{last}.bias"].astype(np.float32))


def factor_classifier(weight: Tensor, bias: Tensor, features: Tensor, rank: int) -> tuple[Tensor, Tensor, Tensor]:
    """Best classifier of the given rank for what is seen: reduced-rank regression on sample features.

    weight [label,feature], bias [label], features [sample,feature] -> (down [rank,feature], up [label,rank],
    bias [label]) with up @ (down @ f) + bias close to weight @ f + bias, in the mean square over the samples.
    """
    mean = features.mean(0)
    centred = features - mean
    variances, axes = torch.linalg.eigh(centred.T @ centred / len(features))
    root = axes * variances.clamp(min=1e-8).sqrt()  # [feature, axis]
    left, sizes, right = torch.linalg.svd(weight @ root, full_matrices=False)
    spread = sizes[:rank].sqrt()
    up = left[:, :rank] * spread
    down = (spread[:, None] * right[:rank]) @ (axes / variances.clamp(min=1e-8).sqrt()).T
    return down, up, bias + weight @ mean - up @ (down @ mean)
