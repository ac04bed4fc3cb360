"""'What colour is the car?', 'is the car red or blue?', 'are the car and the bus the same colour?'."""

import random

from models.data.questions.exists import other_colour
from models.data.questions.grammar import verbs
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import refer
from models.data.questions.view import SceneView
from models.data.questions.what import CATEGORY_NAMES, category_here
from models.data.questions.wordings.colour import CHOOSE, VERIFY, WHAT_COLOUR


def _coloured(view: SceneView, rng: random.Random) -> tuple[int, str, str] | None:
    """(object, its colour, a phrase that means it and does not name the colour)."""
    candidates = [index for index in view.kept if view.colour(index)]
    if not candidates:
        return None
    index = rng.choice(candidates)
    colour = view.colour(index)
    named = refer(view, index, rng, without="colour", deep=rng.random() < 0.7)
    if named is None:
        # Several of a kind with one colour between them can be asked about together.
        rivals = view.by_class[view.objects[index].object_class]
        if any(view.colour(other) != colour for other in rivals):
            return None
        named = f"the {view.noun(index, rng)}"
    return (index, colour, named) if colour else None


def _slots(view: SceneView, index: int, named: str, rng: random.Random) -> dict[str, str]:
    many = view.is_plural(index)
    return {
        "x": named,
        **verbs(many),
        "bare": named.removeprefix("the "),
    }


def colour_query(view: SceneView, rng: random.Random) -> Question | None:
    found = _coloured(view, rng)
    if found is None:
        return None
    index, colour, named = found
    text = phrase(WHAT_COLOUR, rng, **_slots(view, index, named, rng))
    return Question(text, colour, "colour", (index,), "colour_query", view.objects[index].class_name)


def colour_verify(view: SceneView, rng: random.Random) -> Question | None:
    found = _coloured(view, rng)
    if found is None:
        return None
    index, colour, named = found
    asked, answer = colour, "yes"
    if rng.random() < 0.5:
        other = other_colour(view, index, rng)
        if other is None:
            return None
        asked, answer = other, "no"
    text = phrase(VERIFY, rng, c=asked, **_slots(view, index, named, rng))
    topic = f"{asked}/{view.objects[index].class_name}"
    return Question(text, answer, "colour", (index,), "colour_verify", topic)


def colour_choose(view: SceneView, rng: random.Random) -> Question | None:
    found = _coloured(view, rng)
    if found is None:
        return None
    index, colour, named = found
    other = other_colour(view, index, rng)
    if other is None:
        return None
    options = [colour, other]
    rng.shuffle(options)
    text = phrase(CHOOSE, rng, c=options[0], d=options[1], **_slots(view, index, named, rng))
    return Question(
        text,
        colour,
        "colour",
        (index,),
        "colour_choose",
        f"{'|'.join(sorted(options))}/{view.objects[index].class_name}",
    )


def colour_common(view: SceneView, rng: random.Random) -> Question | None:
    """Same or different colour, of two things that are alone of their kind."""
    candidates = [index for index in view.kept if view.colour(index) and view.alone(index)]
    if len(candidates) < 2:
        return None
    first, second = rng.sample(candidates, 2)
    same = view.colour(first) == view.colour(second)
    asked_same = rng.random() < 0.6
    x, y = (f"the {view.noun(index, rng)}" for index in (first, second))
    template = (
        "are {x} and {y} the same color|are both {x} and {y} the same color|is {x} the same color as {y}"
        "|do {x} and {y} have the same color|is the color of {x} the same as {y}"
        "|does {x} have the same color as {y}"
        if asked_same
        else (
            "are {x} and {y} different colors|is {x} different in color than {y}"
            "|does {x} have a different color than {y}|is the color of {x} different (than|from) (that of |){y}"
            "|do {x} and {y} have (a |)different color(s|)"
        )
    )
    answer = "yes" if same == asked_same else "no"
    return Question(
        phrase(template, rng, x=x, y=y), answer, "attribute", (first, second), "colour_common", str(asked_same)
    )


def coloured_thing(view: SceneView, rng: random.Random) -> Question | None:
    """'What is the red thing?', 'which animal is brown?', 'what piece of furniture is white?'."""
    coloured = [index for index in view.kept if view.colour(index)]
    if not coloured:
        return None
    index = rng.choice(coloured)
    category, colour = category_here(view, [index], rng), view.colour(index)
    if category is None or colour is None:
        return None
    inside = view.in_category(category)
    matching = [index for index in inside if view.colour(index) == colour]
    if not matching or len({view.objects[index].object_class for index in matching}) != 1:
        return None
    word = rng.choice(CATEGORY_NAMES[category].split("|"))
    text = phrase(
        "what {k} is {c}|which {k} is {c}|what (kind|type) of {k} is {c}|which kind of {k} is {c}"
        "|what is the {c} {k}( called|)|what do you think is the {c} {k}|name the {c} {k}"
        "|what is the name of the {c} {k}"
        "|tell me what the {c} {k} is|what {k} do you see that is {c}|the {c} {k} is what|which {k} has {c} color",
        rng,
        k=word,
        c=colour,
    )
    answer = view.answer_name(matching[0])
    return Question(text, answer, "attribute", tuple(matching), "coloured_thing", category)
