"""Both graphs of the detector, exported at one size and run at others."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from models.detector import FEATURE_MAPS, TINY, build_detector
from models.detector.nanodet import NanoDet

TOLERANCE = 1e-4
SIZES = (11, 7)  # classes, attributes


def random_boxes(count: int) -> torch.Tensor:
    corners = torch.rand(count, 2, 2).sort(dim=1).values
    return corners.reshape(count, 4)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory) -> tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession]:
    folder: Path = tmp_path_factory.mktemp("graphs")
    backbone, head = build_detector(SIZES, shape=TINY)
    pixels = torch.randn(1, 3, 96, 128)
    with torch.no_grad():
        maps = backbone(pixels)[2:]
    axes = {name: {0: f"{name}_rows", 1: f"{name}_columns"} for name in FEATURE_MAPS[:4]}
    cells = {name: {0: "cell"} for name in FEATURE_MAPS[4:]}
    names = ("proposal_boxes", "proposal_scores")
    torch.onnx.export(
        backbone, (pixels,), folder / "backbone.onnx", dynamo=False, opset_version=18,
        input_names=["pixels"], output_names=[*names, *FEATURE_MAPS],
        dynamic_axes={"pixels": {2: "height", 3: "width"}, **axes, **cells, **{n: {0: "proposal"} for n in names}},
    )  # fmt: skip
    outputs = ("class_scores", "attribute_scores", "refined_boxes", "features")
    torch.onnx.export(
        head, (*maps, random_boxes(3)), folder / "head.onnx", dynamo=False, opset_version=18,
        input_names=[*FEATURE_MAPS, "boxes"], output_names=list(outputs),
        dynamic_axes={**axes, **cells, **{n: {0: "box"} for n in ("boxes", *outputs)}},
    )  # fmt: skip
    return tuple(onnxruntime.InferenceSession(folder / f"{name}.onnx") for name in ("backbone", "head"))


@pytest.mark.parametrize("height, width, count", [(96, 128, 3), (160, 64, 9), (64, 224, 1)])
def test_graphs_match_the_modules(sessions, height: int, width: int, count: int):
    backbone, head = build_detector(SIZES, shape=TINY)
    pixels, boxes = torch.randn(1, 3, height, width), random_boxes(count)
    with torch.no_grad():
        expected = backbone(pixels)
        expected_head = head(*expected[2:], boxes)
    actual = sessions[0].run(None, {"pixels": pixels.numpy()})
    inputs = {**dict(zip(FEATURE_MAPS, actual[2:])), "boxes": boxes.numpy()}
    for wanted, found in zip((*expected, *expected_head), (*actual, *sessions[1].run(None, inputs))):
        np.testing.assert_allclose(found, wanted.numpy(), atol=TOLERANCE)


def test_the_same_seed_builds_the_same_detector():
    first, second = (build_detector(SIZES, shape=TINY, seed=5)[0].state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_levels_are_at_strides_of_8_to_64():
    levels, dense = NanoDet(TINY.nanodet)(torch.randn(1, 3, 128, 192))
    assert [tuple(level.shape[2:]) for level in levels] == [(16, 24), (8, 12), (4, 6), (2, 3)]
    assert all(output.shape[1] == 112 for output in dense)
