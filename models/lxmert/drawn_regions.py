"""A scene graph -> regions as a perfect detector would see them: exactly what people drew."""

import numpy as np

from models.data.scenes import Scene
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, FEATURE_SIZE
from models.lxmert.region_set import RegionSet


class DrawnRegions:
    def __init__(self, most_regions: int, seed: int) -> None:
        self.most_regions = most_regions
        self.random = np.random.default_rng(seed)

    def regions(self, scene: Scene) -> RegionSet:
        """One region per drawn thing, in any order; of too many the last are left out."""
        things = scene.objects[: self.most_regions]
        features = np.zeros((len(things), FEATURE_SIZE), np.float32)
        for row, thing in enumerate(things):
            features[row, CLASSES.start + thing.object_class] = 1.0
            features[row, [ATTRIBUTE_PART.start + attribute for attribute in thing.attributes]] = 1.0
        boxes = np.array([thing.box for thing in things], np.float32)
        order = self.random.permutation(len(things))
        return RegionSet(features[order], boxes[order])
