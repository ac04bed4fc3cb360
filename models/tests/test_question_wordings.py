import random
import re
from string import Formatter

import pytest

from models.data.questions.phrasing import phrase
from models.data.questions.surfaces import SURFACES
from models.data.questions.typed import loosen
from models.data.questions.wordings import colour, count, details, exists, fragments, place, relation, what, where
from models.data.questions.wordings.shapes import SHAPES, heard
from models.data.vocabulary import OBJECT_INDEX

MODULES = (colour, count, details, exists, place, relation, what, where)
TEMPLATES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": template
    for module in MODULES
    for name, template in vars(module).items()
    if name.isupper() and isinstance(template, str) and name[0] != "_" and name not in vars(fragments)
}
SLOTS = {
    "x": "the dog",
    "y": "the car",
    "w": "left of",
    "v": "hold",
    "k": "animal",
    "p": "red",
    "q": "blue",
    "c": "red",
    "d": "blue",
    "h": "tall",
    "n": "two",
    "is": "is",
    "do": "does",
    "it": "it",
    "one": "a dog",
    "any": "any dog",
    "many": "dogs",
    "bare": "dog",
    "side": "left",
    "other": "right",
    "what": "what",
    "adjective": "indoor",
    "picture": "the picture",
    "s": "left",
    "t": "right",
    "wt": "right of",
    "isy": "is",
    "doy": "does",
    "its": "its",
    "e": "leftmost",
    "f": "furthest left",
    "ks": "animals",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_gives_many_sentences_without_open_brackets(name: str) -> None:
    rng = random.Random(1)
    made = {phrase(TEMPLATES[name], rng, **SLOTS) for _ in range(600)}
    assert len(made) >= 6
    assert not [text for text in made if re.search(r"[(){}|]| {2}|^ | $", text)]


@pytest.mark.parametrize(
    ("template", "at_least"),
    [
        (exists.SINGLE, 100),
        (exists.SEVERAL, 80),
        (count.HOW_MANY, 80),
        (what.WHAT_KIND, 60),
        (what.WHAT_IS_THIS, 40),
        (where.WHICH_SIDE, 40),
        (where.LEFT_OR_RIGHT, 40),
        (where.ON_SIDE, 40),
        (place.WHERE_TAKEN, 40),
        (place.CHOOSE_INDOORS, 60),
        (relation.LEFT_RIGHT_VERIFY, 60),
        (relation.LEFT_RIGHT_CHOOSE, 40),
        (relation.RELATED_VERIFY, 40),
        (colour.WHAT_COLOUR, 60),
        (colour.VERIFY, 40),
        (colour.CHOOSE, 30),
    ],
)
def test_everyday_questions_have_many_surface_forms(template: str, at_least: int) -> None:
    rng = random.Random(2)
    assert len({phrase(template, rng, **SLOTS) for _ in range(2500)}) >= at_least


def test_templates_name_only_known_slots() -> None:
    for template in TEMPLATES.values():
        assert {name for _, name, _, _ in Formatter().parse(template) if name} <= set(SLOTS)


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_that_are_never_trained_on_are_others(name: str) -> None:
    trained, kept_back = SHAPES[name]
    assert not set(trained) & set(kept_back)
    assert len(kept_back) >= 2
    rng = random.Random(4)
    slots = {slot: f"<{slot}>" for slot in SLOTS}
    made = {phrase(heard(name), rng, **slots) for _ in range(3000)}
    assert not made & {phrase(shape, rng, **slots) for shape in kept_back}
    for shape in kept_back:
        assert {slot for _, slot, _, _ in Formatter().parse(shape) if slot} <= set(SLOTS)


def test_sides_are_asked_in_thirty_shapes_and_more() -> None:
    for name in ("exists", "count", "what", "side", "verify_side", "which", "colour"):
        assert len(SHAPES[name][0]) + len(SHAPES[name][1]) >= 30


def test_a_choice_asks_for_both_ends_and_a_claim_for_its_own_side() -> None:
    rng = random.Random(3)
    for _ in range(300):
        choice = phrase(where.LEFT_OR_RIGHT, rng, **{**SLOTS, "p": "left", "q": "right"})
        assert "left" in choice
        assert "right" in choice
        claim = phrase(where.ON_SIDE, rng, **{**SLOTS, "p": "left"})
        assert "left" in claim
        assert " right " not in claim.replace(", right", "").replace("is that right", "").replace(
            "is it right that", ""
        )


def test_other_words_belong_to_classes() -> None:
    assert set(SURFACES) <= set(OBJECT_INDEX)
    assert not [word for words in SURFACES.values() for word in words if word in OBJECT_INDEX and word != "plant"]


def test_people_type_questions_in_many_ways() -> None:
    rng = random.Random(4)
    typed = [loosen("what is the color of the gray car in the picture", rng) for _ in range(1500)]
    for sign in ("colour", "grey", "what's", "whats", "What", "pic"):
        assert any(sign in text for text in typed)
    assert sum(text.endswith("?") for text in typed) > 700
    assert sum(not text.endswith("?") for text in typed) > 300
