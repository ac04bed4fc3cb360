import random
import re
from collections import Counter

import pytest

from models.data.questions import generate_questions
from models.data.questions.question import Question
from models.data.questions.relation import left_right_verify
from models.data.questions.sampler import candidates
from models.data.questions.view import SceneView
from models.data.scenes import Relation, Scene
from models.data.vocabulary import ANSWERS
from models.tests.scene_making import thing

STREET = Scene(
    image_id="street",
    source="gqa",
    objects=(
        thing("dog", (0.05, 0.6, 0.25, 0.9), "brown"),
        thing("car", (0.6, 0.5, 0.95, 0.9), "red", "parked"),
        thing("man", (0.3, 0.3, 0.42, 0.95), "standing"),
        thing("hat", (0.32, 0.28, 0.4, 0.36), "black"),
        thing("tree", (0.7, 0.02, 0.98, 0.45), "green"),
        thing("tree", (0.02, 0.02, 0.2, 0.4), "green"),
        thing("sky", (0.0, 0.0, 1.0, 0.3), "blue", "clear"),
    ),
    relations=(Relation(2, "wearing", 3),),
    place="street",
    indoors=False,
)
TRUTH = {
    ("count_class", "dog"): {"1"},
    ("colour_query", "dog"): {"brown"},
    ("colour_query", "car"): {"red"},
    ("colour_query", "tree"): {"green"},
    ("side_query", "dog"): {"left"},
    ("side_query", "car"): {"right"},
    ("what_category", "animal"): {"dog"},
    ("what_category", "vehicle"): {"car"},
    ("place_query", ""): {"street"},
    ("indoors_choose", ""): {"outdoors"},
}


@pytest.fixture(scope="module")
def made() -> list[Question]:
    rng = random.Random(1)
    return [question for _ in range(60) for question in candidates(STREET, rng, attempts=200)]


@pytest.mark.parametrize("key", TRUTH)
def test_answers_are_what_the_scene_shows(made: list[Question], key: tuple[str, str]) -> None:
    answers = {question.answer for question in made if (question.type, question.topic) == key}
    assert answers == TRUTH[key]


def test_present_things_are_affirmed_and_absent_ones_denied(made: list[Question]) -> None:
    present = {"dog", "car", "man", "hat", "tree", "sky"}
    asked = [question for question in made if question.type == "exist_object"]
    assert {question.answer for question in asked} == {"yes", "no"}
    assert all((question.answer == "yes") == (question.topic in present) for question in asked)


def test_nothing_is_denied_that_may_be_there_under_another_name(made: list[Question]) -> None:
    denied = {question.topic for question in made if question.type == "exist_object" and question.answer == "no"}
    assert not denied & {
        "person",
        "people",
        "boy",
        "woman",
        "animal",
        "vehicle",
        "bush",
        "palm tree",
        "truck",
        "cap",
        "hand",
    }


def test_left_and_right_follow_from_the_boxes() -> None:
    rng, view = random.Random(2), SceneView(STREET)
    asked = [question for _ in range(3000) if (question := left_right_verify(view, rng))]
    for subject, side, other, answer in (
        ("dog", "left", "car", "yes"),
        ("dog", "right", "car", "no"),
        ("car", "right", "dog", "yes"),
    ):
        wording = re.compile(rf"the {subject} (?!left or right)([a-z]+ )*{side}[a-z -]* the {other}\b")
        assert {question.answer for question in asked if wording.search(question.text)} == {answer}


def test_the_two_trees_are_never_the_tree(made: list[Question]) -> None:
    sides = [question for question in made if question.type in ("side_query", "side_choose", "left_right_verify")]
    assert not [
        question.text for question in sides if question.text.startswith(("is the tree to", "which side is the tree on"))
    ]


def test_what_the_man_wears(made: list[Question]) -> None:
    assert {question.answer for question in made if question.type == "what_target"} == {"hat"}


def test_every_answer_is_in_the_list(made: list[Question]) -> None:
    assert {question.answer for question in made} <= set(ANSWERS)


def test_choices_name_both_options_in_either_order(made: list[Question]) -> None:
    for question in made:
        if question.type == "colour_choose":
            first, second = question.topic.split("/")[0].split("|")
            assert first in question.text
            assert second in question.text
    choices = [
        question
        for question in made
        if question.type == "left_right_choose" and "left" in question.text and "right" in question.text
    ]
    orders = Counter(question.text.index("left") < question.text.index("right") for question in choices)
    assert min(orders.values()) > 0.35 * len(choices)


def test_objects_point_to_the_boxes_that_decide(made: list[Question]) -> None:
    for question in made:
        assert all(0 <= index < len(STREET.objects) for index in question.objects)
        if question.type == "colour_query":
            assert [STREET.objects[index].class_name for index in question.objects] == [question.topic]


def test_the_same_seed_gives_the_same_questions() -> None:
    first = generate_questions(STREET, random.Random(5), 12)
    assert first == generate_questions(STREET, random.Random(5), 12)
    assert first != generate_questions(STREET, random.Random(6), 12)


def test_no_question_is_asked_twice_of_a_scene() -> None:
    questions = generate_questions(STREET, random.Random(5), 20)
    assert len(questions) == 20
    assert len({question.text for question in questions}) == 20


def test_an_empty_scene_gives_nothing() -> None:
    empty = Scene(image_id="empty", source="gqa", objects=())
    assert generate_questions(empty, random.Random(1), 10) == []


def test_a_photo_without_stuff_boxes_is_not_said_to_lack_stuff() -> None:
    photo = Scene(
        image_id="7", source="coco", objects=(thing("dog", (0.1, 0.1, 0.5, 0.9)), thing("chair", (0.6, 0.4, 0.9, 0.9)))
    )
    rng = random.Random(2)
    denied = {
        q.topic for _ in range(200) for q in candidates(photo, rng, 40) if q.type == "exist_object" and q.answer == "no"
    }
    assert denied
    assert not denied & {"tree", "sky", "wall", "floor", "shirt", "window"}
