"""Both graphs of the detector, written as a pack stores them and run at other sizes than traced."""

import numpy as np
import onnxruntime
import pytest
import torch

from models.detector import FEATURE_MAPS, TINY, build_detector
from models.detector.nanodet import NanoDet
from models.pack.detector_graphs import detector_graphs
from models.pack.half_weights import round_to_half
from models.pack.write_graph import write_graph

TOLERANCE = 1e-4
SIZES = (11, 7)  # classes, attributes


def random_boxes(count: int) -> torch.Tensor:
    return torch.rand(count, 2, 2).sort(dim=1).values.reshape(count, 4)


@pytest.fixture(scope="module")
def detector() -> tuple[torch.nn.Module, torch.nn.Module]:
    modules = build_detector(SIZES, shape=TINY)
    for module in modules:
        round_to_half(module)
    return modules


@pytest.fixture(scope="module")
def sessions(detector, tmp_path_factory) -> list[onnxruntime.InferenceSession]:
    folder = tmp_path_factory.mktemp("graphs")
    return [onnxruntime.InferenceSession(write_graph(graph, folder)) for graph in detector_graphs(*detector)]


@pytest.mark.parametrize("height, width, count", [(96, 128, 3), (160, 64, 9), (64, 224, 1)])
def test_graphs_match_the_modules(detector, sessions, height: int, width: int, count: int):
    backbone, head = detector
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
