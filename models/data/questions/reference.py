"""How to point at one object in words: 'the dog', 'the red car', 'the man holding a racket', 'the cup on the left'."""

import random

from models.data.questions.grammar import a
from models.data.questions.view import SceneView

# Relations that read well after 'the X' and 'is the X'.
SPOKEN = frozenset({
    "on", "in", "behind", "in front of", "wearing", "holding", "on top of", "next to", "above", "below", "sitting on",
    "under", "inside", "beside", "carrying", "standing on", "walking on", "riding", "hanging on", "standing in",
    "lying on", "looking at", "eating", "watching", "near", "covered by", "riding on", "sitting in", "using",
    "parked on", "walking in", "swinging", "leaning on", "flying in", "hanging from", "sitting at", "by", "at",
    "driving on", "covering", "crossing", "pulling", "throwing", "hitting", "catching", "playing with", "flying",
})
WORDINGS = {
    "wearing": ("wearing", "who is wearing", "that is wearing", "with", "in"),
    "holding": ("holding", "that is holding", "with", "who is holding"),
    "on": ("on", "that is on", "which is on"), "in": ("in", "that is in"),
    "behind": ("behind", "that is behind"), "in front of": ("in front of", "that is in front of"),
}
EXTREME = 0.4
MUCH_LARGER = 3.0


def sideways_words(relation: str, rng: random.Random) -> str:
    """relation is 'left' or 'right'."""
    return rng.choice((f"to the {relation} of", f"to the {relation} of", f"that is to the {relation} of",
                       f"on the {relation} of", f"on the {relation} side of", f"{relation} of"))


def refer(view: SceneView, index: int, rng: random.Random, *, without: str = "", deep: bool = True) -> str | None:
    """A noun phrase that means this object only, or None.

    without: 'colour', 'side' or 'relation' are not to be used, because the question asks for them.
    """
    noun = view.noun(index, rng)
    if view.alone(index):
        chance = rng.random()
        if chance < 0.68 or not deep:
            return f"the {noun}"
        described = _described(view, index, noun, rng, without)
        return described or f"the {noun}"
    described = _described(view, index, noun, rng, without, telling=True) if deep else None
    if described:
        return described
    rivals = [other for other in view.by_class[view.objects[index].object_class] if other != index]
    area = view.objects[index].area
    if area > 0.05 and all(area > MUCH_LARGER * view.objects[other].area for other in rivals):
        return f"the {noun}"
    return None


def _described(
    view: SceneView, index: int, noun: str, rng: random.Random, without: str, *, telling: bool = False
) -> str | None:
    """With a colour, a side or a relation; `telling` when that has to set it apart from others of its class."""
    rivals = [other for other in view.by_class[view.objects[index].object_class] if other != index]
    ways = [way for way in (_by_colour, _by_side, _by_relation, _by_neighbour) if way.__name__[4:] != without]
    if without == "side":
        ways = [way for way in ways if way is not _by_neighbour]
    rng.shuffle(ways)
    for way in ways:
        found = way(view, index, noun, rng, rivals if telling else [])
        if found:
            return found
    return None


def _by_colour(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    colour = view.colour(index)
    if colour is None or any(view.colour(other) in (None, colour) for other in rivals):
        return None
    return rng.choice((f"the {colour} {noun}", f"the {colour} {noun}", f"the {noun} that {_is(view, index)} {colour}"))


def _by_side(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    x = view.objects[index].centre[0]
    if EXTREME <= x <= 1 - EXTREME:
        return None
    left = x < 0.5
    for other in rivals:
        other_x = view.objects[other].centre[0]
        if (left and other_x < 0.5) or (not left and other_x > 0.5):
            return None
    side = "left" if left else "right"
    tail = rng.choice(("", "", " side", " side of the photo", " of the image"))
    return f"the {noun} " + rng.choice(("on", "on", f"that {_is(view, index)} on")) + f" the {side}{tail}"


def _by_relation(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    choices = [(name, target) for name, target in view.from_subject.get(index, ()) if name in SPOKEN]
    if not choices:
        return None
    name, target = choices[rng.randrange(len(choices))]
    target_class = view.objects[target].object_class
    for other in rivals:
        theirs = view.from_subject.get(other, ())
        if any(view.objects[t].object_class == target_class for _, t in theirs):
            return None
        # A rival without any relation may wear or hold the same, only nobody wrote it down.
        if name in ("wearing", "holding") and not theirs:
            return None
    return _joined(view, noun, name, target, rng)


def _joined(view: SceneView, noun: str, name: str, target: int, rng: random.Random) -> str:
    words = rng.choice(WORDINGS.get(name, (name,)))
    target_noun = view.noun(target, rng)
    thing = f"the {target_noun}" if view.alone(target) or view.is_plural(target) else a(target_noun)
    return f"the {noun} {words} {thing}"


def _by_neighbour(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    """To the left or right of something that is alone of its kind."""
    others = [o for o in view.kept if o != index and view.alone(o)]
    for other in rng.sample(others, min(3, len(others))):
        for side, holds in (("left", view.left_of(index, other)), ("right", view.left_of(other, index))):
            if not holds:
                continue
            if any(view.left_of(r, other) if side == "left" else view.left_of(other, r) for r in rivals):
                continue
            return f"the {noun} {sideways_words(side, rng)} the {view.noun(other, rng)}"
    return None


def _is(view: SceneView, index: int) -> str:
    return "are" if view.is_plural(index) else "is"
