"""Forty kinds of thing, plain questions and sentences about them: made once and read by every run.

Conditions differ in nothing but what they do with it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from models.data.captions import caption_of_other, describe, unmatching_caption
from models.data.everyday import everyday_items
from models.data.scenes import Scene
from models.data.vocabulary import OBJECT_INDEX
from models.lxmert.described_scenes import Described, Sentence
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.question_batches import Asked, Example, listed
from models.lxmert.region_set import RegionSet

Drawn = TypeVar("Drawn")

NAMES = (
    "man, woman, car, bus, truck, bicycle, motorcycle, boat, train, airplane, dog, cat, horse, cow, sheep, bird, "
    "elephant, giraffe, zebra, chair, table, bed, couch, tree, sky, grass, sign, shirt, hat, umbrella, pizza, banana, "
    "cup, bottle, bag, kite, surfboard, skateboard, laptop, pillow"
)
THINGS = frozenset(OBJECT_INDEX[name] for name in NAMES.split(", "))
SCENES, PROBE_SCENES = 4000, 900
MOST_REGIONS = 9
QUESTIONS, SENTENCES = 8, 6
PER_KIND = 2
UNFITTING_SHARE = 0.5


@dataclass(frozen=True)
class SmallWorld:
    asked: list[Example]
    told: list[Described]
    probe: list[Example]
    """Of validation scenes."""


class CompactRegions(DrawnRegions):
    """Regions as drawn, in half precision, since thousands are kept."""

    def regions(self, scene: Scene) -> RegionSet:
        found = super().regions(scene)
        return RegionSet(found.features.astype(np.float16), found.boxes)


def make_world(training: Sequence[Scene], validation: Sequence[Scene], seed: int) -> SmallWorld:
    rng = random.Random(seed)
    maker = CompactRegions(MOST_REGIONS, seed)
    told_scenes, probed = small_scenes(training, SCENES), small_scenes(validation, PROBE_SCENES)
    asked_of = [Example(maker.regions(scene), asked(scene, rng)) for scene in told_scenes]
    told_of = [Described(maker.regions(scene), told(scene, told_scenes, rng)) for scene in told_scenes]
    probe = [Example(maker.regions(scene), asked(scene, rng)) for scene in probed]
    return SmallWorld(
        [example for example in asked_of if example.questions],
        [described for described in told_of if described.sentences],
        [example for example in probe if example.questions],
    )


def small_scenes(scenes: Sequence[Scene], most: int) -> list[Scene]:
    """The first scenes with two to MOST_REGIONS of the forty kinds of thing, and nothing else in them."""
    found = []
    for scene in scenes:
        things = tuple(thing for thing in scene.objects if thing.object_class in THINGS)
        if 2 <= len(things) <= MOST_REGIONS and len(found) < most:
            # The plain questions are asked of photos only; a drawn scene's name stands in for one.
            found.append(replace(scene, objects=things, relations=(), photo=scene.image_id))
    return found


def asked(scene: Scene, rng: random.Random) -> list[Asked]:
    """Plain everyday questions about the forty kinds."""
    items = [item for item in everyday_items(scene, rng, PER_KIND) if _names_a_thing(item.slots.get("object"))]
    found = [listed(item.question, item.answers[0], item.kind) for item in items]
    return [question for question in found if question is not None][:QUESTIONS]


def _names_a_thing(noun: str | None) -> bool:
    """Absent things, too, are of the forty kinds; 'trees' and words that are no class pass."""
    return noun is None or noun not in OBJECT_INDEX or OBJECT_INDEX[noun] in THINGS


def told(scene: Scene, others: Sequence[Scene], rng: random.Random) -> list[Sentence]:
    """Captions, about half of them true of the scene, and a few of its questions."""
    questions = rng.sample(made := asked(scene, rng), min(QUESTIONS - SENTENCES, len(made)))
    sentences = [Sentence(question.text, answer=question.answer) for question in questions]
    for _ in range(SENTENCES):
        fits = rng.random() >= UNFITTING_SHARE
        if fits:
            text = describe(scene, rng)
        elif rng.random() < 0.5:
            text = unmatching_caption(scene, rng)
        else:
            text = caption_of_other(scene, rng.choice(others), rng)
        if text is not None:
            sentences.append(Sentence(text, fits))
    return sentences


class Drawer(Generic[Drawn]):
    """An endless, seeded draw from what was made, every item once before any comes again."""

    def __init__(self, items: Sequence[Drawn], seed: int) -> None:
        self.items = items
        self.random = random.Random(seed)
        self.left: list[Drawn] = []

    def draw(self) -> Drawn:
        if not self.left:
            self.left = self.random.sample(self.items, len(self.items))
        return self.left.pop()
