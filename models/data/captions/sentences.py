"""Forms of caption-like sentences, each a draft that is true of the scene."""

import random
from collections.abc import Callable

from models.data.captions.draft import Draft, Slot
from models.data.captions.noun_phrases import (
    AFTER_THE_NOUN,
    countable,
    dressed,
    number_slots,
    thing_slot,
    wrong_word,
)
from models.data.questions import nouns
from models.data.questions.attribute import POSES
from models.data.questions.grammar import be, plural
from models.data.questions.place import other_place, place_phrase
from models.data.questions.reference import SPOKEN, sideways_words
from models.data.questions.view import SceneView, class_noun
from models.data.vocabulary import ATTRIBUTES

Form = Callable[[SceneView, random.Random], Draft | None]

# What can be said in place of a relation so that it no longer holds.
CONTRARY = {
    "on": ("under", "behind"),
    "on top of": ("under", "inside"),
    "sitting on": ("standing next to", "lying under"),
    "standing on": ("sitting under", "lying on"),
    "lying on": ("standing next to", "standing behind"),
    "behind": ("in front of", "on top of"),
    "in front of": ("behind", "on top of"),
    "above": ("below", "under"),
    "below": ("above", "on top of"),
    "under": ("above", "on top of"),
    "inside": ("on top of", "behind"),
    "riding": ("standing next to", "walking behind"),
}


def _pick(view: SceneView, rng: random.Random, allowed: Callable[[int], bool] = lambda index: True) -> int | None:
    """A thing of a class drawn evenly, so that trees and windows do not fill every caption."""
    classes = [c for c, indices in view.by_class.items() if any(allowed(i) for i in indices)]
    if not classes:
        return None
    return rng.choice([i for i in view.by_class[rng.choice(classes)] if allowed(i)])


def listed(view: SceneView, rng: random.Random) -> Draft | None:
    """'a dog, a cat and a tree'"""
    wanted = rng.choice((1, 2, 2, 3, 3, 4))
    classes = [object_class for object_class, indices in view.by_class.items() if indices]
    if len(classes) < wanted:
        return None
    parts: list[str | Slot] = []
    for at, object_class in enumerate(rng.sample(classes, wanted)):
        if at:
            parts.append("and" if at == wanted - 1 else ",")
        several = number_slots(view, object_class, rng) if len(view.by_class[object_class]) > 1 else None
        parts.extend(several or (thing_slot(view, rng.choice(view.by_class[object_class]), rng),))
    return tuple(parts)


def counted(view: SceneView, rng: random.Random) -> Draft | None:
    """'three birds'"""
    classes = [c for c in view.by_class if countable(view, c)]
    return number_slots(view, rng.choice(classes), rng) if classes else None


def related(view: SceneView, rng: random.Random) -> Draft | None:
    """'a man in a red shirt is standing on a surfboard', 'a cup on the table'"""
    relations = [r for r in view.scene.relations if r.name in SPOKEN]
    if not relations:
        return None
    relation = rng.choice(relations)
    x, y = relation.subject, relation.target
    if view.objects[x].object_class == view.objects[y].object_class:
        return None
    sure = view.alone(x) and view.alone(y)
    words = Slot(relation.name, CONTRARY.get(relation.name, ()) if sure else ())
    verb = rng.choice(("", "", be(view.is_plural(x))))
    subject = dressed(view, x, rng) if relation.name not in ("wearing", "holding") else (thing_slot(view, x, rng),)
    definite = view.alone(y) and rng.random() < 0.4
    return *subject, verb, words, thing_slot(view, y, rng, definite=definite)


def sideways(view: SceneView, rng: random.Random) -> Draft | None:
    """'a dog to the left of a red car'; the other side, or another thing from that side, makes it false."""
    alone = [index for index in view.kept if view.alone(index)]
    if len(alone) < 2:
        return None
    x, y = rng.sample(alone, 2)
    side = "left" if view.left_of(x, y) else "right" if view.left_of(y, x) else None
    if side is None:
        return None
    other_side = "right" if side == "left" else "left"
    words = sideways_words(side, rng).removeprefix("that is ")
    definite = rng.random() < 0.5
    subject = thing_slot(view, x, rng, definite=definite)
    across = [o for o in alone if o not in (x, y) and (view.left_of(y, o) if side == "left" else view.left_of(o, y))]
    if across:
        swapped = thing_slot(view, rng.choice(across), rng, definite=definite)
        subject = Slot(subject.said, (*subject.wrong, swapped.said), subject.named)
    verb = rng.choice(("", be(view.is_plural(x))))
    return subject, verb, Slot(words, (words.replace(side, other_side),)), thing_slot(view, y, rng, definite=definite)


