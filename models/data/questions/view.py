"""A scene as a questioner looks at it: which things are there, which are alone of their kind, how to name one."""

import random
from collections import defaultdict
from functools import cached_property

from models.data import object_names
from models.data.attribute_names import COLOURS, MATERIALS
from models.data.categories import CATEGORIES
from models.data.imagenet_names import IMAGENET_LINES
from models.data.questions import nouns
from models.data.questions.grammar import ALWAYS_PLURAL, plural
from models.data.questions.statistics import draw, statistics
from models.data.scenes import Box, Scene, SceneObject
from models.data.vocabulary import ANSWER_INDEX, ATTRIBUTE_INDEX, ATTRIBUTES, OBJECT_INDEX, OBJECTS, members

SAME_THING = 0.6
SURFACE_SHARE = 0.38
RAW_NAME_SHARE = 0.5
# How often something is asked for that hardly any scene shows: about as often as renamed scenes show it.
RARE_SHARE = 0.15
RARE_NAMES = tuple(name for name in IMAGENET_LINES if statistics().frequency.get(name, 0) < 40)
COLOUR_SET = frozenset(ATTRIBUTE_INDEX[c] for c in COLOURS)
MATERIAL_SET = frozenset(ATTRIBUTE_INDEX[m] for m in MATERIALS)


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / max(both - width * height, 1e-9)


