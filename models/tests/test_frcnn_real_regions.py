"""What the original extractor put out for real photos, against what its lineage here says that it must be.

Runs where the data are (../shared/data/butd/regions_*.npz); they show by which rules they were made.
"""

from pathlib import Path

import numpy as np
import pytest
import torch

from models.published.frcnn_boxes import overlaps
from models.published.frcnn_lineage import CAFFE
from models.published.frcnn_size import PUBLISHED

FILES = sorted(Path("../shared/data/butd").glob("regions_*.npz"))
# Boxes were a pixel wider by convention, of the resized picture.
CONVENTION = 1.0


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def real(request) -> dict[str, np.ndarray]:
    with np.load(request.param) as arrays:
        return {name: arrays[name] for name in arrays.files}


def resized(size: np.ndarray) -> np.ndarray:
    """size [n,2] width, height -> [n,2] as the lineage makes them, not yet rounded."""
    scale = np.minimum(CAFFE.short_side / size.min(axis=1), CAFFE.long_side / size.max(axis=1))
    return size * scale[:, None]


def test_their_format_is_ours(real):
    photos = len(real["photo"])
    assert real["features"].shape == (photos, CAFFE.regions, PUBLISHED.feature)
    assert real["boxes"].shape == (photos, CAFFE.regions, 4)
    assert 0 <= real["objects"].min() and real["objects"].max() < PUBLISHED.objects
    assert 0 <= real["attributes"].min() and real["attributes"].max() < PUBLISHED.attributes
    for scores in (real["objectScores"], real["attributeScores"]):
        assert 0 < scores.min() and scores.max() <= 1


def test_boxes_are_fractions_of_their_own_picture(real):
    boxes, size = real["boxes"], resized(real["size"])
    assert boxes.min() >= 0 and boxes.max() < 1
    # Clipped to the last pixel of the resized picture: only with the lineage's sides does this come out whole.
    edges = boxes[:, :, 2:].max(axis=1) * size  # [photo, 2] pixels
    last = np.round(size) - CONVENTION
    touches = edges > size - 2
    assert touches.mean() > 0.5
    assert np.abs(edges - last)[touches].max() < 0.02


def test_boxes_are_proposals_that_were_never_refined(real):
    """No two overlap by more than proposals may, and none is smaller than a proposal must be."""
    size = resized(real["size"])
    scale = size[:, :1] / real["size"][:, :1]  # [photo, 1]
    in_pixels = real["boxes"] * np.concatenate([size, size], axis=1)[:, None]
    # With the pixel that the convention adds.
    in_pixels[..., 2:] += CONVENTION
    sides = (in_pixels[..., 2:] - in_pixels[..., :2]).min(axis=2)  # [photo, region]
    assert (sides - CAFFE.min_side * scale).min() > -0.01
    for boxes in torch.from_numpy(in_pixels):
        for row in range(1, len(boxes)):
            assert float(overlaps(boxes[row], boxes[:row]).max()) <= CAFFE.proposal_iou + 1e-4


def test_features_are_means_of_what_a_relu_leaves(real):
    features = real["features"].astype(np.float32)
    assert np.isfinite(features).all()
    assert features.min() == 0.0
    assert 0.3 < features.mean() < 0.9
    assert 0.2 < (features == 0).mean() < 0.6
    assert np.linalg.norm(features, axis=2).min() > 10
    assert features.max() < 100
