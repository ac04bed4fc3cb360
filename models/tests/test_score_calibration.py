"""The chance that a region's name is right, read off its class score."""

import json

import numpy as np
import pytest

from models.data.photos import Photo, load_photos
from models.data.vocabulary import OBJECT_INDEX
from models.detector.score_calibration import AS_THEY_ARE, ScoreCalibration, fit_scores, named_regions
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.region_layout import CLASSES, FEATURE_SIZE


def test_a_fitted_curve_says_how_often_names_are_right():
    generator = np.random.default_rng(2)
    true = ScoreCalibration(0.7, 0.9)
    scores = generator.uniform(0.02, 0.98, 20_000)
    right = generator.random(len(scores)) < true(scores)
    found = fit_scores(list(zip(scores.tolist(), right.tolist(), strict=True)))
    assert found.slope == pytest.approx(true.slope, abs=0.05)
    assert found.shift == pytest.approx(true.shift, abs=0.05)


def test_curve_rises_and_stays_a_probability():
    scores = np.array([0.0, 0.1, 0.5, 0.9, 1.0], np.float32)
    chances = ScoreCalibration(0.7, 0.9)(scores)
    assert (np.diff(chances) > 0.0).all() and chances.min() > 0.0 and chances.max() < 1.0
    np.testing.assert_allclose(AS_THEY_ARE(scores)[1:-1], scores[1:-1], atol=1e-6)


def test_only_found_things_with_a_known_name_are_judged(tmp_path):
    photo = load_one(
        tmp_path,
        [
            {"name": "dog", "box": [0.1, 0.1, 0.4, 0.9]},
            {"name": "cat", "box": [0.5, 0.1, 0.9, 0.9]},
            {"name": "thingamajig", "box": [0.5, 0.1, 0.9, 0.9]},
            {"name": "tree", "box": [0.0, 0.0, 0.05, 0.05]},
        ],
    )
    boxes, features = np.zeros((1, 36, 4), np.float32), np.zeros((1, 36, FEATURE_SIZE), np.float16)
    boxes[0, 0], boxes[0, 1] = (0.1, 0.1, 0.4, 0.8), (0.5, 0.2, 0.9, 0.9)
    features[0, :2, CLASSES.start + OBJECT_INDEX["dog"]] = 0.75, 0.5
    np.savez(tmp_path / "d.npz", photos=np.array([photo.key]), counts=np.array([2]), boxes=boxes, features=features)
    assert named_regions(photo, DetectedPhotos(tmp_path / "d.npz")) == [(0.75, True), (0.5, False)]


def load_one(folder, objects: list[dict]) -> Photo:
    record = {"photo": "coco/1.jpg", "source": "coco", "width": 640, "height": 480, "objects": objects}
    (folder / "photos.json").write_text(json.dumps([record]))
    return load_photos(folder)[0]
