"""'Which is further left, the dog or the car?', 'what is the biggest animal?', 'what is on the right?'."""

import random
from dataclasses import dataclass

from models.data.questions import nouns
from models.data.questions.grammar import plural
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import refer
from models.data.questions.view import SceneView
from models.data.questions.what import CATEGORY_NAMES
from models.data.questions.wordings.shapes import heard

PAIR_TRIES = 6
MUCH_LARGER = 2.0
PROMINENT_AREA, PROMINENT = 0.03, 2.5
CLEARLY_BEYOND = 0.06


@dataclass(frozen=True)
class Measure:
    """One way in which things differ: what is said of the one that has more of it."""

    name: str
    comparatives: tuple[str, ...]
    """After 'which is'."""
    superlatives: tuple[str, ...]
    """Before a noun."""
    extremes: tuple[str, ...]
    """After 'which animal is'."""


def _side(side: str) -> Measure:
    return Measure(
        side,
        (
            *(f"further to the {side}", f"further to the {side}", f"further {side}", f"more to the {side}"),
            *(f"farther to the {side}", f"farther {side}", f"more {side}", f"on the {side}", f"to the {side}"),
            *(f"nearer to the {side} edge", f"closer to the {side} edge", f"nearer the {side} side"),
            *(f"closer to the {side} border", f"over to the {side}", f"the {side}most one", f"more on the {side}"),
            *(f"nearest to the {side}", f"on the {side} side", f"the one on the {side}", f"furthest {side}"),
        ),
        (f"{side}most", f"{side}most", f"{side}-most", f"furthest {side}", f"far {side}"),
        (
            *(f"furthest to the {side}", f"furthest {side}", f"the {side}most", f"on the far {side}"),
            *(
                f"most to the {side}",
                f"nearest to the {side} edge",
                f"closest to the {side} border",
                f"farthest {side}",
            ),
        ),
    )


MEASURES = {
    "left": _side("left"),
    "right": _side("right"),
    "top": Measure(
        "top",
        (
            *("higher", "higher up", "further up", "nearer to the top", "closer to the top edge", "at the top"),
            *("more at the top", "nearer the upper edge", "the upper one", "highest"),
        ),
        ("topmost", "highest", "uppermost", "top"),
        ("highest", "highest up", "nearest to the top", "at the very top", "closest to the top edge"),
    ),
    "bottom": Measure(
        "bottom",
        (
            *("lower", "lower down", "further down", "nearer to the bottom", "closer to the bottom edge"),
            *("at the bottom", "more at the bottom", "nearer the lower edge", "the lower one", "lowest"),
        ),
        ("lowest", "bottommost", "lowermost", "bottom"),
        ("lowest", "lowest down", "nearest to the bottom", "at the very bottom", "closest to the bottom edge"),
    ),
    "big": Measure(
        "big",
        ("bigger", "larger", "the bigger one", "the larger one", "bigger in the picture", "taking up more space"),
        ("biggest", "largest", "biggest"),
        ("the biggest", "the largest", "biggest", "largest", "taking up the most space"),
    ),
    "small": Measure(
        "small",
        ("smaller", "the smaller one", "smaller in the picture", "taking up less space", "littler"),
        ("smallest", "littlest", "smallest"),
        ("the smallest", "smallest", "taking up the least space"),
    ),
}
OPPOSITES = (("left", "right"), ("top", "bottom"), ("big", "small"))
SIDES = OPPOSITES[0]
# How often each pair of opposites is asked for.
SHARES = (0.7, 0.15, 0.15)


def has_more(view: SceneView, first: int, second: int, measure: str) -> bool:
    """Clearly further left, higher, bigger …"""
    if measure in ("right", "bottom", "small"):
        opposite = {"right": "left", "bottom": "top", "small": "big"}[measure]
        return has_more(view, second, first, opposite)
    if measure == "big":
        return view.objects[first].area > MUCH_LARGER * view.objects[second].area
    return view.left_of(first, second) if measure == "left" else view.higher(first, second)


def _nameable(view: SceneView) -> list[int]:
    return [index for index in view.kept if view.objects[index].object_class not in nouns.PARTS | nouns.GENERIC]


def which_of_two(view: SceneView, rng: random.Random) -> Question | None:
    """The one of two things that is further to a side, higher, lower, bigger or smaller."""
    things = _nameable(view)
    if len(things) < 2:
        return None
    measure = rng.choice(rng.choices(OPPOSITES, SHARES)[0])
    for _ in range(PAIR_TRIES):
        x, y = rng.sample(things, 2)
        if view.objects[x].object_class == view.objects[y].object_class:
            continue
        if has_more(view, x, y, measure):
            found = x
        elif has_more(view, y, x, measure):
            found = y
        else:
            continue
        deep = rng.random() < 0.2
        first, second = (refer(view, index, rng, without="side", deep=deep) for index in (x, y))
        if first is None or second is None:
            continue
        words = {"x": first, "y": second, "c": rng.choice(MEASURES[measure].comparatives)}
        template = heard("which")
        if measure in SIDES:
            words |= {"s": measure, "t": SIDES[measure == "left"]}
            if rng.random() < 0.15:
                template = heard("which_from_side")
        topic = "|".join(sorted((view.objects[x].class_name, view.objects[y].class_name)))
        text = phrase(template, rng, **words)
        return Question(text, view.objects[found].class_name, "relation", (x, y), "which_of_two", topic)
    return None


def extreme(view: SceneView, rng: random.Random) -> Question | None:
    """'What is the leftmost animal?', of a kind with several things here."""
    measure = rng.choice(rng.choices(OPPOSITES, SHARES)[0])
    several = [category for category in CATEGORY_NAMES if len(view.in_category(category)) > 1]
    if not several:
        return None
    category = rng.choice(several)
    inside = view.in_category(category)
    if any(view.objects[index].object_class in nouns.GENERIC for index in inside):
        return None
    winners = [i for i in inside if all(i == other or has_more(view, i, other, measure) for other in inside)]
    if not winners:
        return None
    found, words = winners[0], MEASURES[measure]
    noun = rng.choice(CATEGORY_NAMES[category].split("|"))
    slots = {"k": noun, "e": rng.choice(words.superlatives), "f": rng.choice(words.extremes)}
    text = phrase(heard("extreme"), rng, ks=plural(noun), **slots)
    return Question(text, view.answer_name(found), "what", tuple(inside), "extreme", category)


def at_side(view: SceneView, rng: random.Random) -> Question | None:
    """'What is on the left?', where one thing stands out on that half."""
    side = rng.choice(SIDES)
    unnamed = nouns.PARTS | nouns.GENERIC | nouns.CLOTHES | nouns.STUFF
    things = [index for index in view.kept if view.objects[index].object_class not in unnamed]
    there = [index for index in things if (view.objects[index].centre[0] < 0.5) == (side == "left")]
    if not there:
        return None
    ranked = sorted(there, key=lambda index: -view.objects[index].area)
    best = view.objects[ranked[0]]
    rivals = [view.objects[i].area for i in ranked[1:] if view.objects[i].object_class != best.object_class]
    aside = abs(best.centre[0] - 0.5) > 0.12
    if not aside or best.area < PROMINENT_AREA or (rivals and best.area < PROMINENT * rivals[0]):
        return None
    text = phrase(heard("at_side"), rng, s=side)
    return Question(text, view.answer_name(ranked[0]), "what", (ranked[0],), "at_side", side)
