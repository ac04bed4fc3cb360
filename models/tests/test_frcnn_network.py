"""The published Faster R-CNN in PyTorch: its names and shapes, and each of its steps against a plain reading."""

import json
import math
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper

from models.published import frcnn_boxes
from models.published.frcnn_detect import preprocess
from models.published.frcnn_lineage import HUGGING_FACE, LINEAGES, MEAN, input_size
from models.published.frcnn_network import Bottleneck, FasterRcnn, Stem
from models.published.frcnn_pool import bin_borders, pool_regions
from models.published.frcnn_size import PUBLISHED, SMALL

SHAPES = json.loads(Path(__file__).with_name("published_frcnn_shapes.json").read_text())


def published_shapes() -> dict[str, list[int]]:
    shapes = dict(SHAPES["others"])
    for name, shape in SHAPES["normedConvolutions"].items():
        shapes[f"{name}.weight"] = shape
        for part in ("weight", "bias", "running_mean", "running_var"):
            shapes[f"{name}.norm.{part}"] = shape[:1]
        shapes[f"{name}.norm.num_batches_tracked"] = []
    return shapes


def test_names_and_shapes_are_those_of_the_published_checkpoint():
    with torch.device("meta"):
        network = FasterRcnn(PUBLISHED)
    assert {name: list(tensor.shape) for name, tensor in network.state_dict().items()} == published_shapes()


def test_the_small_network_has_the_same_layout():
    """All names of the small one are the published one's; it only has fewer bottlenecks."""
    names = FasterRcnn(SMALL).state_dict().keys()
    assert names <= published_shapes().keys()
    assert {name.split(".")[0] for name in names} == {"backbone", "proposal_generator", "roi_heads"}


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(640, 480, (800, 1067)), (480, 640, (1067, 800)), (500, 500, (800, 800)), (1024, 300, (391, 1333))],
)
def test_short_side_800_unless_the_long_side_passes_1333(width, height, expected):
    assert input_size(height, width, HUGGING_FACE.short_side, HUGGING_FACE.long_side) == expected


def test_the_original_resizes_to_600_and_1000():
    caffe = LINEAGES["caffe"]
    assert input_size(480, 640, caffe.short_side, caffe.long_side) == (600, 800)
    assert input_size(300, 1024, caffe.short_side, caffe.long_side) == (293, 1000)


def test_pixels_are_blue_first_and_bilinear_between_two_samples():
    photo = np.zeros((4, 6, 3), np.uint8)
    photo[:, :, 0] = [0, 30, 60, 200, 100, 10]  # red
    photo[:, :, 2] = 7  # blue
    pixels = preprocess(photo, 4, 3)  # 6 columns -> 3 of 2 each: the middle of each pair
    assert pixels.shape == (1, 3, 2, 3)
    for channel, expected in ((0, [7, 7, 7]), (1, [0, 0, 0]), (2, [15, 130, 55])):
        assert pixels[0, channel, 0].tolist() == pytest.approx([value - MEAN[channel] for value in expected], abs=1e-4)
    # Shrunk by three, the middle sample of each triple alone: nothing of its neighbours, unlike an antialiased resize.
    assert preprocess(photo, 4, 2)[0, 2, 0].tolist() == pytest.approx([30 - MEAN[2], 100 - MEAN[2]], abs=1e-4)


@pytest.mark.parametrize("side", [29, 30, 31, 32, 33, 34])
def test_the_stem_pools_without_padding_and_rounds_up(side):
    after_conv = math.ceil(side / 2)
    assert Stem(2)(torch.rand(1, 3, side, side)).shape[2] == math.ceil((after_conv - 3) / 2) + 1


def test_strides_sit_in_the_first_convolution():
    block = Bottleneck(8, 2, 16, stride=2)
    assert (block.conv1.stride, block.conv2.stride, block.shortcut.stride) == ((2, 2), (1, 1), (2, 2))


def test_the_last_stage_is_dilated_and_keeps_its_cells():
    network = FasterRcnn(SMALL)
    assert all(block.conv2.dilation == (2, 2) for block in network.roi_heads.res5)
    assert network.roi_heads.res5(torch.rand(1, SMALL.map_channels, 6, 6)).shape[2:] == (6, 6)


