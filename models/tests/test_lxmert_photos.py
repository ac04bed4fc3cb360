"""Training photos as LXMERT meets them: what is lent from them, mirrored photos, cut-out views."""

import numpy as np
import pytest

from models.data.scenes import Relation, Scene, SceneObject
from models.data.vocabulary import ATTRIBUTE_INDEX, OBJECT_INDEX
from models.detector.photo_views import View
from models.lxmert.cut_photos import CutPhotos, scene_in_view
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.detection_bank import DetectionBank
from models.lxmert.lend_regions import RegionLender
from models.lxmert.photo_sources import DrawnPhotos, mirrored_regions, mirrored_scene
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, FEATURE_SIZE
from models.lxmert.region_set import RegionSet

DOG, CAR, TREE = (OBJECT_INDEX[name] for name in ("dog", "car", "tree"))
RED = ATTRIBUTE_INDEX["red"]
RIGHT_HALF = View(cut=(0.5, 0.0, 1.0, 1.0))


def scene(photo: str | None = None) -> Scene:
    things = (
        SceneObject("dog", DOG, (0.1, 0.5, 0.4, 0.9)),
        SceneObject("red car", CAR, (0.5, 0.4, 0.95, 0.8), (RED,)),
        SceneObject("tree", TREE, (0.0, 0.0, 0.2, 0.6)),
    )
    return Scene("1", "gqa", things, photo=photo)


@pytest.fixture
def detected(tmp_path):
    """One photo: the dog was found twice, the car once, the tree was not, and one region fits nothing."""
    features = np.zeros((1, 36, FEATURE_SIZE), np.float16)
    boxes = np.zeros((1, 36, 4), np.float32)
    boxes[0, 0], boxes[0, 1], boxes[0, 2] = (0.12, 0.5, 0.4, 0.9), (0.5, 0.4, 0.9, 0.8), (0.7, 0.0, 0.9, 0.2)
    boxes[0, 3] = (0.1, 0.45, 0.4, 0.8)
    features[0, 3, CLASSES.start + DOG] = 0.25
    features[0, 0, CLASSES.start + DOG], features[0, 1, CLASSES.start + CAR] = 0.75, 0.5
    features[0, 1, ATTRIBUTE_PART.start + RED] = 0.8
    path = tmp_path / "detections.npz"
    np.savez(path, photos=np.array(["gqa/1.jpg"]), counts=np.array([4]), boxes=boxes, features=features)
    return DetectedPhotos(path)


def test_bank_knows_what_was_found_missed_and_made_up(detected):
    bank = DetectionBank([(scene("gqa/1.jpg"), detected.regions("gqa/1.jpg"))])
    seen = {entry.object_class: len(entry.sightings) for entry in bank.entries}
    assert seen == {DOG: 2, CAR: 1, TREE: 0}
    dog = next(entry for entry in bank.entries if entry.object_class == DOG)
    assert [sighting.feature[CLASSES.start + DOG] for sighting in dog.sightings] == [0.75, 0.25]
    assert [len(boxes) for _, boxes in bank.strangers] == [1]
    assert list(bank.by_colour) == [RED]


def test_lent_region_says_the_class_of_the_thing_it_stands_for(detected):
    bank = DetectionBank([(scene("gqa/1.jpg"), detected.regions("gqa/1.jpg"))])
    horse = OBJECT_INDEX["horse"]
    drawn = Scene("2", "gqa", (SceneObject("horse", horse, (0.2, 0.2, 0.6, 0.8)),))
    lender = RegionLender(bank, most_regions=36, fewest_regions=1, seed=1)
    sureness = [lender.regions(drawn).features[:, CLASSES.start + horse].max() for _ in range(40)]
    assert max(sureness) >= 0.5  # lent by the dog or the car
    assert min(sureness) == 0.0  # missed, as the tree was


