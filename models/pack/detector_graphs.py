"""The detector's two graphs, ready to be written: modules, example inputs, names of the dynamic axes."""

import torch
from torch import nn
from torch.export import Dim

from models.detector.backbone import FEATURE_MAPS
from models.pack.write_graph import Graph

BACKBONE_FILE = "detector-backbone.onnx"
ROI_HEAD_FILE = "roi-head.onnx"

# Not square, and not the size that the pack runs at: a traced size must not be baked in.
TRACED_HEIGHT, TRACED_WIDTH = 192, 256
TRACED_BOXES = 5


def map_axes(name: str) -> dict[int, str]:
    """Axes of a feature map that grow with the image: position -> name."""
    if name.startswith("map_"):  # [rows, columns, channels]
        stride = name.removeprefix("map_")
        return {0: f"rows_{stride}", 1: f"columns_{stride}"}
    return {0: "cell"}  # [cell, values]


def detector_graphs(backbone: nn.Module, roi_head: nn.Module) -> list[Graph]:
    """Backbone with proposals, and the RoI head that takes its maps and any boxes."""
    pixels = torch.rand(1, 3, TRACED_HEIGHT, TRACED_WIDTH)
    with torch.no_grad():
        maps = backbone(pixels)[2:]
    axis_names = {name: map_axes(name) for name in FEATURE_MAPS}
    dims = {name: Dim(name, min=1, max=1 << 20) for axes in axis_names.values() for name in axes.values()}
    map_inputs = {
        name: (tensor.clone(), {position: dims[axis] for position, axis in axis_names[name].items()})
        for name, tensor in zip(FEATURE_MAPS, maps, strict=True)
    }
    boxes = torch.tensor([[0.1, 0.2, 0.5, 0.6]]).repeat(TRACED_BOXES, 1)
    return [
        Graph(
            BACKBONE_FILE,
            backbone,
            {"pixels": (pixels, {2: Dim.DYNAMIC, 3: Dim.DYNAMIC})},
            ["proposal_boxes", "proposal_scores", *FEATURE_MAPS],
            {
                "pixels": {2: "height", 3: "width"},
                "proposal_boxes": {0: "proposal"},
                "proposal_scores": {0: "proposal"},
                **axis_names,
            },
        ),
        Graph(
            ROI_HEAD_FILE,
            roi_head,
            {**map_inputs, "boxes": (boxes, {0: Dim("box", min=1, max=1024)})},
            ["class_scores", "attribute_scores", "refined_boxes", "features"],
        ),
    ]
