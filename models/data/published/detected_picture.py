"""One picture's regions as a feature file has them, checked."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.data.published.wrong_format import WrongFormat

# Boxes may leave the picture by rounding; more than this share of its side is another unit or a swapped axis.
MOST_OUTSIDE = 0.02
NO_LABEL = -1


@dataclass(frozen=True)
class DetectedPicture:
    identity: str  # as the file writes it
    boxes: np.ndarray  # [R, 4] xyxy fractions
    features: np.ndarray  # [R, F]
    objects: np.ndarray  # [R] index into the detector's names, NO_LABEL without
    object_scores: np.ndarray  # [R] 0..1
    attributes: np.ndarray  # [R]
    attribute_scores: np.ndarray  # [R]


def without_labels(count: int) -> dict[str, np.ndarray]:
    """For files that name nothing: the masked regions' names cannot be asked for."""
    labels, scores = np.full(count, NO_LABEL, np.int64), np.zeros(count, np.float32)
    return {"objects": labels, "object_scores": scores, "attributes": labels, "attribute_scores": scores}


def checked(path: Path, where: str, picture: DetectedPicture) -> DetectedPicture:
    """The picture with its boxes cut off at its edge; raises when its numbers cannot be true."""
    for name in ("boxes", "features", "object_scores", "attribute_scores"):
        if not np.isfinite(getattr(picture, name)).all():
            raise WrongFormat(path, where, f"{name} have numbers that are not finite")
    if len(picture.boxes) == 0:
        raise WrongFormat(path, where, "there is no region")
    low, high = float(picture.boxes.min()), float(picture.boxes.max())
    if low < -MOST_OUTSIDE or high > 1.0 + MOST_OUTSIDE:
        raise WrongFormat(path, where, f"boxes reach from {low:.2f} to {high:.2f} of the picture, 0 to 1 was expected")
    return DetectedPicture(**(vars(picture) | {"boxes": picture.boxes.clip(0.0, 1.0)}))
