"""How to point at one object in words: 'the dog', 'the red car', 'the man holding a racket', 'the cup on the left'."""

import random

from models.data.attribute_names import MATERIALS, opposites_of
from models.data.questions.grammar import a, as_adjective
from models.data.questions.view import SceneView
from models.data.questions.wordings.relation import RELATION_WORDS, SIDEWAYS
from models.data.vocabulary import ATTRIBUTES, members

# Relations that read well after 'the X' and 'is the X'.
SPOKEN = frozenset(
    {
        "on",
        "in",
        "behind",
        "in front of",
        "wearing",
        "holding",
        "on top of",
        "next to",
        "above",
        "below",
        "sitting on",
        "under",
        "inside",
        "beside",
        "carrying",
        "standing on",
        "walking on",
        "riding",
        "hanging on",
        "standing in",
        "lying on",
        "looking at",
        "eating",
        "watching",
        "near",
        "covered by",
        "riding on",
        "sitting in",
        "using",
        "parked on",
        "walking in",
        "swinging",
        "leaning on",
        "flying in",
        "hanging from",
        "sitting at",
        "by",
        "at",
        "driving on",
        "covering",
        "crossing",
        "pulling",
        "throwing",
        "hitting",
        "catching",
        "playing with",
        "flying",
    }
)
# After a noun: 'the man with a hat', 'the cup that is on the table'.
AFTER_NOUN = {
    "wearing": ("wearing", "who is wearing", "that is wearing", "with", "in"),
    "holding": ("holding", "that is holding", "with", "who is holding"),
}
EXTREME = 0.4
MIDDLE = 0.07
CATEGORY_SHARE = 0.1
CATEGORY_WORDS = {
    "person": "person",
    "animal": "animal",
    "vehicle": "vehicle",
    "furniture": "piece of furniture",
    "fruit": "fruit",
    "vegetable": "vegetable",
    "food": "food",
    "device": "device",
    "appliance": "appliance",
    "bag": "bag",
}
# Ways of pointing that would answer the question.
AVOIDED = {
    "colour": ("colour", "attribute"),
    "side": ("side", "extreme", "height", "neighbour", "middle"),
    "relation": ("relation", "user"),
    "attribute": ("attribute", "colour"),
}
MUCH_LARGER = 3.0


def sideways_words(relation: str, rng: random.Random) -> str:
    """relation is 'left' or 'right'."""
    words = rng.choice(SIDEWAYS).format(side=relation)
    return f"that is {words}" if rng.random() < 0.15 else words


def refer(view: SceneView, index: int, rng: random.Random, *, without: str = "", deep: bool = True) -> str | None:
    """A noun phrase that means this object only, or None.

    without: 'colour', 'side', 'relation' or 'attribute' are not to be used, because the question asks for them.
    """
    noun = view.noun(index, rng)
    if deep and rng.random() < CATEGORY_SHARE and (word := _category_word(view, index, rng, without)):
        return word
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
    ways = [way for way in WAYS if way.__name__[4:] not in AVOIDED.get(without, (without,))]
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


