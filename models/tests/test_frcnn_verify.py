"""The measure by which the full-size proof judges whether two lists of regions agree."""

from dataclasses import replace

import numpy as np

from models.published.frcnn_detect import Regions
from models.published.frcnn_verify import agreement

BOXES = np.array([[0.0, 0.0, 0.4, 0.5], [0.1, 0.2, 0.6, 0.9], [0.5, 0.5, 1.0, 1.0]])
FOUND = Regions(
    boxes=BOXES,
    labels=np.array([3, 1, 2]),
    scores=np.array([0.9, 0.5, 0.4]),
    attributes=np.zeros(3, int),
    attribute_scores=np.zeros(3),
    features=np.random.default_rng(2).random((3, 16)).astype(np.float32),
)


def test_a_list_agrees_with_itself():
    found = agreement(FOUND, FOUND)
    assert found.is_exact
    assert (found.same_place, found.regions) == (3, 3)


def test_another_order_is_noticed_and_the_nearest_are_found():
    order = [1, 0, 2]
    turned = Regions(**{name: values[order] for name, values in vars(FOUND).items()})
    found = agreement(turned, FOUND)
    assert not found.is_exact
    assert found.same_place == 1
    assert found.least_iou > 0.999 and found.least_cosine > 0.999


def test_another_name_box_or_feature_is_noticed():
    assert not agreement(replace(FOUND, labels=np.array([3, 1, 1])), FOUND).is_exact
    assert not agreement(replace(FOUND, boxes=BOXES + np.array([0, 0, 0.01, 0])), FOUND).is_exact
    assert not agreement(replace(FOUND, features=FOUND.features[::-1]), FOUND).is_exact
    fewer = replace(FOUND, boxes=BOXES[:2], labels=FOUND.labels[:2], features=FOUND.features[:2])
    assert not agreement(fewer, FOUND).is_exact
