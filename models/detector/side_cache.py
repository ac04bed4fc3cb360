"""Beside the trunk's cached levels: what the colour map and the ImageNet evidence are computed from.

One file, `side.f16`, with the rows of `feature_cache`: averaged pixels at the colour
map's stride, then the ImageNet trunk's last map.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.detector.backbone import DetectorBackbone
from models.detector.colour_map import STRIDE
from models.detector.feature_cache import FeatureCache
from models.detector.imagenet_classifier import SHRINK, ImageNetTrunk
from models.detector.photo_views import show
from models.detector.preprocess import HEIGHT, WIDTH, preprocess, read_photo

SIDE_FILE = "side.f16"


@dataclass(frozen=True)
class Side:
    """Of one cached view, float16."""

    patches: Tensor  # [1,3,rows,columns]
    imagenet: Tensor  # [1,channels,rows,columns]


def side_shapes(trunk: ImageNetTrunk) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    rows, columns = int(HEIGHT * SHRINK) // 32, int(WIDTH * SHRINK) // 32
    return (3, HEIGHT // STRIDE, WIDTH // STRIDE), (trunk.channels, rows, columns)


@torch.no_grad()
def write_side_cache(backbone: DetectorBackbone, cache: FeatureCache, data: Path, folder: Path) -> None:
    """For every row of the cache, about 0.05 s a view on one thread."""
    shapes = side_shapes(backbone.imagenet)
    size = sum(int(np.prod(shape)) for shape in shapes)
    stored = np.memmap(folder / SIDE_FILE, np.float16, "w+", shape=(len(cache.photos), size))
    for row, key in enumerate(cache.photos):
        photo = read_photo(data / "photos" / key)
        pixels = torch.from_numpy(preprocess(show(photo, cache.view(row))))
        parts = (backbone.colours.patches(pixels), backbone.imagenet(pixels))
        stored[row] = torch.cat([part.flatten() for part in parts]).half().numpy()
        if row % 500 == 0:
            print(f"side {row}/{len(cache.photos)} views", flush=True)
    stored.flush()


class SideCache:
    def __init__(self, folder: Path, backbone: DetectorBackbone, rows: int) -> None:
        self.shapes = side_shapes(backbone.imagenet)
        self.sizes = [int(np.prod(shape)) for shape in self.shapes]
        self.stored = np.memmap(folder / SIDE_FILE, np.float16, "r", shape=(rows, sum(self.sizes)))

    def __getitem__(self, row: int) -> Side:
        parts = torch.from_numpy(np.array(self.stored[row])).split(self.sizes)
        return Side(*(part.view(1, *shape) for part, shape in zip(parts, self.shapes)))


def sample_imagenet_features(side: SideCache, rows: list[int]) -> Tensor:
    """Every third cell of every ninth row, and those rows' means as often again: [sample,channels] float."""
    maps = torch.stack([side[row].imagenet[0].flatten(1).T.float() for row in rows[::9]])  # [row,cell,channels]
    cells = maps.flatten(0, 1)[::3]
    whole = maps.mean(1)
    return torch.cat([cells, whole.repeat(1 + len(cells) // len(whole), 1)])
