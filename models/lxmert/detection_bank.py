"""What the real detector made of the things people drew on training photos, to be lent to scenes without a photo.

An entry is one drawn thing: its class, area and attributes, and the detections that fit it, best first: several when the
detector saw it more than once, none when it missed it. Both thus come as often as they do in truth. Detections that fit
nothing drawn are kept apart.
"""

from dataclasses import dataclass

import numpy as np

from models.data.scenes import Scene
from models.data.vocabulary import COLOUR_ATTRIBUTES
from models.lxmert.region_layout import CLASSES
from models.lxmert.region_set import RegionSet

FITS_IOU = 0.45
# A detection surer than this that fits nothing drawn is as a rule a real thing that nobody drew.
SUREST_STRANGER = 0.5


@dataclass(frozen=True)
class Sighting:
    """One detection of a drawn thing."""

    feature: np.ndarray  # [F] half
    shift: np.ndarray  # [4] detected minus drawn box, in widths and heights of the drawn one


@dataclass(frozen=True)
class Entry:
    object_class: int
    log_area: float
    colour: int | None  # index into ATTRIBUTES
    sightings: tuple[Sighting, ...]  # best first, empty = missed


def ious(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """[n, 4] and [m, 4] fractions -> [n, m]."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.clip(high - low, 0.0, None).prod(axis=2)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    other_areas = (others[:, 2:] - others[:, :2]).prod(axis=1)
    return shared / np.maximum(areas[:, None] + other_areas[None] - shared, 1e-9)


class DetectionBank:
    def __init__(self, pictures: list[tuple[Scene, RegionSet]]) -> None:
        """Pictures with drawn boxes, and what was found in them."""
        self.entries: list[Entry] = []
        self.strangers: list[tuple[np.ndarray, np.ndarray]] = []  # features [n, F], boxes [n, 4] of one photo
        for scene, found in pictures:
            if scene.objects:
                self._add(scene, found)
        classes = np.array([entry.object_class for entry in self.entries])
        self.log_areas = np.array([entry.log_area for entry in self.entries])
        self.by_class = {int(c): np.flatnonzero(classes == c) for c in np.unique(classes)}
        colours = np.array(
            [-1 if entry.colour is None or not entry.sightings else entry.colour for entry in self.entries]
        )
        self.by_colour = {int(c): np.flatnonzero(colours == c) for c in np.unique(colours) if c >= 0}

    def _add(self, scene: Scene, found: RegionSet) -> None:
        drawn = np.array([thing.box for thing in scene.objects])
        overlap = ious(drawn, found.boxes)  # [thing, region]
        # Among the detections that fit, the one surest of the thing's class speaks for it.
        classes = [thing.object_class for thing in scene.objects]
        sureness = found.features[:, CLASSES][:, classes].T  # [thing, region]
        fit = np.where(overlap >= FITS_IOU, overlap + sureness, -1.0)
        nearest = overlap.argmax(axis=0)  # [region]
        for row, thing in enumerate(scene.objects):
            size = np.tile(np.maximum(drawn[row, 2:] - drawn[row, :2], 1e-3), 2)
            best, *others = np.argsort(-fit[row], kind="stable")
            # A region is the further sighting of one thing only, but the best of two that share it.
            kept = [best, *(other for other in others if nearest[other] == row)]
            self.entries.append(
                Entry(
                    object_class=thing.object_class,
                    log_area=float(np.log(max(thing.area, 1e-5))),
                    colour=colour_of(thing.attributes),
                    sightings=tuple(
                        Sighting(found.features[region].astype(np.float16), (found.boxes[region] - drawn[row]) / size)
                        for region in kept
                        if fit[row, region] > 0.0
                    ),
                )
            )
        surest = found.features[:, CLASSES].max(axis=1)
        strange = (overlap.max(axis=0) < 0.3) & (surest < SUREST_STRANGER)
        if strange.any() and scene.source == "gqa":  # the only photos on which nearly everything is drawn
            self.strangers.append((found.features[strange].astype(np.float16), found.boxes[strange]))


def colour_of(attributes: tuple[int, ...]) -> int | None:
    return next((index for index in attributes if index in COLOUR_ATTRIBUTES), None)
