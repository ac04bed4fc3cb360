import random

from models.data.questions.sampler import candidates
from models.data.scenes import Relation, Scene
from models.data.vocabulary import ANSWERS
from models.lxmert.scene_graphs import BINDINGS, COMPARISONS, EMPHASIS, NAMES_AND_NUMBERS, ask_about
from models.tests.scene_making import thing

ROOM = Scene(
    image_id="room",
    source="gqa",
    objects=(
        thing("table", (0.1, 0.55, 0.45, 0.95), "brown"),
        thing("cat", (0.2, 0.35, 0.4, 0.55), "black", "sitting"),
        thing("man", (0.6, 0.2, 0.75, 0.95), "standing"),
        thing("shirt", (0.61, 0.35, 0.74, 0.6), "red"),
        thing("lamp", (0.8, 0.02, 0.9, 0.15), "white"),
        thing("chair", (0.8, 0.6, 0.98, 0.95), "red"),
    ),
    relations=(Relation(1, "on", 0), Relation(2, "wearing", 3)),
    place="living room",
    indoors=True,
)
# "What is this?" is asked of a thing that fills the photo.
PORTRAIT = Scene(
    image_id="portrait",
    source="gqa",
    objects=(
        thing("dog", (0.1, 0.1, 0.9, 0.95), "brown", "sitting"),
        thing("collar", (0.35, 0.5, 0.6, 0.6), "red"),
    ),
)


def test_types_of_the_lessons_are_the_generators() -> None:
    rng = random.Random(2)
    made = {
        question.type
        for scene, draws in ((ROOM, 80), (PORTRAIT, 8))
        for _ in range(draws)
        for question in candidates(scene, rng, attempts=200)
    }
    assert made >= BINDINGS | COMPARISONS | NAMES_AND_NUMBERS | set(EMPHASIS)


def test_a_lesson_asks_its_types_alone() -> None:
    rng = random.Random(3)
    asked = [question for _ in range(60) for question in ask_about(ROOM, rng, 8, frozenset({"side_query"}))]
    assert len(asked) > 40
    assert {ANSWERS[question.answer] for question in asked} == {"left", "right"}
    assert {ANSWERS[question.answer] for question in ask_about(ROOM, rng, 40)} > {"left", "right"}
