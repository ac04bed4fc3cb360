"""NanoDet-Plus-m: ShuffleNetV2 trunk, Ghost-PAN neck, dense COCO head.

The modules are declared in the order in which the published network runs, so
its weights are loaded by order alone (`load_nanodet_weights`). Batch norm is
already folded into the convolutions there, hence a bias on every one.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

STRIDES = (8, 16, 32, 64)
COCO_CLASSES = 80
DISTANCE_BINS = 8  # a side's distance is a distribution over 0..7 strides


@dataclass(frozen=True)
class NanoDetShape:
    """Channel counts; the defaults are NanoDet-Plus-m's."""

    stem: int = 24
    stages: tuple[int, int, int] = (116, 232, 464)
    repeats: tuple[int, int, int] = (4, 8, 4)
    neck: int = 96

    @property
    def level_channels(self) -> tuple[int, int, int, int]:
        """Channels of the four maps that `NanoDet.forward` returns."""
        c3, c4, c5 = self.stages
        return (3 + self.stem + c3 + self.neck, c4 + self.neck, c5 + self.neck, self.neck)


NANODET_PLUS_M = NanoDetShape()


def pointwise(inputs: int, outputs: int, active: bool = True) -> nn.Sequential:
    layers: list[nn.Module] = [nn.Conv2d(inputs, outputs, 1)]
    return nn.Sequential(*layers, nn.LeakyReLU(0.1)) if active else nn.Sequential(*layers)


