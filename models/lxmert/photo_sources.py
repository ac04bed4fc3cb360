"""Training photos as sources of examples: the regions are what the detector really found."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.data.scenes import Box, Scene
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.question_batches import Asked, Example, listed
from models.lxmert.region_set import RegionSet
from models.lxmert.scene_graphs import RegionMaker, ask_about

MOST_DROPPED = 0.25
CUT_SHARE = 0.6


class DrawnPhotos:
    """Photos on which people drew boxes, with generated questions."""

    def __init__(
        self,
        scenes: list[Scene],
        detected: DetectedPhotos,
        per_scene: int,
        seed: int,
        mirrored: DetectedPhotos | None = None,
        cuts: Sequence[tuple[Scene, RegionSet]] = (),
        unasked: frozenset[str] = frozenset(),
    ) -> None:
        """mirrored: what the detector saw on the mirrored photos; without it, boxes are mirrored and vectors kept.

        cuts: views of the photos, each with what was found in it; most of what is drawn, where there are any.
        unasked: types of questions that these scenes cannot answer.
        """
        self.mirrored = mirrored
        self.cuts = cuts
        self.unasked = unasked
        self.scenes = [scene for scene in scenes if scene.photo is not None and scene.photo in detected]
        self.detected = detected
        self.per_scene = per_scene
        self.random = random.Random(seed)

    def draw(self) -> Example:
        while True:
            scene, regions = self._picture()
            regions = some_of(regions, self.random)
            questions = ask_about(scene, self.random, self.per_scene, unasked=self.unasked)
            if questions:
                return Example(regions, questions)

    def _picture(self) -> tuple[Scene, RegionSet]:
        if self.cuts and self.random.random() < CUT_SHARE:
            return self.random.choice(self.cuts)
        scene = self.random.choice(self.scenes)
        photo, regions = scene.photo, self.detected.regions(scene.photo)
        if self.random.random() < 0.5:
            return mirrored_scene(scene), self.mirrored.regions(photo) if self.mirrored else mirrored_regions(regions)
        return scene, regions


class AskedPhotos:
    """Photos with questions that people checked."""

    def __init__(self, items: list[dict], detected: DetectedPhotos, per_scene: int, seed: int) -> None:
        """items: {photo, question, answer, kind}."""
        by_photo: dict[str, list[Asked]] = defaultdict(list)
        for item in items:
            question = listed(item["question"], item["answer"], "gqa")
            if question is not None and item["photo"] in detected:
                by_photo[item["photo"]].append(question)
        self.photos = sorted(by_photo)
        self.questions = by_photo
        self.detected = detected
        self.per_scene = per_scene
        self.random = random.Random(seed)

    def draw(self) -> Example:
        photo = self.random.choice(self.photos)
        questions = self.questions[photo]
        chosen = self.random.sample(questions, min(self.per_scene, len(questions)))
        return Example(self.detected.regions(photo), chosen)


class SeenOrMade:
    """Regions of scenes: of a photo what the detector saw, of others what is lent to them."""

    def __init__(self, detected: DetectedPhotos, lender: RegionMaker, seed: int) -> None:
        self.detected, self.lender = detected, lender
        self.random = random.Random(seed)

    def regions(self, scene: Scene) -> RegionSet:
        if scene.photo is not None and scene.photo in self.detected:
            return some_of(self.detected.regions(scene.photo), self.random)
        return self.lender.regions(scene)


def some_of(regions: RegionSet, rng: random.Random) -> RegionSet:
    """Without up to a quarter of the regions, so that a photo is never quite the same twice."""
    share = rng.random() * MOST_DROPPED
    kept = [row for row in range(len(regions)) if rng.random() >= share] or [0]
    return RegionSet(regions.features[kept], regions.boxes[kept])


def mirrored_regions(regions: RegionSet) -> RegionSet:
    """Left and right exchanged; what a thing is hardly depends on it, so the features stay."""
    left, top, right, bottom = regions.boxes.T
    return RegionSet(regions.features, np.stack([1.0 - right, top, 1.0 - left, bottom], axis=1))


def mirrored_scene(scene: Scene) -> Scene:
    def mirrored(box: Box) -> Box:
        return (1.0 - box[2], box[1], 1.0 - box[0], box[3])

    return replace(scene, objects=tuple(replace(thing, box=mirrored(thing.box)) for thing in scene.objects))
