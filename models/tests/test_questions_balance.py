"""No answer may be guessable: seen over many made-up scenes, the answers of each type come out even."""

import random
from collections import Counter, defaultdict

import pytest

from models.data.questions import generate_questions
from models.data.questions.balance import keep_shares
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.statistics import statistics
from models.data.questions.typed import loosen, mistype
from models.data.scenes import Scene, SceneObject
from models.data.vocabulary import ATTRIBUTE_INDEX, OBJECT_INDEX

NAMES = [name for name in statistics().frequency if name in OBJECT_INDEX][:150]
WEIGHTS = [statistics().frequency[name] for name in NAMES]


def made_up_scene(number: int) -> Scene:
    """Frequent things at random places, with colours their class often has."""
    rng = random.Random(number)
    objects = []
    for name in set(rng.choices(NAMES, weights=WEIGHTS, k=9)):
        x, y, width, height = (
            rng.random() * 0.8,
            rng.random() * 0.8,
            0.05 + rng.random() * 0.15,
            0.05 + rng.random() * 0.15,
        )
        colours = [
            word
            for word in statistics().attributes.get(name, {})
            if word in ("white", "black", "red", "blue", "green", "brown")
        ]
        attributes = (ATTRIBUTE_INDEX[rng.choice(colours)],) if colours else ()
        objects.append(SceneObject(name, OBJECT_INDEX[name], (x, y, x + width, y + height), attributes))
    return Scene(image_id=str(number), source="gqa", objects=tuple(sorted(objects, key=lambda o: o.name)))


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    rng = random.Random(1)
    return [question for number in range(1500) for question in generate_questions(made_up_scene(number), rng, 12)]


@pytest.mark.parametrize(
    "kind", ["exist_object", "left_right_verify", "side_verify", "left_right_choose", "side_query", "side_choose"]
)
def test_two_sided_answers_are_even(questions: list[Question], kind: str) -> None:
    counts = Counter(question.answer for question in questions if question.type == kind)
    assert sum(counts.values()) > 200
    assert max(counts.values()) / sum(counts.values()) < 0.62


def test_the_asked_side_does_not_tell_the_answer(questions: list[Question]) -> None:
    by_side: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for question in questions:
        if question.type == "left_right_verify":
            by_side[question.topic][question.answer] += 1
    assert all(0.38 < counts["yes"] / sum(counts.values()) < 0.62 for counts in by_side.values())


def test_keep_shares_even_out_yes_and_no() -> None:
    shares = keep_shares(Counter(yes=300, no=100))
    assert shares["yes"] * 300 == pytest.approx(100, rel=0.01)
    assert shares["no"] == 1


def test_keep_shares_flatten_frequent_answers_but_keep_rare_ones() -> None:
    shares = keep_shares(Counter(white=1000, black=500, blue=100, red=50, tan=5, gold=1))
    assert shares["white"] < shares["black"] < shares["blue"] == 1
    assert shares["gold"] == 1


def test_an_answer_that_is_always_the_same_is_mostly_dropped() -> None:
    assert keep_shares(Counter(yes=200))["yes"] < 0.2


def test_templates_give_many_wordings() -> None:
    rng = random.Random(1)
    assert {phrase("(a|b) {x}( here|)", rng, x="dog") for _ in range(100)} == {
        "a dog",
        "b dog",
        "a dog here",
        "b dog here",
    }


def test_loosened_questions_keep_their_words_most_of_the_time() -> None:
    rng = random.Random(1)
    loosened = [loosen("what color is the dog", rng) for _ in range(500)]
    assert sum("dog" in text for text in loosened) > 470
    assert any("colour" in text for text in loosened)
    assert any(not text.endswith("?") for text in loosened)
    assert len(set(loosened)) > 20


def test_a_slip_of_the_finger_changes_one_longer_word_and_keeps_its_first_letter() -> None:
    rng = random.Random(2)
    for _ in range(300):
        words, typed = ["is", "the", "umbrella", "red"], mistype("is the umbrella red", rng).split()
        assert [typed[at] for at in (0, 1, 3)] == [words[at] for at in (0, 1, 3)]
        assert typed[2][0] == "u"
        assert abs(len(typed[2]) - len("umbrella")) <= 1


def test_one_question_in_sixteen_has_a_slip() -> None:
    rng = random.Random(3)
    slips = sum("umbrella" not in loosen("is the umbrella red", rng).lower() for _ in range(4000))
    assert 0.02 * 4000 < slips < 0.09 * 4000
