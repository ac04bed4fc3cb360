"""Scenes in which things became other things of the same category, so that names without photos are learned as well.

The scene graphs show 60 dogs for every fox and no penguin at all. A drawn scene does not care: its regions are made
from names. All things of a class change together, with relations, attributes and boxes as they were.
"""

import random
from dataclasses import replace
from functools import cache

from models.data.categories import CATEGORIES
from models.data.imagenet_names import IMAGENET_LINES
from models.data.questions import nouns
from models.data.questions.grammar import plural
from models.data.questions.statistics import statistics
from models.data.scenes import Scene, SceneObject
from models.data.vocabulary import OBJECT_INDEX, OBJECTS, categories_of

# Categories whose members can stand in for one another in most scenes.
INTERCHANGEABLE = (
    "bird",
    "animal",
    "aircraft",
    "vehicle",
    "instrument",
    "fruit",
    "vegetable",
    "dessert",
    "food",
    "tool",
    "device",
    "appliance",
    "sports equipment",
    "toy",
    "utensil",
    "container",
    "bag",
    "clothing",
    "furniture",
    "building",
)
# Small things that can be anything small: the names that no category has come in here.
_SMALL_NAMES = (
    "bottle, cup, book, vase, bowl, remote, clock, box, pen, candle, jar, spoon, fork, knife, toy, ball, basket, "
    "scissors, cell phone, camera, bag, hat, teddy bear, pot, can, umbrella"
)
SMALL_THINGS = frozenset(_SMALL_NAMES.split(", "))
# Classes with many rare substitutes are renamed most often, so that crib and fox come about equally often.
LEAST_RENAMED, MOST_RENAMED, SHARE_PER_NAME = 0.1, 0.9, 0.04
RARE_SHARE = 0.75


@cache
def _is_rare(object_class: int) -> bool:
    name = OBJECTS[object_class]
    return name in IMAGENET_LINES and statistics().frequency.get(name, 0) < 40


@cache
def _homeless() -> tuple[int, ...]:
    """Rare classes of no category: hammer and guitar have one, a mailbox has none."""
    homes = {name for category in INTERCHANGEABLE for name in CATEGORIES[category]}
    return tuple(c for c in range(len(OBJECTS)) if _is_rare(c) and OBJECTS[c] not in homes)


@cache
def substitutes(object_class: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(rare, others) of the narrowest category of the class that may stand in for it."""
    name = OBJECTS[object_class]
    own = [category for category in INTERCHANGEABLE if category in categories_of(object_class)]
    found = [OBJECT_INDEX[other] for category in own[:1] for other in CATEGORIES[category] if other in OBJECT_INDEX]
    # Weapons, tools and instruments lie about in few scenes: other small things turn into them.
    if name in SMALL_THINGS:
        carried = (*CATEGORIES["tool"], *CATEGORIES["instrument"], *CATEGORIES["weapon"])
        found += [OBJECT_INDEX[other] for other in carried if other in OBJECT_INDEX]
        found += _homeless()
    allowed = [c for c in dict.fromkeys(found) if c != object_class and c not in nouns.GENERIC]
    return tuple(c for c in allowed if _is_rare(c)), tuple(c for c in allowed if not _is_rare(c))


def _renamed_share(object_class: int) -> float:
    return min(MOST_RENAMED, LEAST_RENAMED + SHARE_PER_NAME * len(substitutes(object_class)[0]))


def _chosen(object_class: int, several: bool, taken: set[int], rng: random.Random) -> int | None:
    """several: some box of the class stands for more than one thing, which 'buffalo' could not say."""
    rare, others = substitutes(object_class)
    group = rare if rare and (rng.random() < RARE_SHARE or not others) else others
    free = [c for c in group if c not in taken and not (several and plural(OBJECTS[c]) == OBJECTS[c])]
    return rng.choice(free) if free else None


def _as_other(thing: SceneObject, object_class: int) -> SceneObject:
    name = OBJECTS[object_class]
    return replace(thing, name=plural(name) if thing.plural else name, object_class=object_class)


def rename(scene: Scene, rng: random.Random) -> Scene:
    """The scene with many of the classes that have substitutes replaced; never two classes by the same one.

    It no longer belongs to a photo, and nobody wrote a caption for it. What may be there under another name stays
    possible: names outside the vocabulary are kept.
    """
    present = {thing.object_class for thing in scene.objects}
    taken, renamed = set(present), {}
    for object_class in sorted(present):
        if object_class in nouns.PARTS | nouns.STUFF | nouns.GENERIC | nouns.PEOPLE:
            continue
        if rng.random() >= _renamed_share(object_class):
            continue
        several = any(thing.plural for thing in scene.objects if thing.object_class == object_class)
        other = _chosen(object_class, several, taken, rng)
        if other is not None:
            renamed[object_class] = other
            taken.add(other)
    if not renamed:
        return scene
    objects = tuple(
        _as_other(thing, renamed[thing.object_class]) if thing.object_class in renamed else thing
        for thing in scene.objects
    )
    return replace(scene, objects=objects, photo=None, captions=())