def depthwise(channels: int, kernel: int, stride: int = 1, active: bool = True) -> nn.Sequential:
    conv = nn.Conv2d(channels, channels, kernel, stride, kernel // 2, groups=channels)
    return nn.Sequential(conv, nn.LeakyReLU(0.1)) if active else nn.Sequential(conv)


def shuffle_two_groups(x: Tensor) -> Tensor:
    """Interleaves the two halves of the channels."""
    _, channels, height, width = x.shape
    x = x.reshape(1, 2, channels // 2, height, width)
    return x.transpose(1, 2).reshape(1, channels, height, width)


class ShuffleDownUnit(nn.Module):
    """Halves the resolution; both branches see the whole input."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        half = outputs // 2
        self.left = nn.Sequential(depthwise(inputs, 3, 2, active=False), pointwise(inputs, half))
        self.right = nn.Sequential(pointwise(inputs, half), depthwise(half, 3, 2, active=False), pointwise(half, half))

    def forward(self, x: Tensor) -> Tensor:
        return shuffle_two_groups(torch.cat([self.left(x), self.right(x)], 1))


class ShuffleUnit(nn.Module):
    """Transforms one half of the channels and keeps the other."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.right = nn.Sequential(pointwise(half, half), depthwise(half, 3, active=False), pointwise(half, half))

    def forward(self, x: Tensor) -> Tensor:
        kept, changed = x.chunk(2, dim=1)
        return shuffle_two_groups(torch.cat([kept, self.right(changed)], 1))


class GhostHalf(nn.Module):
    """Half of the outputs by a 1x1 convolution, the other half cheaply from those."""

    def __init__(self, inputs: int, outputs: int, active: bool) -> None:
        super().__init__()
        self.primary = pointwise(inputs, outputs // 2, active)
        self.cheap = depthwise(outputs // 2, 3, active=active)

    def forward(self, x: Tensor) -> Tensor:
        primary = self.primary(x)
        return torch.cat([primary, self.cheap(primary)], 1)


class GhostBlock(nn.Module):
    """Fuses two concatenated levels of the pyramid into one."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.expand = GhostHalf(2 * channels, channels, active=True)
        self.reduce = GhostHalf(channels, channels, active=False)
        self.shortcut = nn.Sequential(
            depthwise(2 * channels, 5, active=False), pointwise(2 * channels, channels, False)
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.reduce(self.expand(x)) + self.shortcut(x)


def down_block(channels: int) -> nn.Sequential:
    return nn.Sequential(depthwise(channels, 5, 2), pointwise(channels, channels))


class GhostPan(nn.Module):
    """Top-down, then bottom-up path over C3..C5, and one extra level at stride 64."""

    def __init__(self, stages: tuple[int, int, int], channels: int) -> None:
        super().__init__()
        self.reduce3, self.reduce4, self.reduce5 = (pointwise(c, channels) for c in stages)
        self.top_down4, self.top_down3 = GhostBlock(channels), GhostBlock(channels)
        self.down3, self.bottom_up4 = down_block(channels), GhostBlock(channels)
        self.down4, self.bottom_up5 = down_block(channels), GhostBlock(channels)
        self.extra_from_reduced, self.extra_from_output = down_block(channels), down_block(channels)

    def forward(self, c3: Tensor, c4: Tensor, c5: Tensor) -> tuple[Tensor, ...]:
        def double(x: Tensor) -> Tensor:
            return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)

        r3, r4, r5 = self.reduce3(c3), self.reduce4(c4), self.reduce5(c5)
        t4 = self.top_down4(torch.cat([double(r5), r4], 1))
        p3 = self.top_down3(torch.cat([double(t4), r3], 1))
        p4 = self.bottom_up4(torch.cat([self.down3(p3), t4], 1))
        p5 = self.bottom_up5(torch.cat([self.down4(p4), r5], 1))
        p6 = self.extra_from_reduced(r5) + self.extra_from_output(p5)
        return p3, p4, p5, p6


def dense_head(channels: int) -> nn.Sequential:
    outputs = COCO_CLASSES + 4 * DISTANCE_BINS
    return nn.Sequential(
        depthwise(channels, 5),
        pointwise(channels, channels),
        depthwise(channels, 5),
        pointwise(channels, channels),
        pointwise(channels, outputs, active=False),
    )


class NanoDet(nn.Module):
    """Pixels to per-level feature maps and the dense COCO predictions."""

    def __init__(self, shape: NanoDetShape = NANODET_PLUS_M) -> None:
        super().__init__()
        self.shape = shape
        self.stem = nn.Sequential(nn.Conv2d(3, shape.stem, 3, 2, 1), nn.LeakyReLU(0.1))
        widths = (shape.stem, *shape.stages)
        self.stages = nn.ModuleList(
            nn.Sequential(ShuffleDownUnit(before, after), *(ShuffleUnit(after) for _ in range(count - 1)))
            for before, after, count in zip(widths, shape.stages, shape.repeats)
        )
        self.neck = GhostPan(shape.stages, shape.neck)
        self.heads = nn.ModuleList(dense_head(shape.neck) for _ in STRIDES)

    def forward(self, pixels: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """pixels [1,3,height,width] -> levels [1,channels,rows,columns] at STRIDES, dense [1,112,rows,columns].

        A level holds all that was computed at its stride: neck and trunk, and at
        stride 8 also the averaged stem and pixels, which know colour best.
        """
        stem = F.max_pool2d(self.stem(pixels), 3, 2, 1)  # [1,24,height/4,width/4]
        c3 = self.stages[0](stem)
        c4 = self.stages[1](c3)
        c5 = self.stages[2](c4)
        p3, p4, p5, p6 = self.neck(c3, c4, c5)
        colour = F.avg_pool2d(pixels, 8)  # [1,3,height/8,width/8]
        levels = [
            torch.cat([colour, F.avg_pool2d(stem, 2), c3, p3], 1),
            torch.cat([c4, p4], 1),
            torch.cat([c5, p5], 1),
            p6,
        ]
        return levels, [head(p) for head, p in zip(self.heads, (p3, p4, p5, p6))]


def load_nanodet_weights(model: NanoDet, weights: Path) -> None:
    """Copies `weights.npz` (tensors in network order) into the convolutions, in order."""
    archive = np.load(weights)
    names = list(dict.fromkeys(key.rsplit(".", 1)[0] for key in archive.files))
    convolutions = [m for m in model.modules() if isinstance(m, nn.Conv2d)]
    if len(names) != len(convolutions):
        raise ValueError(f"{weights}: {len(names)} layers, the model has {len(convolutions)}")
    for name, conv in zip(names, convolutions):
        for part, tensor in (("weight", conv.weight), ("bias", conv.bias)):
            stored = torch.from_numpy(archive[f"{name}.{part}"].astype(np.float32))
            if stored.shape != tensor.shape:
                raise ValueError(f"{name}.{part}: {tuple(stored.shape)}, not {tuple(tensor.shape)}")
            tensor.data.copy_(stored)
