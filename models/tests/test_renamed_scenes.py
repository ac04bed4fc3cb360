import random
from collections import Counter

import pytest

from models.data.imagenet_names import IMAGENET_LINES
from models.data.questions import generate_questions
from models.data.renamed_scenes import rename, substitutes
from models.data.scenes import Relation, Scene, SceneObject
from models.data.vocabulary import ANSWERS, ATTRIBUTE_INDEX, OBJECT_INDEX, categories_of


def thing(name: str, left: float, *attributes: str) -> SceneObject:
    return SceneObject(
        name,
        OBJECT_INDEX[name.removesuffix("s")],
        (left, 0.4, left + 0.1, 0.6),
        tuple(ATTRIBUTE_INDEX[word] for word in attributes),
    )


SCENE = Scene(
    image_id="farm",
    source="gqa",
    objects=(
        thing("dog", 0.0, "brown"),
        thing("dog", 0.2, "white"),
        thing("cows", 0.4),
        thing("truck", 0.6, "red"),
        thing("man", 0.8),
    ),
    relations=(Relation(4, "holding", 0),),
    photo="gqa/1.jpg",
    captions=("two dogs",),
)


@pytest.fixture(scope="module")
def renamed() -> list[Scene]:
    rng = random.Random(1)
    return [rename(SCENE, rng) for _ in range(600)]


def test_all_things_of_a_class_change_together(renamed: list[Scene]) -> None:
    assert all(scene.objects[0].object_class == scene.objects[1].object_class for scene in renamed)
    assert all(len({thing.object_class for thing in scene.objects}) == 4 for scene in renamed)


def test_categories_boxes_attributes_and_relations_stay(renamed: list[Scene]) -> None:
    for scene in renamed:
        assert scene.relations == SCENE.relations
        for before, after in zip(SCENE.objects, scene.objects, strict=True):
            assert (after.box, after.attributes, after.plural) == (before.box, before.attributes, before.plural)
            shared = set(categories_of(before.object_class)) & set(categories_of(after.object_class))
            assert shared


def test_people_stay_people(renamed: list[Scene]) -> None:
    assert {scene.objects[4].class_name for scene in renamed} == {"man"}


def test_names_that_only_imagenet_shows_come_most_often(renamed: list[Scene]) -> None:
    new = [scene.objects[0].class_name for scene in renamed if scene.objects[0].class_name != "dog"]
    assert len(new) > 400
    assert sum(name in IMAGENET_LINES for name in new) > 0.6 * len(new)
    assert len(Counter(new)) > 15


def test_a_renamed_scene_is_no_photo(renamed: list[Scene]) -> None:
    changed = [scene for scene in renamed if scene != SCENE]
    assert changed
    assert all(scene.photo is None and scene.captions == () for scene in changed)


def test_every_rare_name_can_come_in() -> None:
    reached = {c for index in OBJECT_INDEX.values() for c in substitutes(index)[0]}
    assert {OBJECT_INDEX[name] for name in ("penguin", "guitar", "hammer", "mailbox", "ambulance", "castle")} <= reached


def test_questions_about_a_renamed_scene_speak_of_the_new_names() -> None:
    rng = random.Random(5)
    scene = next(s for s in (rename(SCENE, rng) for _ in range(4000)) if s.objects[0].class_name == "fox")
    questions = [question for _ in range(20) for question in generate_questions(scene, rng, 10)]
    assert {question.answer for question in questions} <= set(ANSWERS)
    assert any("fox" in question.text.lower() for question in questions)
    assert not any(
        question.text.lower().startswith("is there a dog") and question.answer == "yes" for question in questions
    )