def test_mirrored_photo_has_its_things_where_its_regions_are():
    boxes = np.array([thing.box for thing in scene().objects], np.float32)
    regions = RegionSet(np.zeros((3, FEATURE_SIZE), np.float32), boxes)
    flipped = mirrored_scene(scene())
    np.testing.assert_allclose(mirrored_regions(regions).boxes, [thing.box for thing in flipped.objects], atol=1e-6)
    assert flipped.objects[0].box[0] > flipped.objects[1].box[0]


def test_lent_thing_is_sometimes_seen_twice_with_one_name(detected):
    bank = DetectionBank([(scene("gqa/1.jpg"), detected.regions("gqa/1.jpg"))])
    horse = OBJECT_INDEX["horse"]
    drawn = Scene("2", "gqa", (SceneObject("horse", horse, (0.2, 0.2, 0.6, 0.8)),))
    lender = RegionLender(bank, most_regions=36, fewest_regions=1, seed=1)
    horses = {int((lender.regions(drawn).features[:, CLASSES.start + horse] > 0.0).sum()) for _ in range(40)}
    assert horses == {0, 1, 2}


def two_of_a_kind() -> Scene:
    """Dogs to the left, in the middle and to the right; the right one holds the ball."""
    boxes = [(0.1, 0.5, 0.3, 0.9), (0.35, 0.5, 0.55, 0.9), (0.7, 0.5, 0.9, 0.9)]
    dogs = tuple(SceneObject("dog", DOG, box) for box in boxes)
    ball = SceneObject("ball", OBJECT_INDEX["ball"], (0.7, 0.5, 0.8, 0.6))
    return Scene("3", "gqa", (*dogs, ball), (Relation(2, "holding", 3), Relation(0, "near", 1)))


def test_cut_keeps_what_it_shows_where_it_shows_it():
    cut = scene_in_view(two_of_a_kind(), View(cut=(0.6, 0.0, 1.0, 1.0)))
    assert [thing.name for thing in cut.objects] == ["dog", "ball"]
    np.testing.assert_allclose(cut.objects[0].box, (0.25, 0.5, 0.75, 0.9), atol=1e-6)
    assert [(one.subject, one.name, one.target) for one in cut.relations] == [(0, "holding", 1)]
    mirrored = scene_in_view(two_of_a_kind(), View(cut=(0.6, 0.0, 1.0, 1.0), mirrored=True))
    np.testing.assert_allclose(mirrored.objects[1].box, (0.5, 0.5, 0.75, 0.6), atol=1e-6)


def test_cut_through_one_of_several_is_not_used_and_a_lone_half_is_not_called_absent():
    assert scene_in_view(two_of_a_kind(), View(cut=(0.5, 0.0, 1.0, 1.0))) is None
    alone = scene_in_view(scene(), View(cut=(0.35, 0.0, 1.0, 1.0)))
    assert [thing.name for thing in alone.objects] == ["red car"]
    assert "dog" in alone.other_names and "tree" not in alone.other_names


def test_photos_are_drawn_as_cuts_too(tmp_path, detected):
    boxes, features = np.zeros((1, 36, 4), np.float32), np.zeros((1, 36, FEATURE_SIZE), np.float16)
    boxes[0, 0] = (0.0, 0.4, 0.9, 0.8)
    path = tmp_path / "cuts.npz"
    views = np.array([RIGHT_HALF.numbers()])
    np.savez(path, photos=np.array(["gqa/1.jpg"]), views=views, counts=np.array([1]), boxes=boxes, features=features)
    whole = scene("gqa/1.jpg")
    cuts = CutPhotos(path).seen([whole])
    assert [[thing.name for thing in cut.objects] for cut, _ in cuts] == [["red car"]]
    source = DrawnPhotos([whole], detected, per_scene=4, seed=0, cuts=cuts)
    drawn_cuts = [bool((source.draw().regions.boxes[0] == boxes[0, 0]).all()) for _ in range(100)]
    assert 30 < sum(drawn_cuts) < 90