def _by_attribute(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    """Any attribute, or the lack of one: 'the bag that is not small'."""
    own = [ATTRIBUTES[i] for i in view.objects[index].attributes]
    if not own:
        return None
    word = rng.choice(own)
    theirs = {ATTRIBUTES[i] for other in rivals for i in view.objects[other].attributes}
    if word in theirs or any(not view.objects[other].attributes for other in rivals):
        return None
    verb = _is(view, index)
    opposites = [o for o in opposites_of(word) if o not in own and (not rivals or o in theirs)]
    if word in MATERIALS and rng.random() < 0.3:
        return f"the {noun} {rng.choice(('', f'that {verb} '))}made of {word}"
    if rng.random() < 0.5:
        word = as_adjective(word)
    if opposites and rng.random() < 0.25:
        return f"the {noun} that {verb} not {rng.choice(opposites)}"
    looks = "look" if verb == "are" else "looks"
    return rng.choice(
        (
            f"the {word} {noun}",
            f"the {word} {noun}",
            f"the {noun} that {verb} {word}",
            f"the {noun} that {looks} {word}",
        )
    )


def _by_user(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    """'the hat the man is wearing', 'the table that the cup is on'."""
    incoming = [(name, s) for name, s in view.to_target.get(index, ()) if name in SPOKEN]
    if not incoming:
        return None
    name, subject = incoming[rng.randrange(len(incoming))]
    subject_class = view.objects[subject].object_class
    if any(view.objects[s].object_class == subject_class for other in rivals for _, s in view.to_target.get(other, ())):
        return None
    if not view.alone(subject):
        return None
    that = rng.choice(("", "", "that ", "which "))
    return f"the {noun} {that}the {view.noun(subject, rng)} {_is(view, subject)} {name}"


def _by_middle(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    if abs(view.objects[index].centre[0] - 0.5) > MIDDLE or any(
        abs(view.objects[o].centre[0] - 0.5) < 3 * MIDDLE for o in rivals
    ):
        return None
    return f"the {noun} in the " + rng.choice(("middle", "center", "middle of the photo", "center of the image"))


def _category_word(view: SceneView, index: int, rng: random.Random, without: str) -> str | None:
    """'the animal', when it is the only one; 'the black device', when it is the only one of that colour."""
    if view.is_plural(index):
        return None
    own, plain, coloured = view.colour(index), [], []
    for category, word in CATEGORY_WORDS.items():
        if view.objects[index].object_class not in members(category):
            continue
        inside = view.in_category(category)
        if len(inside) == 1:
            plain.append(f"the {word}")
        elif (
            own
            and without not in ("colour", "attribute")
            and all(view.colour(other) not in (None, own) for other in inside if other != index)
        ):
            coloured += [f"the {own} {word}", f"the {word} that is {own}"]
    options = plain or coloured
    return rng.choice(options) if options else None


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


def _by_extreme(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    """'the leftmost car', when all its rivals are to its right."""
    if not rivals or view.is_plural(index):
        return None
    if all(view.left_of(index, other) for other in rivals):
        return rng.choice((f"the leftmost {noun}", f"the {noun} furthest left", f"the {noun} on the far left"))
    if all(view.left_of(other, index) for other in rivals):
        return rng.choice((f"the rightmost {noun}", f"the {noun} furthest right", f"the {noun} on the far right"))
    return None


def _by_height(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    y = view.objects[index].centre[1]
    if EXTREME <= y <= 1 - EXTREME or any((view.objects[o].centre[1] < 0.5) == (y < 0.5) for o in rivals):
        return None
    end = "top" if y < 0.5 else "bottom"
    tail = rng.choice(("", " of the photo", " of the image", " part of the picture"))
    return f"the {noun} {rng.choice(('in', 'at', f'that {_is(view, index)} in'))} the {end}{tail}"


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
    words = rng.choice(AFTER_NOUN.get(name) or RELATION_WORDS.get(name, (name,)))
    if name not in AFTER_NOUN and rng.random() < 0.3:
        words = f"{rng.choice(('that', 'which'))} is {words}"
    target_noun = view.noun(target, rng)
    thing = f"the {target_noun}" if view.alone(target) or view.is_plural(target) else a(target_noun)
    return f"the {noun} {words} {thing}"


def _by_neighbour(view: SceneView, index: int, noun: str, rng: random.Random, rivals: list[int]) -> str | None:
    """To the left or right of something that is alone of its kind."""
    if len(rivals) == 1 and rng.random() < 0.3:
        if view.left_of(index, rivals[0]):
            return f"the {noun} {sideways_words('left', rng)} the other {noun}"
        if view.left_of(rivals[0], index):
            return f"the {noun} {sideways_words('right', rng)} the other {noun}"
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


WAYS = (_by_colour, _by_attribute, _by_side, _by_extreme, _by_height, _by_middle, _by_relation, _by_user, _by_neighbour)