def test_anchors_have_their_areas_and_ratios_sizes_outside():
    anchors = frcnn_boxes.cell_anchors(PUBLISHED.anchor_sizes, PUBLISHED.anchor_ratios)
    widths, heights = anchors[:, 2] - anchors[:, 0], anchors[:, 3] - anchors[:, 1]
    assert (widths * heights).sqrt().tolist() == pytest.approx([64] * 3 + [128] * 3 + [256] * 3 + [512] * 3, rel=1e-5)
    assert (heights / widths).tolist() == pytest.approx([0.5, 1, 2] * 4, rel=1e-5)
    assert torch.equal(anchors[:, :2], -anchors[:, 2:])


def test_the_grid_runs_row_by_row_with_anchors_inside():
    cells = torch.tensor([[-1.0, -2.0, 1.0, 2.0], [-3.0, -3.0, 3.0, 3.0]])
    grid = frcnn_boxes.anchor_grid(cells, 2, 3, 16)
    assert grid[:4].tolist() == [[-1, -2, 1, 2], [-3, -3, 3, 3], [15, -2, 17, 2], [13, -3, 19, 3]]
    assert grid[6].tolist() == [-1, 14, 1, 18]


def test_growth_is_bounded():
    box = torch.tensor([[10.0, 10.0, 12.0, 14.0]])
    grown = frcnn_boxes.apply_deltas(box, torch.tensor([[0.5, 0.0, 50.0, math.log(2)]]), (1, 1, 1, 1))
    assert grown[0].tolist() == pytest.approx([12 - 62.5, 8, 12 + 62.5, 16], rel=1e-5)
    halved = frcnn_boxes.apply_deltas(box, torch.tensor([[0.0, 10.0, 0.0, 5 * math.log(0.5)]]), (10, 10, 5, 5))
    assert halved[0].tolist() == pytest.approx([10, 15, 12, 17], rel=1e-5)


def test_suppression_keeps_the_best_of_each_pile():
    boxes = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 9], [20, 0, 30, 10], [0, 0, 10, 6], [5, 5, 5, 9]])
    scores = torch.tensor([0.5, 0.9, 0.1, 0.4, 0.2])
    assert frcnn_boxes.suppress(boxes, scores, 0.7) == [1, 3, 4, 2]
    assert frcnn_boxes.suppress(boxes, scores, 0.5) == [1, 4, 2]
    assert frcnn_boxes.suppress(boxes, scores, 0.5, count=2) == [1, 4]


def test_bins_share_cells_and_round_half_up():
    # From 0.5 (rounds to 1) to 4.49 (rounds to 4): four cells in three bins of 4/3.
    assert bin_borders(0.5, 4.49, 20, 3) == [(1, 3), (2, 4), (3, 5)]
    assert bin_borders(18.6, 30.0, 20, 2) == [(19, 20), (20, 20)]


@pytest.mark.parametrize("bins", [6, 14])
def test_pooling_is_that_of_the_runtimes_max_roi_pool(bins):
    torch.manual_seed(3)
    feature_map = torch.rand(1, 5, 11, 17)
    corners = torch.rand(60, 2) * torch.tensor([200.0, 130.0])
    boxes = torch.cat([corners, corners + torch.rand(60, 2) * 150], dim=1)
    limits = torch.tensor([17 * 16.0, 11 * 16.0] * 2)
    boxes = torch.minimum(boxes, limits)
    rois = torch.cat([torch.zeros(60, 1), boxes], dim=1)
    node = helper.make_node("MaxRoiPool", ["map", "rois"], ["out"], pooled_shape=[bins, bins], spatial_scale=1 / 16)
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("map", "rois", "out")]
    graph = helper.make_graph([node], "pool", values[:2], values[2:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (expected,) = session.run(None, {"map": feature_map.numpy(), "rois": rois.numpy()})
    assert np.array_equal(pool_regions(feature_map, boxes, bins, 16).numpy(), expected)
