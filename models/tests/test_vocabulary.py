from collections.abc import Sequence

import pytest

from models.data.categories import CATEGORIES
from models.data.imagenet_names import IMAGENET_LINES, NAME_OF_LINE
from models.data.split import image_id, is_validation
from models.data.vocabulary import (
    ANSWERS,
    ATTRIBUTES,
    COLOUR_ATTRIBUTES,
    MATERIAL_ATTRIBUTES,
    OBJECTS,
    canonical_attribute,
    canonical_object,
    categories_of,
    members,
)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("wall-other-merged", "wall"),
        ("floor-wood", "floor"),
        ("playingfield", "field"),
        ("tvmonitor", "tv"),
        ("television,tv", "tv"),
        ("pictureframe", "picture"),
        ("diningtable", "table"),
        ("sports ball", "ball"),
        ("wastecontainer", "trash can"),
        ("sofa", "couch"),
        ("racket,racquet", "tennis racket"),
        ("men", "man"),
        ("people", "people"),
        ("leaves", "leaf"),
        ("glasses", "glasses"),
        ("eye glasses", "glasses"),
        ("Wine Glasses", "wine glass"),
        ("buses", "bus"),
        ("hair drier", "hair drier"),
        ("knives", "knife"),
        ("shoes", "shoe"),
        ("skis", "skis"),
        ("ski", "skis"),
        ("potted plant", "potted plant"),
        ("sea", "ocean"),
    ],
)
def test_a_raw_object_name_folds_to_one_plain_name(raw: str, name: str) -> None:
    index = canonical_object(raw)
    assert index is not None
    assert OBJECTS[index] == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("grey", "gray"),
        ("gray,grey", "gray"),
        ("wooden", "wood"),
        ("light blue", "blue"),
        ("dark brown", "brown"),
        ("metallic", "metal"),
        ("blonde", "blond"),
    ],
)
def test_a_raw_attribute_folds_to_one_plain_word(raw: str, name: str) -> None:
    index = canonical_attribute(raw)
    assert index is not None
    assert ATTRIBUTES[index] == name


def test_unknown_names_have_no_index() -> None:
    assert canonical_object("quantum flux") is None
    assert canonical_attribute("quantum") is None


@pytest.mark.parametrize("names", [OBJECTS, ATTRIBUTES, ANSWERS])
def test_lists_have_no_doubles_and_are_plain(names: Sequence[str]) -> None:
    assert len(set(names)) == len(names)
    assert all(name == name.strip().lower() and name for name in names)


def test_every_listed_name_is_its_own_canonical_name() -> None:
    assert [canonical_object(name) for name in OBJECTS] == list(range(len(OBJECTS)))
    assert [canonical_attribute(name) for name in ATTRIBUTES] == list(range(len(ATTRIBUTES)))


def test_colours_and_materials_are_separate_groups_of_attributes() -> None:
    assert len(COLOUR_ATTRIBUTES) >= 12
    assert len(MATERIAL_ATTRIBUTES) >= 8
    assert not set(COLOUR_ATTRIBUTES) & set(MATERIAL_ATTRIBUTES)


def test_every_object_and_attribute_can_be_answered() -> None:
    assert set(OBJECTS) | set(ATTRIBUTES) <= set(ANSWERS)
    assert {"yes", "no", "left", "right", "indoors", "outdoors", *map(str, range(11))} <= set(ANSWERS)


def test_categories_hold_known_classes() -> None:
    dog = canonical_object("dog")
    assert dog is not None
    assert "animal" in categories_of(dog)
    assert all(members(category) for category in CATEGORIES)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (1, "fish"),
        (146, "penguin"),
        (208, "dog"),
        (404, "ship"),
        (547, "guitar"),
        (588, "hammer"),
        (1000, "toilet paper"),
    ],
)
def test_an_imagenet_line_has_its_everyday_name(line: int, name: str) -> None:
    assert NAME_OF_LINE[line] == name


def test_imagenet_names_are_object_classes_and_no_line_has_two() -> None:
    assert set(IMAGENET_LINES) <= set(OBJECTS)
    assert sum(len(lines) for lines in IMAGENET_LINES.values()) == len(NAME_OF_LINE)
    assert set(NAME_OF_LINE) <= set(range(1, 1001))


@pytest.mark.parametrize(
    ("name", "category"),
    [("penguin", "animal"), ("penguin", "bird"), ("guitar", "instrument"), ("hammer", "tool"), ("tank", "vehicle")],
)
def test_names_that_only_imagenet_shows_have_their_category(name: str, category: str) -> None:
    index = canonical_object(name)
    assert index is not None
    assert category in categories_of(index)


def test_photo_and_image_id_are_on_the_same_side_of_the_split() -> None:
    assert image_id("gqa/1159398.jpg") == "1159398"
    for number in range(500):
        assert is_validation(f"gqa/{number}.jpg") == is_validation(str(number))


def test_about_one_photo_in_ten_is_kept_for_validation() -> None:
    kept = sum(is_validation(str(number)) for number in range(5000))
    assert 400 < kept < 600
