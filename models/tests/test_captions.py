import random
import re
from collections import Counter

import pytest

from models.data.captions import caption_of_other, describe, photo_captions, statement, unmatching_caption
from models.data.captions.draft import Slot, broken, spoken
from models.data.scenes import Relation, Scene
from models.tests.scene_making import thing

STREET = Scene(
    image_id="street",
    source="gqa",
    objects=(
        thing("dog", (0.05, 0.6, 0.25, 0.9), "brown"),
        thing("bus", (0.6, 0.5, 0.95, 0.9), "red", "parked"),
        thing("man", (0.3, 0.3, 0.42, 0.95), "standing"),
        thing("umbrella", (0.32, 0.2, 0.4, 0.29), "black"),
        thing("bird", (0.7, 0.02, 0.78, 0.05)),
        thing("bird", (0.9, 0.02, 0.98, 0.05)),
    ),
    relations=(Relation(2, "holding", 3),),
    place="street",
    indoors=False,
)
KITCHEN = Scene(
    image_id="kitchen",
    source="gqa",
    objects=(thing("refrigerator", (0.1, 0.1, 0.4, 0.9), "white"), thing("oven", (0.5, 0.5, 0.9, 0.9), "black")),
    place="kitchen",
    indoors=True,
)
EMPTY = Scene(image_id="empty", source="gqa", objects=())
TRIES = 1500
# What can be read off a sentence, and whether it holds of the street.
READINGS = {
    r"\b(brown) (dog|puppy)\b": True,
    r"\b(black|white|gray|yellow|red) (dog|puppy)\b": False,
    r"\bred bus\b": True,
    r"\b(blue|green|white|yellow|black) bus\b": False,
    r"\btwo birds\b": True,
    r"\b(one|three|four|five|six) birds?\b": False,
    r"\b(cat|kitten|elephant|horse)\b": False,
    r"\bdog (is |)(to the |on the |)left (side |)of (a|the) (red |parked |)bus\b": True,
    r"\bdog (is |)(to the |on the |)right (side |)of (a|the) (red |parked |)bus\b": False,
    r"\b(outdoors|outside|outdoor)\b": True,
    r"\b(indoors|inside|indoor|kitchen|bathroom)\b": False,
}


def reading(text: str) -> set[bool]:
    denied = re.search(r"\b(no|without)\b", text.lower())
    return set() if denied else {holds for pattern, holds in READINGS.items() if re.search(pattern, text.lower())}


@pytest.fixture(scope="module")
def rng() -> random.Random:
    return random.Random(4)


def test_captions_say_what_the_scene_shows(rng: random.Random) -> None:
    found = Counter(frozenset(reading(describe(STREET, rng) or "")) for _ in range(TRIES))
    assert found[frozenset({True})] > 200
    assert not any(False in readings for readings in found)


def test_unmatching_captions_say_something_false(rng: random.Random) -> None:
    found = Counter(frozenset(reading(unmatching_caption(STREET, rng) or "")) for _ in range(TRIES))
    assert sum(count for readings, count in found.items() if False in readings) > 200


@pytest.mark.parametrize("true", [True, False])
def test_statements_are_true_or_false_as_asked(rng: random.Random, true: bool) -> None:
    readings = [reading(statement(STREET, rng, true) or "") for _ in range(TRIES)]
    assert sum(bool(found) for found in readings) > 300
    said_falsely = sum(False in found for found in readings)
    assert said_falsely == 0 if true else said_falsely > 150


def test_a_broken_sentence_differs_in_one_place(rng: random.Random) -> None:
    draft = (Slot("two", ("three",)), Slot("dogs", ("cats",)), "on", Slot("a couch"))
    assert spoken(draft) == "two dogs on a couch"
    assert {broken(draft, rng) for _ in range(40)} == {"three dogs on a couch", "two cats on a couch"}
    assert broken(("taken", Slot("outside")), rng) is None


def test_the_form_of_a_sentence_does_not_tell_whether_it_matches(rng: random.Random) -> None:
    lengths = [
        sum(len((make(STREET, rng) or "").split()) for _ in range(TRIES)) / TRIES
        for make in (describe, unmatching_caption)
    ]
    assert abs(lengths[0] - lengths[1]) < 0.4


def test_captions_come_in_many_wordings(rng: random.Random) -> None:
    assert len({describe(STREET, rng) for _ in range(TRIES)}) > 400


def test_a_caption_of_another_scene_names_something_that_is_not_here(rng: random.Random) -> None:
    texts = {caption_of_other(STREET, KITCHEN, rng) for _ in range(200)} - {None}
    assert texts
    assert all(re.search("refrigerator|fridge|freezer|oven", text.lower()) for text in texts if text)


def test_of_an_empty_scene_nothing_is_said(rng: random.Random) -> None:
    assert describe(EMPTY, rng) is None
    assert unmatching_caption(EMPTY, rng) is None
    assert statement(EMPTY, rng, True) is None
    assert caption_of_other(STREET, EMPTY, rng) is None


def test_the_same_seed_gives_the_same_caption() -> None:
    assert describe(STREET, random.Random(9)) == describe(STREET, random.Random(9))


def test_photo_captions_are_split_into_training_and_validation(tmp_path) -> None:
    photos = ", ".join(f'{{"photo": "coco/{n}.jpg", "captions": ["a  dog"]}}' for n in range(60))
    (tmp_path / "photos.json").write_text(f'[{photos}, {{"photo": "coco/61.jpg"}}]')
    training, kept = photo_captions(tmp_path), photo_captions(tmp_path, validation=True)
    assert len(training) + len(kept) == 60
    assert kept
    assert training["coco/0.jpg" if "coco/0.jpg" in training else "coco/1.jpg"] == ("a dog",)
