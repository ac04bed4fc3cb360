"""What the real detector made of the things people drew on training photos, to be lent to scenes without a photo.

An entry is one drawn thing: its class, area and attributes, and the detection that fits it best, or none when the
detector missed it; misses thus come as often as they do in truth. Detections that fit nothing drawn are kept apart.
"""

from dataclasses import dataclass

import numpy as np

from models.data.scenes import Scene
from models.data.vocabulary import COLOUR_ATTRIBUTES
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.region_layout import CLASSES

FITS_IOU = 0.45
# A detection surer than this that fits nothing drawn is as a rule a real thing that nobody drew.
SUREST_STRANGER = 0.5


@dataclass(frozen=True)
class Entry:
    object_class: int
    log_area: float
    colour: int | None  # index into ATTRIBUTES
    feature: np.ndarray | None  # [F] half, None = missed
    shift: np.ndarray | None  # [4] detected minus drawn box, in widths and heights of the drawn one


def ious(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """[n, 4] and [m, 4] fractions -> [n, m]."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.clip(high - low, 0.0, None).prod(axis=2)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    other_areas = (others[:, 2:] - others[:, :2]).prod(axis=1)
    return shared / np.maximum(areas[:, None] + other_areas[None] - shared, 1e-9)


class DetectionBank:
    def __init__(self, scenes: list[Scene], detected: DetectedPhotos) -> None:
        """`scenes` are training photos with drawn boxes."""
        self.entries: list[Entry] = []
        self.strangers: list[tuple[np.ndarray, np.ndarray]] = []  # features [n, F], boxes [n, 4] of one photo
        for scene in scenes:
            if scene.photo is not None and scene.photo in detected and scene.objects:
                self._add(scene, detected)
        classes = np.array([entry.object_class for entry in self.entries])
        self.log_areas = np.array([entry.log_area for entry in self.entries])
        self.by_class = {int(c): np.flatnonzero(classes == c) for c in np.unique(classes)}
        colours = np.array(
            [-1 if entry.colour is None or entry.feature is None else entry.colour for entry in self.entries]
        )
        self.by_colour = {int(c): np.flatnonzero(colours == c) for c in np.unique(colours) if c >= 0}

    def _add(self, scene: Scene, detected: DetectedPhotos) -> None:
        found = detected.regions(scene.photo)
        drawn = np.array([thing.box for thing in scene.objects])
        overlap = ious(drawn, found.boxes)  # [thing, region]
        # Among the detections that fit, the one surest of the thing's class speaks for it.
        classes = [thing.object_class for thing in scene.objects]
        sureness = found.features[:, CLASSES][:, classes].T  # [thing, region]
        fit = np.where(overlap >= FITS_IOU, overlap + sureness, -1.0)
        for row, thing in enumerate(scene.objects):
            best = int(fit[row].argmax())
            missed = fit[row, best] < 0.0
            size = np.tile(np.maximum(drawn[row, 2:] - drawn[row, :2], 1e-3), 2)
            self.entries.append(
                Entry(
                    object_class=thing.object_class,
                    log_area=float(np.log(max(thing.area, 1e-5))),
                    colour=colour_of(thing.attributes),
                    feature=None if missed else found.features[best].astype(np.float16),
                    shift=None if missed else (found.boxes[best] - drawn[row]) / size,
                )
            )
        surest = found.features[:, CLASSES].max(axis=1)
        strange = (overlap.max(axis=0) < 0.3) & (surest < SUREST_STRANGER)
        if strange.any() and scene.source == "gqa":  # the only photos on which nearly everything is drawn
            self.strangers.append((found.features[strange].astype(np.float16), found.boxes[strange]))


def colour_of(attributes: tuple[int, ...]) -> int | None:
    return next((index for index in attributes if index in COLOUR_ATTRIBUTES), None)
