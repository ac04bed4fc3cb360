"""A scene graph without a photo -> regions as an imperfect detector would see them.

Small things are missed, boxes are off, the class is a distribution that is sometimes wrong, things nobody drew appear.
"""

from dataclasses import dataclass

import numpy as np

from models.data.scenes import Scene
from models.data.vocabulary import ATTRIBUTES, OBJECTS, categories_of, members
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, FEATURE_SIZE
from models.lxmert.region_set import RegionSet


@dataclass(frozen=True)
class Noise:
    """How imperfect; `CLEAN` shows exactly what people drew."""

    # Chance that a thing is seen, by the share of the picture it covers (interpolated on the logarithm).
    area_marks: tuple[float, ...] = (0.0005, 0.003, 0.01, 0.03, 0.1)
    seen: tuple[float, ...] = (0.2, 0.45, 0.7, 0.85, 0.95)
    box_jitter: float = 0.07
    confusion: float = 0.22
    background: float = 0.25
    attribute_missed: float = 0.25
    attribute_wrong: float = 0.12
    duplicates: float = 0.1
    distractors: int = 7


DETECTOR_LIKE = Noise()
CLEAN = Noise(seen=(1.0,) * 5, box_jitter=0.0, confusion=0.0, background=0.0, attribute_missed=0.0, attribute_wrong=0.0,
              duplicates=0.0, distractors=0)


class RegionSimulator:
    def __init__(self, scenes: list[Scene], noise: Noise, most_regions: int, seed: int) -> None:
        """`scenes` tell how frequent classes and attributes are."""
        self.noise = noise
        self.most_regions = most_regions
        self.random = np.random.default_rng(seed)
        classes = np.full(len(OBJECTS), 1.0)
        attributes = np.full(len(ATTRIBUTES), 0.1)
        for scene in scenes:
            for thing in scene.objects:
                classes[thing.object_class] += 1
                attributes[list(thing.attributes)] += 1
        self.class_share = np.sqrt(classes) / np.sqrt(classes).sum()
        self.attribute_share = attributes / attributes.sum()
        self.alike = [self._alike(index) for index in range(len(OBJECTS))]

    def _alike(self, index: int) -> np.ndarray:
        """Classes that this one is mistaken for: those that share a category with it."""
        others = {other for category in categories_of(index) for other in members(category)} - {index}
        return np.array(sorted(others), dtype=np.int64)

    def regions(self, scene: Scene) -> RegionSet:
        noise, random = self.noise, self.random
        things = [thing for thing in scene.objects if random.random() < self._seen(thing.area)]
        things += [thing for thing in things if random.random() < noise.duplicates]
        if not things:
            things = list(scene.objects[:1])
        things = things[: self.most_regions]
        spare = self.most_regions - len(things)
        strangers = int(random.integers(0, min(noise.distractors, spare) + 1)) if noise.distractors else 0
        features = np.zeros((len(things) + strangers, FEATURE_SIZE), np.float32)
        boxes = np.zeros((len(features), 4), np.float32)
        for row, thing in enumerate(things):
            features[row, CLASSES] = self._class_scores(thing.object_class)
            features[row, ATTRIBUTE_PART] = self._attribute_scores(thing.attributes)
            boxes[row] = self._jittered(np.array(thing.box))
        for row in range(len(things), len(features)):
            features[row, CLASSES] = self._vague_class_scores()
            features[row, ATTRIBUTE_PART] = self._attribute_scores(())
            boxes[row] = self._any_box()
        order = random.permutation(len(features))
        return RegionSet(features[order], boxes[order])

    def _seen(self, area: float) -> float:
        marks = np.log(self.noise.area_marks)
        return float(np.interp(np.log(max(area, 1e-6)), marks, self.noise.seen))

    def _jittered(self, box: np.ndarray) -> np.ndarray:
        size = np.tile(box[2:] - box[:2], 2)
        return np.clip(box + self.random.normal(0.0, self.noise.box_jitter, 4) * size, 0.0, 1.0)

    def _any_box(self) -> np.ndarray:
        centre, half = self.random.random(2), np.exp(self.random.uniform(-3.0, -0.7, 2)) / 2
        return np.clip(np.concatenate([centre - half, centre + half]), 0.0, 1.0)

    def _confused_with(self, index: int, count: int) -> np.ndarray:
        alike = self.alike[index]
        if len(alike) >= 2 and self.random.random() < 0.75:
            return self.random.choice(alike, count)
        return self.random.choice(len(OBJECTS), count, p=self.class_share)

    def _class_scores(self, index: int) -> np.ndarray:
        """[C]: a peak at the class, or at one it is confused with, and crumbs beside it."""
        noise, random = self.noise, self.random
        scores = np.zeros(len(OBJECTS))
        if noise.confusion == 0.0:
            scores[index] = 1.0
            return scores
        others = self._confused_with(index, 4)
        peak = random.beta(3.0, 1.2)
        crumbs = (1.0 - peak) * random.dirichlet(np.full(4, 0.6))
        scores[index] += peak
        np.add.at(scores, others, crumbs)
        if random.random() < noise.confusion:
            scores[index], scores[others[0]] = scores[others[0]], scores[index]
        return scores * (1.0 - random.beta(1.0, 1.0 / noise.background))

    def _vague_class_scores(self) -> np.ndarray:
        scores = np.zeros(len(OBJECTS))
        share = self.random.beta(2.0, 5.0) * self.random.dirichlet(np.full(4, 0.7))
        np.add.at(scores, self.random.choice(len(OBJECTS), 4, p=self.class_share), share)
        return scores

    def _attribute_scores(self, attributes: tuple[int, ...]) -> np.ndarray:
        """[A]: the true ones high as a rule, a few usual ones faintly."""
        noise, random = self.noise, self.random
        scores = np.zeros(len(ATTRIBUTES))
        for index in attributes:
            missed = random.random() < noise.attribute_missed
            scores[index] = 1.0 if noise.attribute_missed == 0.0 else random.beta(1.0, 4.0) if missed else random.beta(4.0, 2.0)
        if noise.attribute_wrong > 0.0:
            faint = random.choice(len(ATTRIBUTES), 5, p=self.attribute_share)
            scores[faint] = np.maximum(scores[faint], noise.attribute_wrong * random.exponential(1.0, 5).clip(0.0, 5.0))
        return scores
