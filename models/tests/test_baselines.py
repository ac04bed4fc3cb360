"""The rules, what they read and see, and whose error an error is."""

import random
from dataclasses import replace

import numpy as np
import pytest

from models.baselines.attribution import Judged, by_sight, confusions, sight_of, sight_of_question
from models.baselines.coco_boxes import kept_per_class, named_scores
from models.baselines.fit_rules import fit_rules
from models.baselines.pixel_colour import colour_of_box
from models.baselines.read_question import read_question
from models.baselines.rules import RuleNumbers, answer_by_rule, count_things
from models.baselines.sightings import Sightings, sightings_of_regions, sightings_of_scene
from models.data.everyday import everyday_items
from models.data.questions import EVERYDAY_KINDS
from models.data.questions.view import SceneView
from models.data.second_draw import WHAT_IS_HERE, second_draw
from models.data.vocabulary import ATTRIBUTE_INDEX, OBJECT_INDEX, OBJECTS
from models.detector.coco_names import COCO_NAMES
from models.lxmert.measure import plain
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, FEATURE_SIZE
from models.lxmert.region_set import RegionSet
from models.tests.test_everyday import ROOM, thing

TWO_CATS = replace(ROOM, objects=(*ROOM.objects, thing("cat", (0.1, 0.7, 0.3, 0.95), "white")))


def regions(*seen: tuple[str, tuple[float, float, float, float], float]) -> RegionSet:
    features = np.zeros((len(seen), FEATURE_SIZE), np.float32)
    for row, (name, _, score) in enumerate(seen):
        features[row, CLASSES.start + OBJECT_INDEX[name]] = score
        features[row, ATTRIBUTE_PART.start + ATTRIBUTE_INDEX["red"]] = 0.9
    return RegionSet(features, np.array([box for _, box, _ in seen], np.float32))


@pytest.mark.parametrize("draw", [everyday_items, second_draw])
def test_rules_over_human_boxes_answer_every_question_of_the_generator(draw) -> None:
    seen = sightings_of_scene(TWO_CATS)
    kinds = set()
    for item in [item for seed in range(30) for item in draw(TWO_CATS, random.Random(seed))]:
        program = read_question(item.plain or item.question)
        assert program.kind == item.kind
        assert plain(answer_by_rule(program, seen, RuleNumbers())) in map(plain, item.answers), item
        kinds.add(item.kind)
    assert kinds == set(EVERYDAY_KINDS)


def test_second_draw_asks_each_fact_once_and_words_it_otherwise() -> None:
    filled = replace(ROOM, objects=(thing("dog", (0.1, 0.1, 0.9, 0.9), "brown"),))
    items = list(second_draw(filled, random.Random(0)))
    assert [item.plain for item in items].count(WHAT_IS_HERE) == 1
    assert sum(item.slots == {"category": "animal"} for item in items) == 1
    assert not {item.question for item in items} & {item.plain for item in items}


def test_a_side_stays_the_same_in_another_wording() -> None:
    for seed in range(20):
        for item in second_draw(ROOM, random.Random(seed)):
            if item.kind == "relation":
                assert item.side is not None and f" {item.side} " in f" {item.question.replace('?', ' ')}"


def test_questions_in_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="worded unlike"):
        read_question("would i find a cat if i looked closely")
    with pytest.raises(ValueError, match="which no class names"):
        read_question("Is there a flurb in the picture?")


def test_counted_people_are_persons_and_others_are_people() -> None:
    assert read_question("How many people are there?").thing == OBJECT_INDEX["person"]
    assert read_question("Are there any people in the picture?").thing == OBJECT_INDEX["people"]


def test_a_second_box_over_the_same_thing_does_not_count() -> None:
    boxes = np.array([[0, 0, 0.5, 0.5], [0, 0, 0.25, 0.5], [0.6, 0, 0.9, 0.5], [0.6, 0.6, 0.9, 0.9]], np.float32)
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert count_things(boxes, scores, RuleNumbers(count=0.4, shared=0.5)) == 2
    assert count_things(boxes, scores, RuleNumbers(count=0.4, shared=1.0)) == 3
    assert count_things(boxes, scores, RuleNumbers(count=0.05, shared=0.5)) == 3


