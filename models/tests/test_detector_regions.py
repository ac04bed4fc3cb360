"""Pooling, evidence, selection and resizing, each against a plain reference."""

import numpy as np
import pytest
import torch
from PIL import Image

from models.detector.class_evidence import box_ious, class_evidence
from models.detector.photo_views import View, boxes_in_view
from models.detector.preprocess import resize
from models.detector.roi_align import BINS, pool_regions
from models.detector.select_regions import Selection, select_proposals, select_regions


def sampled_bin_mean(feature_map: np.ndarray, box: np.ndarray, row: int, column: int) -> np.ndarray:
    """Mean of many bilinear samples inside one bin; feature_map [rows,columns,channels]."""
    rows, columns, _ = feature_map.shape
    steps = (np.arange(200) + 0.5) / 200

    def weights(low: float, high: float, bin_index: int, cells: int) -> np.ndarray:
        start = (low + (high - low) * bin_index / BINS) * cells
        positions = start + (high - low) * cells / BINS * steps - 0.5
        hats = np.maximum(0.0, 1.0 - np.abs(positions[:, None] - np.arange(cells)))
        return hats.sum(0) / hats.sum()

    wy = weights(box[1], box[3], row, rows)
    wx = weights(box[0], box[2], column, columns)
    return np.einsum("r,rcd,c->d", wy, feature_map, wx)


def test_pooling_is_the_mean_of_bilinear_samples():
    generator = np.random.default_rng(1)
    feature_map = generator.normal(size=(9, 14, 3)).astype(np.float32)
    boxes = np.array([[0.1, 0.2, 0.7, 0.95], [0.0, 0.0, 1.0, 1.0], [0.4, 0.31, 0.46, 0.35]], np.float32)
    pooled = pool_regions(torch.from_numpy(feature_map), torch.from_numpy(boxes)).numpy()
    for box, cells in zip(boxes, pooled):
        for row in range(BINS):
            for column in range(BINS):
                expected = sampled_bin_mean(feature_map, box, row, column)
                np.testing.assert_allclose(cells[row * BINS + column], expected, atol=2e-3)


def test_pooling_a_constant_gives_the_constant_even_for_an_empty_box():
    boxes = torch.tensor([[0.5, 0.5, 0.5, 0.5], [0.99, 0.0, 1.0, 0.01]])
    pooled = pool_regions(torch.full((7, 5, 2), 3.0), boxes)
    torch.testing.assert_close(pooled, torch.full((2, 16, 2), 3.0))


def test_a_dense_box_speaks_for_the_region_it_fits_and_not_for_a_distant_one():
    scores = torch.zeros(1, 80)
    scores[0, 16] = 0.8
    fitting, distant = [0.1, 0.1, 0.5, 0.6], [0.6, 0.7, 0.9, 0.9]
    evidence = class_evidence(torch.tensor([fitting, distant]), torch.tensor([fitting]), scores)
    assert evidence[0, 16] == pytest.approx(np.log(0.81 / 0.01), abs=1e-4)
    assert evidence[0].sum() == evidence[0, 16]
    assert evidence[1].abs().max() == 0


def test_proposals_are_sorted_and_overlaps_suppressed():
    boxes = np.array([[0, 0, 0.5, 0.4], [0, 0, 0.5, 0.42], [0.5, 0.5, 1, 1], [0, 0, 0.5, 0.4]], np.float32)
    kept = select_proposals(boxes, np.array([0.5, 0.9, 0.7, 0.5], np.float32))
    np.testing.assert_array_equal(kept, boxes[[1, 2]])


def test_without_proposals_the_whole_image_is_one():
    kept = select_proposals(np.zeros((0, 4), np.float32), np.zeros(0, np.float32))
    np.testing.assert_array_equal(kept, [[0, 0, 1, 1]])


def test_suppressed_regions_fill_up_in_score_order():
    boxes = np.array([[0, 0, 0.5, 0.5], [0.01, 0, 0.5, 0.5], [0.6, 0.6, 1, 1], [0, 0, 0.49, 0.5]], np.float32)
    scores = np.array([[0.9, 0.1], [0.2, 0.6], [0.1, 0.3], [0.7, 0.1]], np.float32)
    np.testing.assert_array_equal(select_regions(boxes, scores), [0, 2, 3, 1])
    np.testing.assert_array_equal(select_regions(boxes, scores, Selection(region_count=3)), [0, 2, 3])


def test_iou_of_boxes():
    ious = box_ious(torch.tensor([[0.0, 0.0, 0.5, 1.0]]), torch.tensor([[0.25, 0.0, 0.75, 1.0]]))
    assert ious.item() == pytest.approx(1 / 3)


@pytest.mark.parametrize("width, height", [(32, 48), (150, 90)])
def test_resizing_agrees_with_pillow_up_to_its_rounding(width: int, height: int):
    photo = np.random.default_rng(2).integers(0, 256, (77, 101, 3), dtype=np.uint8)
    expected = np.asarray(Image.fromarray(photo).resize((width, height), Image.Resampling.BILINEAR))
    assert np.abs(resize(photo, width, height) - expected.astype(np.float32)).max() <= 1.01


def test_boxes_follow_a_cut_and_a_mirror():
    boxes = np.array([[0.5, 0.5, 0.75, 1.0], [0.0, 0.0, 0.3, 0.3]], np.float32)
    moved, shown = boxes_in_view(boxes, View(cut=(0.5, 0.5, 1.0, 1.0), mirrored=True))
    np.testing.assert_array_equal(shown, [True, False])
    np.testing.assert_allclose(moved[0], [0.5, 0.0, 1.0, 1.0])
