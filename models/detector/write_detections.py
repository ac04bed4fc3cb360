"""`python -m models.detector.write_detections`: region vectors of every photo, for LXMERT's training.

Training photos get the head that has not seen them (the other fold's); validation
photos the full one. `--mirrored` photos are written beside the plain ones.
"""

import argparse
import os
from pathlib import Path

import numpy as np
import torch

from models.data.photos import load_photos
from models.data.split import is_validation
from models.data.vocabulary import ATTRIBUTES, OBJECTS
from models.detector.build import build_detector
from models.detector.detect import detect_regions
from models.detector.preprocess import read_photo
from models.detector.roi_head import EMBEDDING
from models.detector.select_regions import Selection
from models.detector.train_command import FOLDS, fold_of

FEATURES = len(OBJECTS) + len(ATTRIBUTES) + EMBEDDING


def write_arrays(file: Path, arrays: dict[str, np.ndarray]) -> None:
    """Replaces the file in one step: somebody may be reading it."""
    partial = file.with_suffix(".partial.npz")
    np.savez(partial, **arrays)
    os.replace(partial, file)


def detect_all(data: Path, work: Path, mirrored: bool) -> dict[str, np.ndarray]:
    """Arrays with a row per photo; regions a photo lacks are zero and `counts` says how many there are."""
    sizes = (len(OBJECTS), len(ATTRIBUTES))
    detectors = {name: build_detector(sizes, checkpoint=work / f"{name}.pt") for name in (*FOLDS, "full")}
    photos = load_photos(data)
    kept = Selection.region_count
    arrays = {
        "photos": np.array([photo.key for photo in photos]),
        "heads": np.array(["full" if is_validation(p.key) else fold_of(p.key) for p in photos]),
        "counts": np.zeros(len(photos), np.int16),
        "boxes": np.zeros((len(photos), kept, 4), np.float32),
        "features": np.zeros((len(photos), kept, FEATURES), np.float16),
        "scores": np.zeros((len(photos), kept), np.float32),
        "labels": np.zeros((len(photos), kept), np.int16),
    }
    for row, photo in enumerate(photos):
        pixels = read_photo(photo.path(data))
        found = detect_regions(*detectors[arrays["heads"][row]], pixels[:, ::-1] if mirrored else pixels)
        count = len(found.boxes)
        arrays["counts"][row] = count
        for name in ("boxes", "features", "scores", "labels"):
            arrays[name][row, :count] = getattr(found, name)
        if row % 200 == 0:
            print(f"detected {row}/{len(photos)}", flush=True)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("models/work/detector"))
    parser.add_argument("--out", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--mirrored", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    write_arrays(arguments.out, detect_all(arguments.data, arguments.work, arguments.mirrored))


if __name__ == "__main__":
    main()
