"""A scene graph without a photo -> regions lent from the bank of real detections."""

import numpy as np

from models.data.scenes import Scene, SceneObject
from models.data.vocabulary import categories_of, members
from models.lxmert.detection_bank import DetectionBank, Entry, Sighting, colour_of
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, FEATURE_SIZE
from models.lxmert.region_set import RegionSet

# With fewer entries of a class than this, entries of classes like it lend theirs.
ENOUGH_ENTRIES = 4
NEAR_IN_LOG_AREA = 0.8


class RegionLender:
    def __init__(self, bank: DetectionBank, most_regions: int, fewest_regions: int, seed: int) -> None:
        self.bank = bank
        self.most_regions = most_regions
        self.fewest_regions = fewest_regions
        self.random = np.random.default_rng(seed)

    def regions(self, scene: Scene) -> RegionSet:
        features, boxes = [], []
        for thing in sorted(scene.objects, key=lambda one: -one.area):
            entry = self._entry(thing)
            colours = self._colours(entry, thing)
            for sighting in entry.sightings[: self.most_regions - len(boxes)]:
                features.append(self._renamed(sighting.feature, entry, thing, colours))
                boxes.append(shifted(thing, sighting))
        wanted = int(self.random.integers(self.fewest_regions, self.most_regions + 1))
        for feature, box in self._strangers(wanted - len(boxes)):
            features.append(feature)
            boxes.append(box)
        if not boxes:
            return RegionSet(np.zeros((1, FEATURE_SIZE), np.float32), np.array([[0.0, 0.0, 1.0, 1.0]], np.float32))
        order = self.random.permutation(len(boxes))
        return RegionSet(np.stack(features)[order].astype(np.float32), np.stack(boxes)[order].astype(np.float32))

    def _entry(self, thing: SceneObject) -> Entry:
        """One of the class (or of a class like it), about as large."""
        bank = self.bank
        rows = bank.by_class.get(thing.object_class, np.zeros(0, np.int64))
        if len(rows) < ENOUGH_ENTRIES:
            alike = {other for category in categories_of(thing.object_class) for other in members(category)}
            lent = [bank.by_class[other] for other in sorted(alike) if other in bank.by_class]
            rows = np.concatenate([rows, *lent]) if lent else rows
        if len(rows) < ENOUGH_ENTRIES:
            rows = self.random.integers(0, len(bank.entries), 64)
        distance = np.abs(bank.log_areas[rows] - np.log(max(thing.area, 1e-5)))
        near = rows[distance < NEAR_IN_LOG_AREA]
        if len(near) < 2:
            near = rows[np.argsort(distance)[:ENOUGH_ENTRIES]]
        return bank.entries[int(self.random.choice(near))]

    def _colours(self, entry: Entry, thing: SceneObject) -> np.ndarray | None:
        """[A] as one of the thing's colour has them; None where the entry's own will do."""
        colour = colour_of(thing.attributes)
        if colour is None or colour == entry.colour or colour not in self.bank.by_colour:
            return None
        lender = self.bank.entries[int(self.random.choice(self.bank.by_colour[colour]))]
        return lender.sightings[0].feature[ATTRIBUTE_PART]

    def _renamed(self, sighted: np.ndarray, entry: Entry, thing: SceneObject, colours: np.ndarray | None) -> np.ndarray:
        """[F] of a sighting, its own class and the thing's exchanged."""
        feature = sighted.copy()
        start = CLASSES.start
        own, named = start + entry.object_class, start + thing.object_class
        feature[own], feature[named] = feature[named], feature[own]
        if colours is not None:
            feature[ATTRIBUTE_PART] = colours
        for attribute in thing.attributes:
            column = ATTRIBUTE_PART.start + attribute
            if attribute != colour_of(thing.attributes):
                feature[column] = max(feature[column], self.random.beta(2.0, 2.5))
        return feature

    def _strangers(self, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
        found: list[tuple[np.ndarray, np.ndarray]] = []
        while len(found) < count and self.bank.strangers:
            features, boxes = self.bank.strangers[int(self.random.integers(len(self.bank.strangers)))]
            found += list(zip(features, boxes, strict=True))
        return found[: max(0, count)]


def shifted(thing: SceneObject, sighting: Sighting) -> np.ndarray:
    """[4] fractions: as far off the thing's box as the sighting was off its own."""
    box = np.array(thing.box)
    size = np.tile(box[2:] - box[:2], 2)
    return np.clip(box + sighting.shift * size, 0.0, 1.0)
