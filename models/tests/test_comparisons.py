"""Which of two things is further to a side, and which of a kind is the outermost."""

import random

from models.data.questions import comparisons
from models.data.questions.question import Question
from models.data.questions.view import SceneView
from models.data.scenes import Scene, SceneObject
from models.data.vocabulary import canonical_object


def thing(name: str, left: float, top: float, size: float) -> SceneObject:
    object_class = canonical_object(name)
    assert object_class is not None
    return SceneObject(name, object_class, (left, top, left + size, top + size))


# From left to right: zebra, giraffe, elephant; from top to bottom the other way round; the zebra is the largest.
ZOO = Scene(
    image_id="zoo",
    source="gqa",
    objects=(thing("zebra", 0.0, 0.7, 0.3), thing("giraffe", 0.45, 0.4, 0.15), thing("elephant", 0.8, 0.1, 0.05)),
)
FIRST = {
    "left": "zebra",
    "right": "elephant",
    "top": "elephant",
    "bottom": "zebra",
    "big": "zebra",
    "small": "elephant",
}


def asked(maker) -> list[Question]:
    rng, view = random.Random(1), SceneView(ZOO)
    return [question for _ in range(2000) if (question := maker(view, rng))]


def measure_of(text: str) -> str | None:
    """Which way a question compares, by the only words of a measure that are in it."""
    words = {
        "left": ("left",),
        "right": ("right",),
        "top": ("high", "top", "upper", "further up"),
        "bottom": ("low", "bottom", "further down"),
        "big": ("big", "larg", "more space", "most space"),
        "small": ("small", "less space", "least space", "littl"),
    }
    found = [name for name, parts in words.items() if any(part in text for part in parts)]
    return found[0] if len(found) == 1 else None


def test_the_outermost_animal_is_the_answer() -> None:
    questions = asked(comparisons.extreme)
    measures = {measure_of(question.text) for question in questions}
    assert measures >= set(FIRST)
    for question in questions:
        if measure := measure_of(question.text):
            assert question.answer == FIRST[measure], question.text


def test_of_two_things_the_one_that_is_further_is_the_answer() -> None:
    order = ("zebra", "giraffe", "elephant")
    seen = set()
    for question in asked(comparisons.which_of_two):
        assert question.answer in order
        assert question.answer not in ("yes", "no")
        if (measure := measure_of(question.text)) is None:
            continue
        seen.add(measure)
        pair = sorted(question.topic.split("|"), key=order.index)
        assert question.answer == pair[0 if FIRST[measure] == "zebra" else 1], question.text
    assert seen == set(FIRST)


def test_what_is_on_a_side_is_what_stands_out_there() -> None:
    answers = {(question.topic, question.answer) for question in asked(comparisons.at_side)}
    assert answers == {("left", "zebra")}
