"""Regions of many pictures on disk, mapped into memory: every training process reads the same pages.

A folder of raw arrays, row after row, and `store.json`, which is written last and names the pictures.
Per picture of 36 regions and 2,048 features: 148 kB, against 394 kB and more in LXMERT's TSV.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.data.published.detected_picture import NO_LABEL, DetectedPicture
from models.data.published.pictures import Pictures
from models.data.published.wrong_format import WrongFormat
from models.lxmert.region_set import RegionSet

CONTENTS = "store.json"
REGIONS = 36  # per picture, as in the paper


@dataclass(frozen=True)
class RegionLabels:
    """What the detector called a picture's regions, each [R]."""

    objects: np.ndarray
    object_scores: np.ndarray
    attributes: np.ndarray
    attribute_scores: np.ndarray


def layout(regions: int, features: int) -> dict[str, tuple[np.dtype, tuple[int, ...]]]:
    """File -> type and shape of one picture's row."""
    each = (regions,)
    return {
        "features": (np.dtype(np.float16), (regions, features)),
        "boxes": (np.dtype(np.float32), (regions, 4)),
        "objects": (np.dtype(np.int16), each),
        "object_scores": (np.dtype(np.float16), each),
        "attributes": (np.dtype(np.int16), each),
        "attribute_scores": (np.dtype(np.float16), each),
    }


def bytes_per_picture(regions: int, features: int) -> int:
    return sum(kind.itemsize * int(np.prod(shape)) for kind, shape in layout(regions, features).values())


def write_store(
    folder: Path, found: Iterable[DetectedPicture], pictures: Pictures, regions: int = REGIONS
) -> tuple[int, int]:
    """Writes the first `regions` of each picture; a picture that is there already is passed over.

    Returns how many pictures were written and how many passed over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONTENTS).unlink(missing_ok=True)
    counts: dict[str, int] = {}
    repeated, size, files = 0, 0, {}
    try:
        for picture in found:
            name = pictures.named(picture.identity)
            if name in counts:
                repeated += 1
                continue
            if not files:
                size = picture.features.shape[1]
                files = {file: (folder / f"{file}.bin").open("wb") for file in layout(regions, size)}
            if picture.features.shape[1] != size:
                raise ValueError(f"{name} has {picture.features.shape[1]} features, the pictures before have {size}")
            counts[name] = min(regions, len(picture.boxes))
            for file, (kind, shape) in layout(regions, size).items():
                row = np.full(shape, NO_LABEL if kind == np.int16 else 0, kind)
                row[: counts[name]] = getattr(picture, file)[:regions]
                files[file].write(row.tobytes())
    finally:
        for file in files.values():
            file.close()
    contents = {"regions": regions, "features": size, "counts": counts}
    (folder / CONTENTS).write_text(json.dumps(contents))
    return len(counts), repeated


class RegionStore:
    def __init__(self, folder: Path) -> None:
        if not (folder / CONTENTS).exists():
            raise WrongFormat(folder, "", f"there is no {CONTENTS}: not a store, or one whose writing did not end")
        contents = json.loads((folder / CONTENTS).read_text())
        self.feature_size: int = contents["features"]
        self.counts: dict[str, int] = contents["counts"]
        self.row = {name: row for row, name in enumerate(self.counts)}
        self.arrays = {}
        for file, (kind, shape) in layout(contents["regions"], self.feature_size).items():
            path = folder / f"{file}.bin"
            expected = kind.itemsize * int(np.prod(shape)) * len(self.row)
            if path.stat().st_size != expected:
                raise WrongFormat(path, "", f"{path.stat().st_size} bytes, {expected} were expected")
            self.arrays[file] = np.memmap(path, kind, "r", shape=(len(self.row), *shape))

    def __contains__(self, picture: str) -> bool:
        return picture in self.row

    def __len__(self) -> int:
        return len(self.row)

    def _part(self, file: str, picture: str) -> np.ndarray:
        return np.asarray(self.arrays[file][self.row[picture], : self.counts[picture]])

    def regions(self, picture: str) -> RegionSet:
        return RegionSet(self._part("features", picture).astype(np.float32), self._part("boxes", picture))

    def labels(self, picture: str) -> RegionLabels:
        names = ("objects", "object_scores", "attributes", "attribute_scores")
        return RegionLabels(*(self._part(name, picture) for name in names))


class RegionStores:
    """Several stores as one; of a picture that two have, the first's regions."""

    def __init__(self, stores: Iterable[RegionStore]) -> None:
        self.stores = list(stores)
        sizes = {store.feature_size for store in self.stores}
        if len(sizes) > 1:
            raise ValueError(f"stores of different feature sizes: {sorted(sizes)}")
        self.feature_size = sizes.pop() if sizes else 0

    def __contains__(self, picture: str) -> bool:
        return any(picture in store for store in self.stores)

    def _of(self, picture: str) -> RegionStore:
        return next(store for store in self.stores if picture in store)

    def regions(self, picture: str) -> RegionSet:
        return self._of(picture).regions(picture)

    def labels(self, picture: str) -> RegionLabels:
        return self._of(picture).labels(picture)