class SceneView:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.objects = scene.objects
        self._colours = [_one_of(thing, COLOUR_SET) for thing in scene.objects]
        self._materials = [_one_of(thing, MATERIAL_SET) for thing in scene.objects]
        self.kept = self._without_duplicates()
        self.by_class: dict[int, list[int]] = defaultdict(list)
        for index in self.kept:
            self.by_class[self.objects[index].object_class].append(index)
        self.present = frozenset(thing.object_class for thing in self.objects)
        self.from_subject: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self.to_target: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for relation in scene.relations:
            if self.objects[relation.subject].object_class == self.objects[relation.target].object_class:
                continue
            self.from_subject[relation.subject].append((relation.name, relation.target))
            self.to_target[relation.target].append((relation.name, relation.subject))

    def _without_duplicates(self) -> list[int]:
        """Two boxes over the same thing, of one class or both of a person, count once; 'man' beats 'person'."""
        order = sorted(
            range(len(self.objects)),
            key=lambda i: (self.objects[i].class_name in ("person", "people", "player"), -self.objects[i].area),
        )
        kept: list[int] = []
        for index in order:
            thing = self.objects[index]
            twin = any(
                (
                    self.objects[other].object_class == thing.object_class
                    or (thing.object_class in nouns.PEOPLE and self.objects[other].object_class in nouns.PEOPLE)
                )
                and overlap(self.objects[other].box, thing.box) > SAME_THING
                for other in kept
            )
            if not twin:
                kept.append(index)
        return sorted(kept)

    @cached_property
    def doubtful(self) -> frozenset[int]:
        """Classes that cannot be called absent."""
        found: set[int] = set()
        for object_class in self.present:
            found |= nouns.doubtful_when_present(object_class)
        words = {word for name in self.scene.other_names for word in (name, name.split()[-1])}
        found |= {OBJECT_INDEX[word] for word in words if word in OBJECT_INDEX}
        if self.scene.source == "coco" and not any(thing.stuff for thing in self.objects):
            found |= set(range(len(OBJECTS))) - nouns.COCO_THINGS
        elif self.scene.source == "coco":
            found |= set(range(len(OBJECTS))) - nouns.COCO_THINGS - nouns.STUFF
        elif self.scene.source == "indoor":
            found |= set(range(len(OBJECTS))) - nouns.INDOOR_THINGS
        return frozenset(found)

    def is_absent(self, object_class: int) -> bool:
        return object_class not in self.doubtful

    def absent_class(self, rng: random.Random, tries: int = 8) -> int | None:
        """Something that is often seen beside what is here, but is not here."""
        for attempt in range(tries):
            if rng.random() < RARE_SHARE:
                name = rng.choice(RARE_NAMES)
            elif self.kept and attempt < tries - 2:
                name = draw("companions", self.objects[rng.choice(self.kept)].class_name, rng)
            else:
                name = draw("frequency", "", rng)
            absent = OBJECT_INDEX.get(name or "")
            if absent is None or not self.is_absent(absent):
                continue
            # Annotators leave out walls and wheels far more often than dogs.
            if absent in nouns.STUFF | nouns.PARTS and rng.random() < 0.75:
                continue
            return absent
        return None

    def in_category(self, category: str) -> list[int]:
        wanted = members(category)
        return [index for index in self.kept if self.objects[index].object_class in wanted]

    def category_absent(self, category: str) -> bool:
        """No member and no generic word of the category is drawn, and the annotators would have drawn it."""
        if any(name in self.scene.other_names for name in (category, *CATEGORIES[category])):
            return False
        wanted = members(category)
        if wanted & self.present or (category == "person" and self.present & (nouns.BODY_PARTS | nouns.CLOTHES)):
            return False
        if self.scene.source == "gqa":
            return not (category in ("vehicle",) and self.present & nouns.doubtful_when_present(OBJECT_INDEX["car"]))
        return category in ("person", "animal", "vehicle")

    def alone(self, index: int) -> bool:
        """True when 'the X' can mean this one only."""
        thing = self.objects[index]
        return len(self.by_class[thing.object_class]) == 1 and not thing.crowd

    def colour(self, index: int) -> str | None:
        """The one colour of a thing, None when unknown or several."""
        return self._colours[index]

    def material(self, index: int) -> str | None:
        return self._materials[index]

    def is_plural(self, index: int) -> bool:
        thing = self.objects[index]
        return thing.plural or thing.class_name in ALWAYS_PLURAL

    def answer_name(self, index: int) -> str:
        """The class, or what the annotator called it when that is an answer too: 'cows', 'sofa'."""
        thing = self.objects[index]
        return thing.name if self.scene.source == "gqa" and thing.name in ANSWER_INDEX else thing.class_name

    def noun(self, index: int, rng: random.Random) -> str:
        thing = self.objects[index]
        name = class_noun(thing.object_class, rng)
        return plural(name) if thing.plural else name

    def left_of(self, first: int, second: int) -> bool:
        """Clearly to the left: the boxes hardly share columns."""
        return _before(self.objects[first], self.objects[second], 0)

    def higher(self, first: int, second: int) -> bool:
        """Clearly higher up in the picture: the boxes hardly share rows."""
        return _before(self.objects[first], self.objects[second], 1)

    def above(self, first: int, second: int) -> bool:
        """Clearly above, and in one column."""
        a, b = self.objects[first].box, self.objects[second].box
        same_column = min(a[2], b[2]) - max(a[0], b[0]) > 0
        return same_column and _before(self.objects[first], self.objects[second], 1)


def _one_of(thing: SceneObject, group: frozenset[int]) -> str | None:
    found = [attribute for attribute in thing.attributes if attribute in group]
    return ATTRIBUTES[found[0]] if len(found) == 1 else None


def _before(first: SceneObject, second: SceneObject, axis: int) -> bool:
    a, b = first.box, second.box
    shared = min(a[axis + 2], b[axis + 2]) - max(a[axis], b[axis])
    smaller = max(min(a[axis + 2] - a[axis], b[axis + 2] - b[axis]), 1e-6)
    return second.centre[axis] - first.centre[axis] > 0.06 and shared < 0.25 * smaller


def class_noun(object_class: int, rng: random.Random) -> str:
    """The class's name, or now and then another word for it. Used alike for what is there and what is not."""
    name = OBJECTS[object_class]
    if rng.random() >= SURFACE_SHARE:
        return name
    if name in statistics().raw_names and rng.random() < RAW_NAME_SHARE:
        return object_names.plain(draw("raw_names", name, rng) or name)
    return rng.choice(nouns.surfaces(object_class))
