"""The golden cases of the small Faster R-CNN notice each detail of the extractor: done wrong, they no longer agree."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from models.published import frcnn_boxes, frcnn_detect
from models.published.frcnn_cases import FOLDER, SIDES, read_photo, small_network
from models.published.frcnn_detect import Classified, Regions, detect, select
from models.published.frcnn_lineage import LINEAGES, MEAN
from models.published.frcnn_network import FasterRcnn

GOLDEN = json.loads((FOLDER / "cases.json").read_text())
CASES, SELECTIONS = GOLDEN["detections"], GOLDEN["selections"]


def agrees(found: Regions, expected: list[dict]) -> bool:
    """As src/node/integration/published-detector.test.ts asks for it."""
    if len(found.labels) != len(expected):
        return False
    for row, region in enumerate(expected):
        box = torch.tensor(region["box"])
        iou = float(frcnn_boxes.overlaps(box, torch.from_numpy(found.boxes[row : row + 1]))[0])
        features = np.array(region["features"])
        cosine = features @ found.features[row] / np.linalg.norm(features) / np.linalg.norm(found.features[row])
        same_names = (found.labels[row], found.attributes[row]) == (region["label"], region["attribute"])
        scores = (found.scores[row] - region["score"], found.attribute_scores[row] - region["attributeScore"])
        if not same_names or iou < 0.99 or cosine < 0.999 or max(map(abs, scores)) > 1e-3:
            return False
    return True


def run(case: dict, network: FasterRcnn | None = None, **changed) -> Regions:
    """`changed`: of the case's lineage."""
    rule = replace(LINEAGES[case["lineage"]], **changed)
    return detect(network or small_network(), read_photo(case["photo"]), rule, tuple(case["sides"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['photo']}-{case['lineage']}")
def test_golden_cases_are_what_pytorch_gives(case):
    assert agrees(run(case), case["regions"])


def rgb(photo, short_side, long_side):
    return frcnn_detect.preprocess(photo[:, :, ::-1], short_side, long_side)


def without_mean(photo, short_side, long_side):
    return frcnn_detect.preprocess(photo, short_side, long_side) + torch.tensor(MEAN)[:, None, None]


def swapped_mean(photo, short_side, long_side):
    mean = torch.tensor(MEAN)
    return frcnn_detect.preprocess(photo, short_side, long_side) + (mean - mean.flip(0))[:, None, None]


def resampled(**how):
    def changed(photo, short_side, long_side):
        target = frcnn_detect.preprocess(photo, short_side, long_side).shape[2:]
        bgr = torch.from_numpy(photo[:, :, ::-1].astype(np.float32)).permute(2, 0, 1)[None]
        return F.interpolate(bgr, size=target, **how) - torch.tensor(MEAN)[:, None, None]

    return changed


PREPROCESSING = {
    "red first": rgb,
    "no mean": without_mean,
    "mean in the other order": swapped_mean,
    "antialiased": resampled(mode="bilinear", align_corners=False, antialias=True),
    "corners aligned": resampled(mode="bilinear", align_corners=True),
    "nearest": resampled(mode="nearest"),
}


@pytest.mark.parametrize("mistake", PREPROCESSING.values(), ids=PREPROCESSING.keys())
def test_wrong_pixels_are_noticed(mistake, monkeypatch):
    original = frcnn_detect.preprocess
    monkeypatch.setattr(frcnn_detect, "preprocess", lambda *arguments: with_original(mistake, original, *arguments))
    assert not agrees(run(CASES[0]), CASES[0]["regions"])


def with_original(mistake, original, *arguments):
    """Calls a mistake that itself preprocesses, without calling itself."""
    patched, frcnn_detect.preprocess = frcnn_detect.preprocess, original
    try:
        return mistake(*arguments)
    finally:
        frcnn_detect.preprocess = patched


def test_sides_of_another_lineage_are_noticed():
    assert SIDES["caffe"] != SIDES["hugging-face"]
    assert not agrees(run({**CASES[0], "sides": SIDES["caffe"]}), CASES[0]["regions"])


def padded_pool(network):
    network.backbone.stem.forward = lambda pixels: F.max_pool2d(
        network.backbone.stem.conv1(pixels).relu(), 3, stride=2, padding=1
    )


def floored_pool(network):
    network.backbone.stem.forward = lambda pixels: F.max_pool2d(
        network.backbone.stem.conv1(pixels).relu(), 3, stride=2, ceil_mode=False
    )


def formula_anchors(network):
    size = network.size
    anchors = frcnn_boxes.cell_anchors(size.anchor_sizes, size.anchor_ratios)
    network.proposal_generator.anchor_generator.cell_anchors[0].data = anchors


def undilated(network):
    for block in network.roi_heads.res5:
        block.conv2.dilation, block.conv2.padding = (1, 1), (1, 1)


def stride_in_the_middle(network):
    for stage in (network.backbone.res3, network.backbone.res4):
        stage[0].conv1.stride, stage[0].conv2.stride = (1, 1), (2, 2)


def other_epsilon(network):
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eps = 0.05


def foreground_embedding(network):
    predictor = network.roi_heads.box_predictor

    def forward(features):
        logits = predictor.cls_score(features)
        deltas = predictor.bbox_pred(features).reshape(len(features), -1, 4)
        named = predictor.cls_embedding(logits[:, :-1].argmax(dim=1))
        return logits, deltas, predictor.attr_score(predictor.fc_attr(torch.cat([features, named], 1)).relu())[:, :-1]

    predictor.forward = forward


def background_first(network):
    predictor = network.roi_heads.box_predictor
    plain = predictor.cls_score.forward
    predictor.cls_score.forward = lambda features: plain(features).roll(-1, dims=1)


NETWORKS = {
    "stem pooling with padding": padded_pool,
    "stem pooling rounded down": floored_pool,
    "anchors of the formula": formula_anchors,
    "no dilation in res5": undilated,
    "stride in the 3x3 convolution": stride_in_the_middle,
    "another epsilon": other_epsilon,
    "attributes of the best object": foreground_embedding,
    "background first": background_first,
}


@pytest.mark.parametrize("mistake", NETWORKS.values(), ids=NETWORKS.keys())
def test_a_wrong_network_is_noticed(mistake):
    network = small_network()
    mistake(network)
    assert not all(agrees(run(case, network), case["regions"]) for case in reversed(CASES))


def mean_pool(feature_map, boxes, bins, stride):
    """RoIAlign's kind: what lies around the centres of exact bins, no border rounded."""
    rows, columns = feature_map.shape[2:]
    pooled = []
    for xmin, ymin, xmax, ymax in (boxes / stride).tolist():
        x = xmin + (xmax - xmin) * (torch.arange(bins) + 0.5) / bins - 0.5
        y = ymin + (ymax - ymin) * (torch.arange(bins) + 0.5) / bins - 0.5
        grid_x = 2 * (x + 0.5) / columns - 1
        grid_y = 2 * (y + 0.5) / rows - 1
        grid = torch.stack(torch.meshgrid(grid_x, grid_y, indexing="xy"), dim=-1)[None]
        pooled.append(F.grid_sample(feature_map, grid, align_corners=False, padding_mode="border"))
    return torch.cat(pooled)


ARITHMETIC = {
    "RoIAlign": ("pool_regions", mean_pool),
    "boxes not clipped": ("clip_to_image", lambda boxes, height, width: boxes),
    "weights of regions as of proposals": ("REGION_WEIGHTS", (1.0, 1.0, 1.0, 1.0)),
    "stride of 32": ("STRIDE", 32),
}


@pytest.mark.parametrize(("name", "mistake"), ARITHMETIC.values(), ids=ARITHMETIC.keys())
def test_wrong_arithmetic_is_noticed(name, mistake, monkeypatch):
    monkeypatch.setattr(frcnn_detect, name, mistake)
    assert not all(agrees(run(case), case["regions"]) for case in CASES[:2])


RULES = {
    "fewer candidates": {"candidates": 60},
    "fewer proposals": {"proposals": 100},
    "another threshold for proposals": {"proposal_iou": 0.6},
    "proposals shown": {"refined": False},
    "larger proposals alone": {"min_side": 16},
}


@pytest.mark.parametrize("changed", RULES.values(), ids=RULES.keys())
def test_a_wrong_rule_is_noticed(changed):
    assert not all(agrees(run(case, **changed), case["regions"]) for case in CASES[:2])


def test_a_wrong_scale_of_boxes_is_noticed():
    case = CASES[1]
    found = run(case)
    height, width = read_photo(case["photo"]).shape[:2]
    square = replace(found, boxes=found.boxes * np.array([1, height / width, 1, height / width], np.float32))
    assert not agrees(square, case["regions"])


SELECTION_RULES = {
    "a lower threshold": {"region_ious": (0.2,)},
    "the first threshold alone": {"region_ious": (0.5,)},
    "the last threshold alone": {"region_ious": (0.7,)},
    "suppression within classes": {"per_class": True},
}


@pytest.mark.parametrize("changed", [{}, *SELECTION_RULES.values()], ids=["as it is", *SELECTION_RULES])
def test_a_wrong_selection_is_noticed(changed):
    found, expected = [], []
    for case in SELECTIONS:
        boxes, scores = torch.tensor(case["boxes"]), torch.tensor(case["classScores"])
        rule = replace(LINEAGES[case["lineage"]], regions=case["count"])
        wrong = replace(rule, **changed) if case["lineage"] == "hugging-face" else rule
        found.append(select(Classified(boxes, boxes, scores, scores, scores), wrong))
        expected.append(case["kept"])
    assert (found == expected) == (not changed)
