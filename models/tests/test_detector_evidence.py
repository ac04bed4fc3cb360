"""Colours before averages, and ImageNet's names over regions, each on cases small enough to check by hand."""

import numpy as np
import pytest
import torch

from models.detector.calibrate_names import fit_unboxed
from models.detector.colour_map import COLOURS, FIRST_COLOURS, STRIDE, ColourMap, teach_first_colours
from models.detector.efficientnet_lite import EfficientNetLite, SameConv, load_lite_weights
from models.detector.evaluate_command import calibration_error
from models.detector.imagenet_classifier import factor_classifier
from models.detector.judged_regions import JudgedRegions, LogitParts
from models.detector.names_evidence import NamesEvidence
from models.detector.preprocess import normalise
from models.detector.roi_align import pool_regions
from models.detector.roi_head import MIDDLE_BINS, HeadShape, RoiHead, colour_numbers
from models.detector.weigh_evidence import fit_weights, fold_weights, weighed

RED, WHITE, PINK = 5, 0, 14  # positions in FIRST_COLOURS


@pytest.fixture(scope="module")
def colours() -> ColourMap:
    torch.manual_seed(0)
    taught = ColourMap()
    teach_first_colours(taught, seed=0)
    return taught


def test_every_first_colour_votes_for_itself(colours):
    photo = np.repeat(np.array(FIRST_COLOURS, np.float32)[None], STRIDE, axis=0).repeat(STRIDE, axis=1)
    shares = colours(torch.from_numpy(normalise(photo)))  # [1,COLOURS,COLOURS]
    assert shares[0].argmax(dim=1).tolist() == list(range(COLOURS))


def test_red_and_white_stripes_are_red_and_white_but_not_pink(colours):
    stripes = np.zeros((8 * STRIDE, 8 * STRIDE, 3), np.float32)
    for column in range(8):
        stripes[:, column * STRIDE : (column + 1) * STRIDE] = FIRST_COLOURS[(RED, WHITE)[column % 2]]
    shares = colours(torch.from_numpy(normalise(stripes)))
    pooled = pool_regions(shares, torch.tensor([[0.0, 0.0, 1.0, 1.0]]), bins=1)[0, 0]
    assert pooled[RED] > 0.3 and pooled[WHITE] > 0.3 and pooled[PINK] < 0.1


def test_the_colour_of_a_thing_is_that_of_the_bins_it_fills():
    shares = torch.zeros(1, 16, COLOURS)
    shares[:, :, WHITE] = 1.0
    corner = 0
    assert corner not in MIDDLE_BINS
    shares[0, corner] = torch.nn.functional.one_hot(torch.tensor(RED), COLOURS).float()
    own = torch.zeros(1, 16, 1)
    own[0, corner] = 1.0
    middle, everything, thing = colour_numbers(shares, own)[0, : 3 * COLOURS].split(COLOURS)
    assert middle[WHITE] == 1.0 and everything[RED] == pytest.approx(1 / 16) and thing[RED] == 1.0


def test_stride_two_pads_right_and_below():
    conv = SameConv(1, 1, 3, stride=2)
    with torch.no_grad():
        conv.conv.weight.fill_(1.0)
        conv.conv.bias.zero_()
    summed = conv(torch.arange(16.0).reshape(1, 1, 4, 4))
    assert summed[0, 0].tolist() == [[45.0, 39.0], [66.0, 50.0]]


def test_a_wider_kernel_of_stride_two_pads_one_on_each_side_and_one_more_behind():
    conv = SameConv(1, 1, 5, stride=2)
    with torch.no_grad():
        conv.conv.weight.fill_(1.0)
        conv.conv.bias.zero_()
    # Rows and columns -1 to 3 are summed first, then 1 to 5; of them 0 to 3 and 1 to 3 are there.
    assert conv(torch.ones(1, 1, 4, 4))[0, 0].tolist() == [[16.0, 12.0], [12.0, 9.0]]


def test_the_trunk_halves_what_it_is_shown_five_times():
    levels, last = EfficientNetLite().eval()(torch.rand(1, 3, 192, 128))
    assert [tuple(level.shape) for level in levels] == [(1, 40, 24, 16), (1, 112, 12, 8), (1, 320, 6, 4)]
    assert last.shape == (1, 1280, 6, 4)


