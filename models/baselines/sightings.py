"""What a set of rules sees of a photo: boxes with a score for every class, and their colours."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.data.scenes import Scene
from models.data.vocabulary import ATTRIBUTES, COLOUR_ATTRIBUTES, OBJECTS
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES
from models.lxmert.region_set import RegionSet


@dataclass(frozen=True)
class Sightings:
    """n boxes of one photo."""

    boxes: np.ndarray  # [n,4] xyxy fractions
    scores: np.ndarray  # [n,C]
    colours: tuple[str, ...]  # [n] a colour name each

    @property
    def areas(self) -> np.ndarray:
        """[n] as fractions of the photo."""
        return (self.boxes[:, 2:] - self.boxes[:, :2]).prod(axis=1)

    def score_of(self, classes: Iterable[int]) -> np.ndarray:
        """[n]: how surely each box is one of the classes; at most 1."""
        return self.scores[:, sorted(classes)].sum(axis=1).clip(max=1.0)


def sightings_of_regions(regions: RegionSet) -> Sightings:
    """A pack's region vectors: class probabilities, and the likeliest colour attribute."""
    colours = regions.features[:, ATTRIBUTE_PART][:, list(COLOUR_ATTRIBUTES)].argmax(axis=1)
    return Sightings(
        regions.boxes, regions.features[:, CLASSES], tuple(ATTRIBUTES[COLOUR_ATTRIBUTES[index]] for index in colours)
    )


def sightings_of_scene(scene: Scene) -> Sightings:
    """What people drew, with scores of 1; the first colour of a thing, white where none is given."""
    scores = np.zeros((len(scene.objects), len(OBJECTS)), np.float32)
    scores[np.arange(len(scene.objects)), [thing.object_class for thing in scene.objects]] = 1.0
    colours = [[ATTRIBUTES[a] for a in thing.attributes if a in COLOUR_ATTRIBUTES] for thing in scene.objects]
    boxes = np.array([thing.box for thing in scene.objects], np.float32).reshape(-1, 4)
    return Sightings(boxes, scores, tuple(words[0] if words else "white" for words in colours))
