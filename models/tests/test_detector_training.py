"""What the detector's parts are trained towards."""

from typing import ClassVar

import numpy as np
import torch

from models.data.photos import HumanObject, Photo
from models.data.vocabulary import ATTRIBUTE_INDEX, OBJECT_INDEX
from models.detector.calibrate import fit_logistic
from models.detector.region_samples import draw_samples
from models.detector.roi_head import refine_boxes
from models.detector.targets import UNKNOWN, Targets, photo_targets
from models.detector.train_head import delta_targets
from models.detector.train_proposals import all_cells, assign, paired_ious


class NoTeacher:
    regions: ClassVar[dict] = {}


def photo_of(*objects: HumanObject) -> Photo:
    return Photo("coco/1.jpg", "coco", 640, 480, objects, ())


def targets_of(*objects: HumanObject) -> Targets:
    return photo_targets(photo_of(*objects), NoTeacher())


DOG = HumanObject("dog", (0.1, 0.1, 0.4, 0.5), ("brown",), False)
ODD = HumanObject("thing nobody names", (0.5, 0.5, 0.9, 0.9), (), False)
CROWD = HumanObject("person", (0.0, 0.0, 1.0, 0.3), (), True)


def test_targets_name_what_the_vocabulary_knows_and_drop_crowds():
    targets = targets_of(DOG, ODD, CROWD)
    assert targets.classes.tolist() == [OBJECT_INDEX["dog"], UNKNOWN]
    assert targets.attributes[0].nonzero()[0].tolist() == [ATTRIBUTE_INDEX["brown"]]
    assert targets.attribute_weights[1].max() == 0.0, "without any attribute, absence says nothing"


def test_samples_point_at_the_boxes_they_show():
    proposals = np.array([[0.11, 0.1, 0.4, 0.5], [0.7, 0.0, 0.9, 0.2]], np.float32)
    samples = draw_samples(targets_of(DOG, ODD), proposals, 8, np.random.default_rng(0))
    by_box = {tuple(box): source for box, source in zip(samples.boxes.tolist(), samples.source.tolist())}
    assert by_box[tuple(proposals[0].tolist())] == 0
    assert by_box[tuple(proposals[1].tolist())] == UNKNOWN
    assert set(by_box.values()) == {0, 1, UNKNOWN}


def test_the_wanted_deltas_turn_a_box_into_the_true_one():
    box, truth = torch.tensor([[0.2, 0.2, 0.6, 0.5]]), torch.tensor([[0.25, 0.15, 0.6, 0.55]])
    torch.testing.assert_close(refine_boxes(box, delta_targets(box, truth)), truth)


def test_every_box_gets_a_cell_and_small_boxes_win():
    cells = all_cells([(1, 52, 52), (1, 26, 26), (1, 13, 13), (1, 7, 7)])
    boxes = torch.tensor([[0.0, 0.0, 1.0, 1.0], [0.45, 0.45, 0.55, 0.55], [0.3, 0.3, 0.305, 0.31]])
    assert set(assign(cells, boxes).tolist()) == {UNKNOWN, 0, 1, 2}


def test_generalised_iou_tells_how_far_apart_boxes_are():
    a, b = torch.tensor([[0.0, 0.0, 0.2, 0.2]]).repeat(2, 1), torch.tensor([[0.3, 0, 0.5, 0.2], [0.6, 0, 0.8, 0.2]])
    iou, generalised = paired_ious(a, b)
    assert iou.max() == 0.0 and generalised[1] < generalised[0] < 0.0


def test_calibration_recovers_a_known_scale():
    generator = torch.Generator().manual_seed(3)
    scores = torch.rand(20_000, generator=generator) * 0.98 + 0.01
    truth = torch.sigmoid(2.0 * torch.log(scores / (1 - scores)) - 1.0)
    fits = (torch.rand(20_000, generator=generator) < truth).float()
    torch.testing.assert_close(fit_logistic(scores, fits), torch.tensor([2.0, -1.0]), atol=0.1, rtol=0)