def test_published_weights_are_folded_in_the_order_in_which_the_network_runs(tmp_path):
    torch.manual_seed(5)
    trunk = EfficientNetLite().eval()
    stored = {}
    convolutions = [module for module in trunk.modules() if isinstance(module, torch.nn.Conv2d)]
    for number, conv in enumerate(convolutions):
        stored[f"{number}.conv.weight"] = torch.randn_like(conv.weight)
        for part in ("weight", "bias", "running_mean", "running_var"):
            stored[f"{number}.norm.{part}"] = 0.5 + torch.rand(conv.out_channels)
    stored |= {"_fc.weight": torch.randn(1000, 1280), "_fc.bias": torch.randn(1000)}
    torch.save(stored, tmp_path / "lite.pth")
    weight, bias = load_lite_weights(trunk, tmp_path / "lite.pth")
    assert weight.shape == (1000, 1280) and bias.shape == (1000,)
    last, number = convolutions[-1], len(convolutions) - 1
    x = torch.randn(1, last.in_channels, 2, 2)
    norm = [stored[f"{number}.norm.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
    plain = torch.nn.functional.conv2d(x, stored[f"{number}.conv.weight"])
    expected = torch.nn.functional.batch_norm(plain, *norm, eps=1e-3)
    torch.testing.assert_close(last(x), expected, atol=1e-4, rtol=1e-4)


def test_a_factored_classifier_of_full_rank_is_the_classifier():
    generator = torch.Generator().manual_seed(1)
    weight, bias = torch.randn(9, 6, generator=generator), torch.randn(9, generator=generator)
    features = torch.rand(200, 6, generator=generator)
    down, up, shifted = factor_classifier(weight, bias, features, rank=6)
    torch.testing.assert_close(features @ down.T @ up.T + shifted, features @ weight.T + bias, atol=1e-3, rtol=0)


def test_breeds_add_up_to_their_name():
    names = NamesEvidence(4, [None, 2, None, 2, 0], classes=4)  # outputs 1 and 3 are class 2, output 4 is class 0
    shares = torch.tensor([0.05, 0.4, 0.1, 0.35, 0.1])
    names.load_classifier(torch.zeros(5, 4), shares.log())
    evidence = names.onto_classes(names(torch.zeros(1, 4)))[0]
    assert evidence[2].item() == pytest.approx(np.log(0.76 / 0.01), abs=1e-4)
    assert evidence[0].item() == pytest.approx(np.log(0.11 / 0.01), abs=1e-4)
    assert evidence[1] == evidence[3] == 0.0


def test_a_class_without_boxes_is_named_by_imagenet_alone():
    torch.manual_seed(2)
    shape = HeadShape(cell_channels=4, hidden=8, imagenet_channels=4, colour_hidden=4)
    unboxed = torch.tensor([False, False, True, False])
    head = RoiHead(3, 2, (2, 2, 2, 2), [0], [None, 1, 2], shape, unboxed).eval()
    assert head.classify.out_features == 3
    head.unboxed_logit.copy_(torch.tensor([4.0, -6.0]))
    head.names.load_classifier(torch.zeros(3, 4), torch.tensor([0.05, 0.05, 0.9]).log())
    maps = [torch.rand(n, n, 2) for n in (8, 4, 2, 1)]
    dense = (torch.tensor([[0.0, 0.0, 0.1, 0.1]]), torch.zeros(1, 80))
    sides = (torch.full((16, 16, COLOURS), 1 / COLOURS), torch.rand(2, 2, 4))
    scores = head(*maps, *sides, *dense, torch.tensor([[0.2, 0.2, 0.8, 0.9]]))[0]
    assert scores[0].argmax() == 2 and scores[0, 2] > 0.9


def test_evidence_alone_is_fitted_on_classes_that_have_both():
    torch.manual_seed(3)
    shape = HeadShape(cell_channels=4, hidden=8, imagenet_channels=4, colour_hidden=4)
    unboxed = torch.tensor([False] * 4 + [True, False])
    head = RoiHead(5, 2, (2, 2, 2, 2), [0], [0, 1, 2, 3, 4], shape, unboxed)
    labels = torch.randint(0, 6, (600,))
    labels[labels == 4] = 5  # nothing is called by the class without boxes
    told = (labels[:, None] == torch.arange(5)).float()
    nothing = torch.zeros(600, 6)
    parts = LogitParts(6.0 * torch.eye(6)[labels], nothing, nothing, labels)
    slope, shift = fit_unboxed(head, JudgedRegions(parts, 4.0 * told), seed=0)
    assert slope > 0.5 and shift < 0.0


def test_a_boasting_head_is_weighed_down_and_its_layers_say_so():
    torch.manual_seed(4)
    labels = torch.randint(0, 4, (400,))
    truth = torch.eye(4)[labels]
    wrong = torch.eye(4)[torch.where(torch.rand(400) < 0.5, labels, torch.randint(0, 4, (400,)))]
    parts = LogitParts(8.0 * wrong, 2.0 * truth, torch.zeros(400, 4), labels)
    weights = fit_weights(parts)
    assert weights[0] < 0.5 < weights[1]

    shape = HeadShape(cell_channels=4, hidden=8, imagenet_channels=4, colour_hidden=4)
    head = RoiHead(3, 2, (2, 2, 2, 2), [0], [1, 2], shape).eval()
    hidden, coco, names = torch.randn(5, 8), torch.rand(5, 80), torch.rand(5, head.names.names)
    with torch.no_grad():
        expected = weighed(LogitParts(*head.class_parts(hidden, coco, names), labels[:5]), weights)
        fold_weights(head, weights)
        torch.testing.assert_close(sum(head.class_parts(hidden, coco, names)), expected)


def test_calibration_error_of_honest_and_of_boasting_scores():
    assert calibration_error([0.5] * 100, [True, False] * 50) == pytest.approx(0.0)
    assert calibration_error([0.9] * 100, [True, False] * 50) == pytest.approx(0.4)
