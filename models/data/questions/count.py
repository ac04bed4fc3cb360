"""'How many dogs are there?', answered in digits, where the boxes are likely to be complete."""

import random

from models.data.questions import nouns
from models.data.questions.grammar import plural
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.view import SceneView, class_noun
from models.data.questions.wordings.count import HOW_MANY
from models.data.vocabulary import OBJECT_INDEX, OBJECTS, members

MOST = 10
MOST_IN_SCENE_GRAPH = 6
ZERO_SHARE = 0.12
SMALLEST_AREA = 0.0006
CATEGORIES = {"person": "people", "animal": "animals", "vehicle": "vehicles", "fruit": "fruits"}


def _trustworthy(view: SceneView, indices: list[int]) -> bool:
    """No box stands for several things, none is a speck, none covers another of its kind."""
    things = [view.objects[index] for index in indices]
    if any(thing.crowd or thing.plural or thing.area < SMALLEST_AREA for thing in things):
        return False
    return len(things) <= (MOST if view.scene.source != "gqa" else MOST_IN_SCENE_GRAPH)


def _allowed(view: SceneView) -> frozenset[int]:
    """Classes that the scene's annotators drew one by one."""
    return {"gqa": nouns.COUNTABLE, "coco": nouns.COCO_THINGS, "indoor": nouns.INDOOR_THINGS}[view.scene.source]


def _is_countable(view: SceneView, object_class: int) -> bool:
    """Whether the boxes of a class that is here are surely all of its things."""
    everything = [i for i, thing in enumerate(view.objects) if thing.object_class == object_class]
    if not _trustworthy(view, everything):
        return False
    return object_class not in nouns.PEOPLE or not any(
        view.objects[i].object_class in nouns.PEOPLE - {object_class} and _may_be(view, i, object_class)
        for i in view.kept
    )


def countable_here(view: SceneView) -> list[int]:
    """Classes of the scene whose number is known."""
    return [c for c, here in view.by_class.items() if here and c in _allowed(view) and _is_countable(view, c)]


def count_class(view: SceneView, rng: random.Random) -> Question | None:
    allowed = _allowed(view)
    if rng.random() < ZERO_SHARE:
        absent = view.absent_class(rng)
        if absent is None or absent not in allowed:
            return None
        object_class, indices = absent, []
    else:
        here = [c for c in view.by_class if c in allowed]
        if not here:
            return None
        object_class = rng.choice(here)
        indices = view.by_class[object_class]
        if not _is_countable(view, object_class):
            return None
    text = phrase(HOW_MANY, rng, many=plural(class_noun(object_class, rng)))
    return Question(text, str(len(indices)), "count", tuple(indices), "count_class", OBJECTS[object_class])


def _may_be(view: SceneView, index: int, object_class: int) -> bool:
    """A 'person' may be a man; a man may be counted as a person."""
    general = {OBJECT_INDEX[name] for name in ("person", "people", "player") if name in OBJECT_INDEX}
    return object_class in general or view.objects[index].object_class in general


def count_category(view: SceneView, rng: random.Random) -> Question | None:
    category = rng.choice(tuple(CATEGORIES))
    if view.scene.source == "indoor" and category != "person":
        return None
    indices = view.in_category(category)
    if not indices and (not view.category_absent(category) or rng.random() > ZERO_SHARE):
        return None
    if category == "fruit" and len(indices) > 3:
        return None
    wanted = members(category)
    if not _trustworthy(view, [i for i, thing in enumerate(view.objects) if thing.object_class in wanted]):
        return None
    text = phrase(HOW_MANY, rng, many=CATEGORIES[category])
    return Question(text, str(len(indices)), "count", tuple(indices), "count_category", category)
