"""A second, larger set of everyday questions about the same validation photos, in other plain wordings.

Every fact is asked once, so that a photo with one bed does not count twice; 'what is this?' is asked of photos that
one thing fills. Each item keeps its plain wording (`Item.plain`), which says what is asked.
"""

import random
from collections.abc import Iterator
from dataclasses import replace

from models.data.accepted_answers import accepted_objects
from models.data.everyday import MUCH_LARGER, Item, everyday_items
from models.data.questions import nouns
from models.data.questions.view import SceneView
from models.data.scenes import Scene

PER_SCENE = 8
FILLING_AREA = 0.2
WHAT_IS_HERE = "What is in the picture?"
# {be}: 'is' or 'are' as in the plain wording.
WORDINGS: dict[str, tuple[str, ...]] = {
    "exists": (
        "Can you see {a_object}?",
        "Do you see {a_object} in this photo?",
        "{Be} there {a_object}?",
        "Does this photo show {a_object}?",
    ),
    "count": (
        "How many {objects} can you see?",
        "How many {objects} are in this photo?",
        "How many {objects} do you see here?",
    ),
    "what": (
        "What {category} do you see?",
        "Which {category} is shown in this photo?",
        "What {category} is that?",
    ),
    "what is this": ("What is this?", "What do you see in the photo?", "What's in this picture?"),
    "side": (
        "{Be} the {object} on the left or on the right?",
        "On which side of the photo {be} the {object}?",
        "{Be} the {object} on the left or right side?",
    ),
    "place": ("Where is this?", "Where was this photo taken?", "What place is this?"),
    "relation": (
        "{Be} the {object} left of the {other}?",
        "{Be} the {object} on the left side of the {other}?",
        "{Be} the {object} to the left of the {other} in this photo?",
    ),
    "colour": (
        "What colour {be} the {object}?",
        "Which color {be} the {object}?",
        "What is the colour of the {object}?",
    ),
    "indoors": ("Is this inside or outside?", "Was this photo taken inside or outside?", "Are we indoors or outdoors?"),
}


def second_draw(scene: Scene, rng: random.Random) -> Iterator[Item]:
    """Items of all seven kinds, `PER_SCENE` facts or fewer of each."""
    asked: set[tuple[str, tuple[str, ...]]] = set()
    for item in [*everyday_items(scene, rng, PER_SCENE), *_filling_thing(scene)]:
        # Two wordings of one fact have the same kind and the same words to put in.
        fact = (item.kind, tuple(item.slots.values()) or item.answers)
        if fact not in asked:
            asked.add(fact)
            yield replace(item, question=reworded(item, rng), plain=item.question)


def reworded(item: Item, rng: random.Random) -> str:
    """One of the other wordings of a plain question."""
    verb = "are" if " are " in f" {item.question.lower()} " else "is"
    text = rng.choice(WORDINGS[_wording_key(item)])
    if item.side == "right":
        text = text.replace("left", "right")
    return text.format(**item.slots, be=verb, Be=verb.capitalize())


def _wording_key(item: Item) -> str:
    if item.kind == "where":
        return "side" if "object" in item.slots else "place"
    return "what is this" if item.question == WHAT_IS_HERE else item.kind


def _filling_thing(scene: Scene) -> Iterator[Item]:
    """'What is in the picture?' where one countable thing is far larger than all others."""
    view = SceneView(scene)
    things = [i for i in view.kept if view.objects[i].object_class not in nouns.PARTS | nouns.STUFF | nouns.GENERIC]
    if scene.photo is None or not things:
        return
    biggest = view.objects[max(things, key=lambda index: view.objects[index].area)]
    rivals = [view.objects[i] for i in things if view.objects[i].object_class != biggest.object_class]
    if biggest.area < FILLING_AREA or any(MUCH_LARGER * thing.area > biggest.area for thing in rivals):
        return
    answers = tuple(accepted_objects(biggest.class_name, biggest.name))
    yield Item(scene.photo, WHAT_IS_HERE, answers, "what")
