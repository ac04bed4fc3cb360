"""What the frozen trunk computes, stored once, so that the heads train in minutes.

Two files per cache: `maps.f16`, one row per view of standardised levels, averaged pixels and what the ImageNet
classifier reads; and `index.npz` with the views and the strongest dense predictions.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.data.photos import Photo
from models.data.split import is_validation
from models.detector.backbone import DetectorBackbone, joined_channels
from models.detector.colour_map import STRIDE
from models.detector.photo_views import MIRRORED, PLAIN, View, random_view, show
from models.detector.preprocess import HEIGHT, WIDTH, preprocess, read_photo
from models.detector.trunk_session import TrunkSession

DENSE_KEPT = 300  # strongest dense predictions of a view; the rest are all but zero
PHOTOS_FOR_STATISTICS = 60
SCENES = "gqa-val"  # source of the photos with scene graphs


@dataclass(frozen=True)
class CachedView:
    """One row of the cache; in half precision if it comes from there."""

    photo: str
    view: View
    levels: list[Tensor]  # [1,channels,rows,columns] per stride
    dense_boxes: Tensor  # [DENSE_KEPT,4]
    dense_scores: Tensor  # [DENSE_KEPT,80]
    patches: Tensor  # [1,3,rows,columns] averaged pixels at the colour map's stride
    imagenet: Tensor  # [1,features,rows,columns] what the ImageNet classifier reads


def level_shapes(backbone: DetectorBackbone) -> list[tuple[int, int, int]]:
    """(channels, rows, columns) of every level at the training size."""
    sizes = [(-(-HEIGHT // s), -(-WIDTH // s)) for s in (8, 16, 32, 64)]
    channels = joined_channels(backbone.nanodet.shape, backbone.lite.shape)
    return [(c, rows, columns) for c, (rows, columns) in zip(channels, sizes)]


def side_shapes(backbone: DetectorBackbone) -> list[tuple[int, int, int]]:
    """Of what the colour map and the ImageNet classifier read, at the training size."""
    features = backbone.lite.shape.features
    return [(3, HEIGHT // STRIDE, WIDTH // STRIDE), (features, HEIGHT // 32, WIDTH // 32)]


def row_size(backbone: DetectorBackbone) -> int:
    """Numbers per view."""
    return sum(int(np.prod(shape)) for shape in (*level_shapes(backbone), *side_shapes(backbone)))


def measure_standardisation(backbone: DetectorBackbone, trunks: TrunkSession, photos: list[Photo], data: Path) -> None:
    """Sets mean and deviation of every channel from some photos; `trunks` are the backbone's before that."""
    step = max(1, len(photos) // PHOTOS_FOR_STATISTICS)
    sums: list[list[Tensor]] = [[] for _ in backbone.standardise]
    for photo in photos[::step]:
        outputs = trunks(preprocess(read_photo(photo.path(data))))
        for found, level in zip(sums, outputs):
            flat = torch.from_numpy(level)[0].flatten(1)
            found.append(torch.stack([flat.mean(1), flat.square().mean(1)]))
    for standardise, found in zip(backbone.standardise, sums):
        mean, square = torch.stack(found).mean(0)
        standardise.mean.copy_(mean)
        standardise.scale.copy_((square - mean.square()).clamp(min=1e-6).rsqrt())


def views_of(photo: Photo, cuts: int, generator: np.random.Generator) -> list[View]:
    """As it is and mirrored; where people named all there is and may be learned from, `cuts` others too."""
    if is_validation(photo.key) or photo.source != SCENES:
        return [PLAIN, MIRRORED]
    return [PLAIN, MIRRORED, *(random_view(generator, mirrored=i % 2 == 1) for i in range(cuts))]


def look_at(trunks: TrunkSession, photo: Photo, view: View, data: Path) -> CachedView:
    """What the cache would hold of a view."""
    outputs = trunks(preprocess(show(read_photo(photo.path(data)), view)))
    *levels, boxes, scores, patches, imagenet = (torch.from_numpy(output) for output in outputs)
    best = scores.amax(1).argsort(descending=True, stable=True)[:DENSE_KEPT]
    return CachedView(photo.key, view, levels, boxes[best], scores[best], patches, imagenet)


def write_cache(
    trunks: TrunkSession, row_size: int, photos: list[Photo], data: Path, folder: Path, cuts: int, seed: int
) -> None:
    """Runs the trunks over every view of every photo."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    planned = [(photo, view) for photo in photos for view in views_of(photo, cuts, generator)]
    maps = np.memmap(folder / "maps.f16", np.float16, "w+", shape=(len(planned), row_size))
    boxes = np.zeros((len(planned), DENSE_KEPT, 4), np.float32)
    scores = np.zeros((len(planned), DENSE_KEPT, 80), np.float16)
    for row, (photo, view) in enumerate(planned):
        seen = look_at(trunks, photo, view, data)
        maps[row] = torch.cat([part.flatten() for part in (*seen.levels, seen.patches, seen.imagenet)]).numpy()
        boxes[row], scores[row] = seen.dense_boxes.numpy(), seen.dense_scores.numpy()
        if row % 200 == 0:
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
        self.all_shapes = [*self.shapes, *side_shapes(backbone)]
        self.sizes = [int(np.prod(shape)) for shape in self.all_shapes]
        shape = (len(self.photos), sum(self.sizes))
        self.maps = np.memmap(folder / "maps.f16", np.float16, "r", shape=shape)
        self.rows_of: dict[str, list[int]] = {}
        for row, key in enumerate(self.photos):
            self.rows_of.setdefault(key, []).append(row)

    def view(self, row: int) -> View:
        return View.of_numbers(self.views[row])

    def __getitem__(self, row: int) -> CachedView:
        flat = torch.from_numpy(np.array(self.maps[row]))
        parts = [part.view(1, *shape) for part, shape in zip(flat.split(self.sizes), self.all_shapes)]
        return CachedView(
            photo=self.photos[row],
            view=self.view(row),
            levels=parts[:-2],
            patches=parts[-2],
            imagenet=parts[-1],
            dense_boxes=torch.from_numpy(self.boxes[row]),
            dense_scores=torch.from_numpy(self.scores[row].astype(np.float32)),
        )

    def imagenet_features(self, rows: list[int]) -> Tensor:
        """Every third cell of every ninth row, and those rows' means as often again: [sample,features] float."""
        maps = torch.stack([self[row].imagenet[0].flatten(1).T.float() for row in rows[::9]])  # [row,cell,features]
        cells = maps.flatten(0, 1)[::9]
        whole = maps.mean(1)
        return torch.cat([cells, whole.repeat(1 + len(cells) // len(whole), 1)])
