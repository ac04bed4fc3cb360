"""Says of a region's class score how often such a name is right: Platt's logistic curve over the score's logit.

`python -m models.train scores` fits it on training photos, each named by the head that has not seen it, over the regions
that fit a box people drew. Only what a person reads is mapped; LXMERT and the choice of regions see the scores as they are.
Platt, Probabilistic Outputs for Support Vector Machines, 1999.
"""

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from models.answerability.logistic import fit
from models.data.photos import Photo, load_photos
from models.data.split import is_validation
from models.data.vocabulary import canonical_object
from models.detector.class_evidence import box_ious
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.region_layout import CLASSES

FITS_IOU = 0.5
CERTAIN = 1e-4  # scores nearer to 0 or 1 count as this near
PENALTY = 1e-3
DIGITS = 4
OUT = Path("models/work/detector/score-calibration.json")


@dataclass(frozen=True)
class ScoreCalibration:
    """1 / (1 + exp(-(slope * logit(score) + shift)))."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, scores: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(self.slope * logits(scores) + self.shift)))

    def as_json(self) -> dict[str, float]:
        return asdict(self)

    @staticmethod
    def stored(path: Path) -> "ScoreCalibration":
        return ScoreCalibration(**json.loads(path.read_text()))


AS_THEY_ARE = ScoreCalibration()


def logits(scores: np.ndarray) -> np.ndarray:
    safe = np.clip(scores.astype(np.float64), CERTAIN, 1.0 - CERTAIN)
    return np.log(safe / (1.0 - safe))


def named_regions(photo: Photo, detected: DetectedPhotos) -> list[tuple[float, bool]]:
    """Of every drawn thing that was found: the score of the best-fitting region, and whether its name is right."""
    things = [thing for thing in photo.objects if not thing.is_crowd and canonical_object(thing.name) is not None]
    if not things or photo.key not in detected:
        return []
    found = detected.regions(photo.key)
    classes = found.features[:, CLASSES]
    overlap, region = box_ious(torch.tensor([thing.box for thing in things]), torch.from_numpy(found.boxes)).max(1)
    return [
        (float(classes[row].max()), int(classes[row].argmax()) == canonical_object(thing.name))
        for thing, share, row in zip(things, overlap.tolist(), region.tolist(), strict=True)
        if share >= FITS_IOU
    ]


def fit_scores(named: list[tuple[float, bool]]) -> ScoreCalibration:
    rows = [{"logit": float(logit)} for logit in logits(np.array([score for score, _ in named]))]
    curve = fit(rows, np.array([float(right) for _, right in named]), PENALTY)
    return ScoreCalibration(round(curve.weights["logit"], DIGITS), round(curve.bias, DIGITS))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--out", type=Path, default=OUT)


def run(arguments: argparse.Namespace) -> None:
    detected = DetectedPhotos(arguments.detections)
    photos = [photo for photo in load_photos(arguments.data) if not is_validation(photo.key)]
    named = [one for photo in photos for one in named_regions(photo, detected)]
    calibration = fit_scores(named)
    arguments.out.write_text(json.dumps(calibration.as_json()) + "\n")
    print(f"slope {calibration.slope}, shift {calibration.shift}, from {len(named)} regions")