def test_rules_answer_without_any_box() -> None:
    nothing = Sightings(np.zeros((0, 4), np.float32), np.zeros((0, len(OBJECTS)), np.float32), ())
    for question, answer in {
        "Is there a cat in the picture?": "no",
        "How many cats are there?": "0",
        "Is the cat to the left of the tv?": "no",
        "What color is the cat?": "white",
    }.items():
        assert answer_by_rule(read_question(question), nothing, RuleNumbers()) == answer


def test_fitting_finds_the_score_that_parts_present_from_absent() -> None:
    items = [item for seed in range(20) for item in everyday_items(ROOM, random.Random(seed)) if item.kind == "exists"]
    seen = sightings_of_scene(ROOM)
    faint = replace(seen, scores=0.27 * seen.scores)
    numbers = fit_rules([(item, read_question(item.question)) for item in items], lambda _: faint)
    assert numbers.exists < 0.27
    assert replace(numbers, exists=RuleNumbers.exists) == RuleNumbers()


def test_pixels_give_a_colour_name_of_the_right_place() -> None:
    photo = np.zeros((40, 60, 3), np.uint8)
    photo[:, 30:] = (200, 40, 40)
    assert colour_of_box(photo, np.array([0.5, 0.0, 1.0, 1.0])) == "red"
    assert colour_of_box(photo, np.array([0.0, 0.0, 0.4, 1.0])) == "black"
    assert colour_of_box(photo, np.array([0.999, 0.999, 1.0, 1.0])) == "red"


def test_coco_scores_are_suppressed_class_by_class_and_renamed() -> None:
    boxes = np.array([[0, 0, 1, 1], [0, 0, 1, 0.99], [0, 0, 1, 1], [0, 0, 1, 1]], np.float32)
    scores = np.zeros((4, len(COCO_NAMES)), np.float32)
    dog, cat = COCO_NAMES.index("dog"), COCO_NAMES.index("cat")
    scores[[0, 1], dog] = (0.6, 0.9)
    scores[2, cat], scores[3, cat] = 0.5, 0.05
    kept = kept_per_class(boxes, scores)
    assert kept.tolist() == [1, 2]
    named = named_scores(scores[kept])
    assert [OBJECTS[index] for index in named.argmax(axis=1)] == ["dog", "cat"]


def test_sightings_of_regions_keep_scores_and_colour() -> None:
    seen = sightings_of_regions(regions(("cat", (0.1, 0.1, 0.5, 0.5), 0.6)))
    assert seen.colours == ("red",)
    assert seen.score_of({OBJECT_INDEX["cat"]}).tolist() == pytest.approx([0.6])
    assert seen.areas.tolist() == pytest.approx([0.16])


def test_sight_tells_unnamed_from_unseen() -> None:
    cat, box = OBJECT_INDEX["cat"], (0.1, 0.1, 0.5, 0.5)
    assert sight_of(cat, box, regions(("cat", box, 0.9))) == "named first"
    assert sight_of(cat, box, regions(("dog", box, 0.9))) == "found"
    assert sight_of(cat, box, regions(("cat", (0.1, 0.1, 0.5, 0.27), 0.9))) == "near"
    assert sight_of(cat, box, regions(("cat", (0.6, 0.6, 0.9, 0.9), 0.9))) == "missed"
    assert sight_of(OBJECT_INDEX["person"], box, regions(("woman", box, 0.9))) == "named first"


def test_the_worst_seen_thing_decides_a_question() -> None:
    seen = regions(("couch", ROOM.objects[0].box, 0.9), ("dog", ROOM.objects[1].box, 0.9))
    view = SceneView(ROOM)
    assert sight_of_question(read_question("Is the couch to the left of the tv?"), view, seen) == "found"
    assert sight_of_question(read_question("What color is the couch?"), view, seen) == "named first"
    assert sight_of_question(read_question("What animal is in the picture?"), view, seen) == "missed"
    assert sight_of_question(read_question("Is there a zebra in the picture?"), view, seen) == "nothing asked"


def test_tables_of_errors_count_right_and_wrong() -> None:
    judged = [
        Judged("what", "coco", "found", "dog", "cat", False),
        Judged("what", "coco", "found", "dog", "dog", True),
        Judged("what", "gqa", "missed", "dog", "cat", False),
    ]
    assert by_sight(judged) == {"what": {"found": (1, 2), "missed": (0, 1)}}
    assert confusions(judged, "what") == [("dog", "cat", 2)]