def stacked(view: SceneView, rng: random.Random) -> Draft | None:
    """'a sign above a door'"""
    alone = [index for index in view.kept if view.alone(index) and view.objects[index].object_class not in nouns.STUFF]
    if len(alone) < 2:
        return None
    x, y = rng.sample(alone, 2)
    if not view.above(x, y):
        return None
    if rng.random() < 0.5:
        return thing_slot(view, x, rng), Slot("above", ("below", "underneath")), thing_slot(view, y, rng)
    return thing_slot(view, y, rng), Slot(rng.choice(("below", "under")), ("above",)), thing_slot(view, x, rng)


def posed(view: SceneView, rng: random.Random) -> Draft | None:
    """'a woman is sitting', 'an airplane flying'"""
    index = _pick(view, rng, lambda i: any(ATTRIBUTES[a] in POSES for a in view.objects[i].attributes))
    if index is None:
        return None
    pose = next(ATTRIBUTES[i] for i in view.objects[index].attributes if ATTRIBUTES[i] in POSES)
    contrary = {"standing": ("sitting", "lying"), "sitting": ("standing", "walking"), "flying": ("parked",)}
    wrong = contrary.get(pose, ()) if view.alone(index) else ()
    return *dressed(view, index, rng), rng.choice(("", be(view.is_plural(index)))), Slot(pose, wrong)


def described(view: SceneView, rng: random.Random) -> Draft | None:
    """'the car is red'; a colour nothing of this kind has makes it false."""
    index = _pick(view, rng, lambda i: view.alone(i) and bool(view.objects[i].attributes))
    if index is None:
        return None
    own = [ATTRIBUTES[i] for i in view.objects[index].attributes]
    word = rng.choice(own)
    wrong = wrong_word(view, index, word, rng)
    noun = Slot(f"the {view.noun(index, rng)}", (), view.objects[index].object_class)
    look = rng.choice((be(view.is_plural(index)), "look" if view.is_plural(index) else "looks"))
    return noun, be(view.is_plural(index)) if word in AFTER_THE_NOUN else look, Slot(word, (wrong,) if wrong else ())


def placed(view: SceneView, rng: random.Random) -> Draft | None:
    """'a kitchen with a sink and an oven', 'two cars in the street'"""
    place = view.scene.place
    if place is None:
        return None
    where = Slot(place_phrase(place), (place_phrase(other_place(place, rng)),))
    inner = listed(view, rng)
    if inner is None:
        return where, rng.choice(("", "scene"))
    if rng.random() < 0.5:
        return where, rng.choice(("with", "with", "where you can see", "that has")), *inner
    return *inner, "in", where


def inside_or_out(view: SceneView, rng: random.Random) -> Draft | None:
    if view.scene.indoors is None:
        return None
    words = (("inside", "outside"), ("indoors", "outdoors"), ("an indoor scene", "an outdoor scene"))
    inside, outside = rng.choice(words)
    said, wrong = (inside, outside) if view.scene.indoors else (outside, inside)
    inner = listed(view, rng) if rng.random() < 0.7 else None
    if inner is None:
        return rng.choice(("taken", "this is")) if "scene" not in said else "", Slot(said, (wrong,))
    if "scene" in said:
        return Slot(said, (wrong,)), "with", *inner
    return *inner, Slot(said, (wrong,))


def without(view: SceneView, rng: random.Random) -> Draft | None:
    """'there are no dogs'; naming what is there makes it false."""
    absent = view.absent_class(rng)
    present = _pick(view, rng)
    if absent is None or present is None:
        return None

    def several(object_class: int) -> str:
        noun = class_noun(object_class, rng)
        return plural(noun) if object_class in nouns.COUNTABLE else noun

    here = view.objects[present].object_class
    return rng.choice(("there is no", "no", "without any")), Slot(several(absent), (several(here),))


# What a caption may be, and how often.
CAPTION_FORMS: dict[Form, float] = {
    listed: 4,
    counted: 2.5,
    related: 7,
    sideways: 3,
    stacked: 1,
    posed: 1.5,
    placed: 3,
    inside_or_out: 1,
}
# Sentences that somebody could dispute.
STATEMENT_FORMS: dict[Form, float] = {**CAPTION_FORMS, sideways: 5, stacked: 1.5, described: 3, without: 1.5, placed: 2}
