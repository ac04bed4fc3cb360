"""The start weights' own detections: NanoDet-Plus's dense COCO head, before anything is trained here."""

from pathlib import Path

import numpy as np
import torch

from models.baselines.pixel_colour import colour_of_box
from models.baselines.sightings import Sightings
from models.data.vocabulary import OBJECTS, canonical_object
from models.detector.backbone import DetectorBackbone
from models.detector.build import EVERYDAY, START_WEIGHTS, build_detector
from models.detector.coco_names import COCO_NAMES
from models.detector.preprocess import preprocess, read_photo
from models.detector.select_regions import by_score, suppress

LEAST_SCORE = 0.1
NMS_IOU = 0.6
MOST_BOXES = 100


class CocoBoxes:
    """Photo key -> sightings, computed when first asked for. Colours come from the pixels."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.backbone: DetectorBackbone = build_detector(
            (len(OBJECTS), 1), weights_dir=data / START_WEIGHTS.parent, shape=EVERYDAY
        )[0]
        self.known: dict[str, Sightings] = {}

    def __call__(self, photo: str) -> Sightings:
        if photo not in self.known:
            self.known[photo] = self._detect(read_photo(self.data / "photos" / photo))
        return self.known[photo]

    @torch.no_grad()
    def _detect(self, photo: np.ndarray) -> Sightings:
        pixels = torch.from_numpy(preprocess(photo))
        _, dense = self.backbone.nanodet(pixels)
        boxes, scores = (x.numpy() for x in self.backbone.dense_predictions(dense, pixels))
        kept = kept_per_class(boxes, scores)
        named = named_scores(scores[kept])
        return Sightings(boxes[kept], named, tuple(colour_of_box(photo, box) for box in boxes[kept]))


def kept_per_class(boxes: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """boxes [cell,4], scores [cell,80] -> indices of the boxes kept, as the published detector does: NMS in each class."""
    best = scores.argmax(axis=1)
    kept: list[int] = []
    for coco in range(scores.shape[1]):
        mine = np.flatnonzero((best == coco) & (scores[:, coco] >= LEAST_SCORE))
        order = by_score(scores[mine, coco])
        kept += [int(mine[row]) for row in suppress(boxes[mine], order, NMS_IOU, MOST_BOXES)]
    return np.array(sorted(kept, key=lambda row: -scores[row].max())[:MOST_BOXES], dtype=np.int64)


def named_scores(scores: np.ndarray) -> np.ndarray:
    """COCO scores [n,80] -> scores of our classes [n,C]."""
    named = np.zeros((len(scores), len(OBJECTS)), np.float32)
    for coco, name in enumerate(COCO_NAMES):
        ours = canonical_object(name)
        if ours is not None:
            named[:, ours] = np.maximum(named[:, ours], scores[:, coco])
    return named
