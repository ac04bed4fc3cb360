import random

import pytest

from models.data.questions import details
from models.data.questions.question import Question
from models.data.questions.view import SceneView
from models.data.scenes import Relation, Scene, SceneObject
from models.data.vocabulary import ANSWERS, ATTRIBUTE_INDEX, canonical_object


def thing(name: str, left: float, *attributes: str) -> SceneObject:
    object_class = canonical_object(name)
    assert object_class is not None
    box = (left, 0.4, left + 0.08, 0.6)
    return SceneObject(name, object_class, box, tuple(ATTRIBUTE_INDEX[word] for word in attributes))


YARD = Scene(
    image_id="yard",
    source="gqa",
    objects=(
        thing("dog", 0.0, "brown", "old"),
        thing("dog", 0.1, "white"),
        thing("dog", 0.2, "white"),
        thing("truck", 0.5, "red"),
        thing("truck", 0.9, "red"),
        thing("clocks", 0.7, "round"),
    ),
    relations=(Relation(0, "next to", 3),),
)


def made(maker: details.Maker, **of: str) -> list[Question]:
    rng, view = random.Random(1), SceneView(YARD)
    questions = [question for _ in range(1500) if (question := maker(view, rng))]
    return [question for question in questions if all(getattr(question, name) == value for name, value in of.items())]


def test_coloured_things_are_counted_by_their_colour() -> None:
    asked = made(details.count_coloured)
    for words, number in (("white dogs", "2"), ("brown dogs", "1"), ("red trucks", "2"), ("black dogs", "0")):
        assert {question.answer for question in asked if words in question.text} <= {number}
    assert {question.answer for question in asked} == {"0", "1", "2"}


def test_there_are_more_dogs_than_trucks() -> None:
    assert {question.answer for question in made(details.compare_counts, type="more_choose")} == {"dog"}
    for question in made(details.compare_counts, type="more_verify", topic="more"):
        dogs_first = min(question.text.find(word) for word in ("dog", "pup") if word in question.text) < max(
            question.text.find(word) for word in ("truck", "lorr") if word in question.text
        )
        assert question.answer == ("yes" if dogs_first else "no")


def test_the_shape_and_the_age_are_those_of_the_thing() -> None:
    assert {question.answer for question in made(details.shape)} == {"round"}
    assert {question.answer for question in made(details.how_is)} == {"old"}


def test_of_two_things_on_one_side_the_nearer_one_is_meant() -> None:
    table = Scene(
        image_id="table",
        source="gqa",
        objects=(thing("chair", 0.0), thing("cup", 0.12), thing("dog", 0.4)),
        relations=(),
    )
    rng, view = random.Random(1), SceneView(table)
    questions = [question for _ in range(600) if (question := details.what_beside_nearest(view, rng))]
    right_of_chair = [question for question in questions if question.objects[1] == 0 and question.topic == "right"]
    assert {question.answer for question in right_of_chair} == {"cup"}


def test_what_is_beside_is_the_nearest_thing_and_plural_as_the_annotator_wrote_it() -> None:
    answers = {question.answer for question in made(details.what_beside_nearest)}
    assert answers
    assert answers <= {"dog", "truck", "clocks", "clock"}


@pytest.mark.parametrize("maker", [details.count_coloured, details.compare_counts, details.related_choose])
def test_answers_are_in_the_list(maker: details.Maker) -> None:
    assert {question.answer for question in made(maker)} <= set(ANSWERS)
