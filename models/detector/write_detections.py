"""`python -m models.detector.write_detections`: region vectors of every photo, for LXMERT's training.

Training photos get the head that has not seen them (the other fold's); validation
photos the full one. `--mirrored` photos go into a second file, `--cuts` of the training
photos into a third. Views that the training cached are taken from there.
"""

import argparse
import os
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from models.data.photos import Photo, load_photos
from models.data.split import is_validation
from models.data.vocabulary import ATTRIBUTES, OBJECTS
from models.detector.build import build_detector
from models.detector.cached_maps import maps_of_view, propose
from models.detector.detect import Detections, regions_of_maps
from models.detector.feature_cache import CachedView, FeatureCache, look_at
from models.detector.photo_views import MIRRORED, PLAIN, View, random_view
from models.detector.roi_head import EMBEDDING
from models.detector.select_regions import EVERYDAY_RULE, Selection
from models.detector.train_command import FOLDS, PROPOSALS_FILE, fold_of, without_padding
from models.detector.trunk_session import TrunkSession

FEATURES = len(OBJECTS) + len(ATTRIBUTES) + EMBEDDING


def write_arrays(file: Path, arrays: dict[str, np.ndarray]) -> None:
    """Replaces the file in one step: somebody may be reading it."""
    partial = file.with_suffix(".partial.npz")
    np.savez(partial, **arrays)
    os.replace(partial, file)


class PhotoDetector:
    """The three heads on views of photos; they share trunks and proposals."""

    def __init__(self, data: Path, work: Path, threads: int) -> None:
        self.data = data
        sizes = (len(OBJECTS), len(ATTRIBUTES))
        self.detectors = {name: build_detector(sizes, checkpoint=work / f"{name}.pt") for name in (*FOLDS, "full")}
        self.backbone = self.detectors["full"][0]
        self.cache = FeatureCache(work / "cache", self.backbone)
        self.proposals = np.load(work / PROPOSALS_FILE, mmap_mode="r")
        self.threads = threads

    @cached_property
    def trunks(self) -> TrunkSession:
        return TrunkSession(self.backbone, self.threads)

    def cached_row(self, key: str, view: View) -> int | None:
        return next((row for row in self.cache.rows_of[key] if self.cache.view(row) == view), None)

    def look(self, photo: Photo, view: View) -> tuple[CachedView, np.ndarray]:
        """-> what the trunks see, and the proposals [proposal,4]."""
        row = self.cached_row(photo.key, view)
        if row is not None:
            return self.cache[row], without_padding(self.proposals[row])
        seen = look_at(self.trunks, photo, view, self.data)
        return seen, propose(self.backbone, seen, EVERYDAY_RULE)

    @torch.no_grad()
    def detect(self, photo: Photo, view: View, head: str) -> Detections:
        """head: which of the three looks at it."""
        backbone, roi_head = self.detectors[head]
        seen, proposals = self.look(photo, view)
        return regions_of_maps(roi_head, maps_of_view(backbone, seen), proposals, EVERYDAY_RULE)


def random_cuts(photos: list[Photo], count: int, seed: int) -> list[tuple[Photo, View]]:
    """`count` views of every training photo, every other one mirrored."""
    generator = np.random.default_rng(seed)
    training = [photo for photo in photos if not is_validation(photo.key)]
    return [(photo, random_view(generator, number % 2 == 1)) for photo in training for number in range(count)]


def detect_all(data: Path, work: Path, planned: list[tuple[Photo, View]], threads: int) -> dict[str, np.ndarray]:
    """Arrays with a row per view; regions that one lacks are zero and `counts` says how many there are."""
    detector = PhotoDetector(data, work, threads)
    photos = [photo for photo, _ in planned]
    kept = Selection.region_count
    arrays = {
        "photos": np.array([photo.key for photo in photos]),
        "views": np.array([view.numbers() for _, view in planned]),
        "heads": np.array(["full" if is_validation(p.key) else fold_of(p.key) for p in photos]),
        "counts": np.zeros(len(photos), np.int16),
        "boxes": np.zeros((len(photos), kept, 4), np.float32),
        "features": np.zeros((len(photos), kept, FEATURES), np.float16),
        "scores": np.zeros((len(photos), kept), np.float32),
        "labels": np.zeros((len(photos), kept), np.int16),
    }
    for row, (photo, view) in enumerate(planned):
        found = detector.detect(photo, view, arrays["heads"][row])
        count = len(found.boxes)
        arrays["counts"][row] = count
        for name in ("boxes", "features", "scores", "labels"):
            arrays[name][row, :count] = getattr(found, name)
        if row % 200 == 0:
            print(f"detected {row}/{len(planned)}", flush=True)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("models/work/detector"))
    parser.add_argument("--out", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--mirrored", action="store_true")
    parser.add_argument("--cuts", type=int, default=0, help="instead, so many random views of every training photo")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    photos = load_photos(arguments.data)
    whole = MIRRORED if arguments.mirrored else PLAIN
    planned = random_cuts(photos, arguments.cuts, arguments.seed) if arguments.cuts else [(p, whole) for p in photos]
    write_arrays(arguments.out, detect_all(arguments.data, arguments.work, planned, arguments.threads))


if __name__ == "__main__":
    main()
