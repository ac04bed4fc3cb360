"""What the frozen trunk computes, stored once, so that the heads train in minutes.

Two files per cache: `maps.f16`, one row of standardised levels per view, and
`index.npz` with the views and the strongest dense predictions.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.data.photos import Photo
from models.data.split import is_validation
from models.detector.backbone import DetectorBackbone
from models.detector.photo_views import MIRRORED, PLAIN, View, random_view, show
from models.detector.preprocess import HEIGHT, WIDTH, preprocess, read_photo

DENSE_KEPT = 300  # strongest dense predictions of a view; the rest are all but zero
CUTS_PER_PHOTO = 2
PHOTOS_FOR_STATISTICS = 150


@dataclass(frozen=True)
class CachedView:
    """One row of the cache."""

    photo: str
    view: View
    levels: list[Tensor]  # [1,channels,rows,columns] per stride, float16
    dense_boxes: Tensor  # [DENSE_KEPT,4]
    dense_scores: Tensor  # [DENSE_KEPT,80]


def level_shapes(backbone: DetectorBackbone) -> list[tuple[int, int, int]]:
    """(channels, rows, columns) of every level at the training size."""
    sizes = [(-(-HEIGHT // s), -(-WIDTH // s)) for s in (8, 16, 32, 64)]
    channels = backbone.nanodet.shape.level_channels
    return [(c, rows, columns) for c, (rows, columns) in zip(channels, sizes)]


@torch.no_grad()
def measure_standardisation(backbone: DetectorBackbone, photos: list[Photo], data: Path) -> None:
    """Sets mean and deviation of every channel from some photos."""
    step = max(1, len(photos) // PHOTOS_FOR_STATISTICS)
    sums: list[list[Tensor]] = [[], [], [], []]
    for photo in photos[::step]:
        pixels = torch.from_numpy(preprocess(read_photo(photo.path(data))))
        levels, _ = backbone.nanodet(pixels)
        for found, level in zip(sums, levels):
            flat = level[0].flatten(1)
            found.append(torch.stack([flat.mean(1), flat.square().mean(1)]))
    for standardise, found in zip(backbone.standardise, sums):
        mean, square = torch.stack(found).mean(0)
        standardise.mean.copy_(mean)
        standardise.scale.copy_((square - mean.square()).clamp(min=1e-6).rsqrt())


def views_of(photo: Photo, generator: np.random.Generator) -> list[View]:
    if is_validation(photo.key):
        return [PLAIN]
    cuts = [random_view(generator, mirrored=i % 2 == 1) for i in range(CUTS_PER_PHOTO)]
    return [PLAIN, MIRRORED, *cuts]


@torch.no_grad()
def write_cache(backbone: DetectorBackbone, photos: list[Photo], data: Path, folder: Path, seed: int) -> None:
    """Runs the trunk over every view of every photo."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    planned = [(photo, view) for photo in photos for view in views_of(photo, generator)]
    row_size = sum(int(np.prod(shape)) for shape in level_shapes(backbone))
    maps = np.memmap(folder / "maps.f16", np.float16, "w+", shape=(len(planned), row_size))
    boxes = np.zeros((len(planned), DENSE_KEPT, 4), np.float32)
    scores = np.zeros((len(planned), DENSE_KEPT, 80), np.float16)
    for row, (photo, view) in enumerate(planned):
        pixels = torch.from_numpy(preprocess(show(read_photo(photo.path(data)), view)))
        levels, dense = backbone.levels(pixels)
        maps[row] = torch.cat([level.flatten() for level in levels]).half().numpy()
        dense_boxes, dense_scores = backbone.dense_predictions(dense, pixels)
        best = dense_scores.amax(1).topk(DENSE_KEPT).indices
        boxes[row], scores[row] = dense_boxes[best].numpy(), dense_scores[best].half().numpy()
        if row % 500 == 0:
            print(f"cached {row}/{len(planned)} views", flush=True)
    maps.flush()
    views = np.array([view.numbers() for _, view in planned])
    keys = np.array([photo.key for photo, _ in planned])
    np.savez(folder / "index.npz", photos=keys, views=views, boxes=boxes, scores=scores)


class FeatureCache:
    """Rows by number; `rows_of[photo key]` lists a photo's rows, the plain view first."""

    def __init__(self, folder: Path, backbone: DetectorBackbone) -> None:
        index = np.load(folder / "index.npz")
        self.photos = [str(key) for key in index["photos"]]
        self.views = index["views"]
        self.boxes, self.scores = index["boxes"], index["scores"]
        self.shapes = level_shapes(backbone)
        self.sizes = [int(np.prod(shape)) for shape in self.shapes]
        shape = (len(self.photos), sum(self.sizes))
        self.maps = np.memmap(folder / "maps.f16", np.float16, "r", shape=shape)
        self.rows_of: dict[str, list[int]] = {}
        for row, key in enumerate(self.photos):
            self.rows_of.setdefault(key, []).append(row)

    def view(self, row: int) -> View:
        return View.of_numbers(self.views[row])

    def __getitem__(self, row: int) -> CachedView:
        flat = torch.from_numpy(np.array(self.maps[row]))
        parts = flat.split(self.sizes)
        return CachedView(
            photo=self.photos[row],
            view=self.view(row),
            levels=[part.view(1, *shape) for part, shape in zip(parts, self.shapes)],
            dense_boxes=torch.from_numpy(self.boxes[row]),
            dense_scores=torch.from_numpy(self.scores[row].astype(np.float32)),
        )
