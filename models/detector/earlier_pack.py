"""What training takes over from the detector of an earlier pack (0.4.0), whose trunk beside NanoDet was another."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper
from torch import Tensor

from models.detector.backbone import DetectorBackbone
from models.detector.colour_map import COLOURS, ColourMap
from models.detector.nanodet import COCO_CLASSES
from models.detector.region_proposals import RegionProposals
from models.detector.roi_head import COLOUR_NUMBERS, GEOMETRY, RoiHead

RARE = 0.1  # share of the earlier classes whose bias is lower than what a new class begins with


def stored_tensors(graph: Path) -> dict[str, TensorProto]:
    return {tensor.name.removesuffix(".half"): tensor for tensor in onnx.load(graph).graph.initializer}


def as_tensor(stored: TensorProto) -> Tensor:
    return torch.from_numpy(numpy_helper.to_array(stored).astype(np.float32))


@torch.no_grad()
def take_proposals(model: RegionProposals, graph: Path) -> None:
    """In place. The earlier levels were NanoDet's alone, which come first in ours: what EfficientNet-Lite adds begins at
    weight zero."""
    stored = stored_tensors(graph)
    # The exporter cuts the levels' biases into rows and names them after the cut.
    rows = [as_tensor(t) for name, t in stored.items() if name.startswith("select_") and list(t.dims) == [5]]
    for name, parameter in model.named_parameters():
        earlier = torch.stack(rows) if name == "level_bias" else as_tensor(stored[f"proposals.{name}"])
        if earlier.shape != parameter.shape:
            parameter.zero_()
        parameter[tuple(slice(size) for size in earlier.shape)] = earlier


@torch.no_grad()
def take_colours(model: ColourMap, graph: Path) -> None:
    """In place."""
    stored = stored_tensors(graph)
    for name, parameter in model.named_parameters():
        parameter.copy_(as_tensor(stored[f"colours.{name}"]))


@torch.no_grad()
def take_head(backbone: DetectorBackbone, head: RoiHead, graphs: tuple[Path, Path]) -> None:
    """In place, the trained maps and the RoI head out of (backbone graph, head graph) of a pack with narrower maps.

    What the earlier head did not see (EfficientNet-Lite's maps and its reduced classifier, the colours of the thing)
    begins at weight zero, classes that had no boxes as the rarest of those that had.
    """
    trunk, stored = (stored_tensors(graph) for graph in graphs)
    # Means and scales of the levels, then (after the ImageNet classifier's) the maps' weights, as the exporter names them.
    norms = [as_tensor(t).flatten() for name, t in trunk.items() if name.startswith("unsqueeze_")]
    matrices = [as_tensor(t).T for name, t in trunk.items() if name.startswith("val_14") and len(t.dims) == 2][1:]
    places, begin = [], 0
    for number, (layer, standardise) in enumerate(zip(backbone.project, backbone.standardise, strict=True)):
        earlier, mean, scale = matrices[number], norms[2 * number], norms[2 * number + 1]
        rows, columns = earlier.shape
        own_scale, own_mean = standardise.scale[:columns], standardise.mean[:columns]
        layer.weight[:rows] = 0.0
        layer.weight[:rows, :columns] = earlier * (scale / own_scale)
        layer.bias[:rows] = as_tensor(trunk[f"project.{number}.bias"]) + earlier @ ((own_mean - mean) * scale)
        places += range(begin, begin + rows)
        begin += layer.out_features
    head.cell.weight.zero_()
    (cell,) = (
        as_tensor(t).T for name, t in stored.items() if name.startswith("val_") and len(t.dims) == 2 and t.dims[1] > 1
    )
    head.cell.weight[:, places] = cell
    colours = [*range(2 * COLOURS), *range(3 * COLOURS, 5 * COLOURS)]  # of the middle and of all; then their logarithms
    sizes = (GEOMETRY, begin, COCO_CLASSES, head.names.names, head.names.classify.in_features, COLOUR_NUMBERS)
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    known = [*range(GEOMETRY), *(starts[1] + place for place in places), *range(starts[2], starts[4])]
    context = as_tensor(stored["context_to_hidden.weight"])
    head.context_to_hidden.weight.zero_()
    head.context_to_hidden.weight[:, known] = context[:, : len(known)]
    head.context_to_hidden.weight[:, [starts[5] + c for c in colours]] = context[:, -len(colours) :]
    head.colour[0].weight.zero_()
    head.colour[0].weight[:, colours] = as_tensor(stored["colour.0.weight"])
    boxed = ~torch.from_numpy(numpy_helper.to_array(stored["unboxed"]))
    weight, bias = as_tensor(stored["classify.weight"]), as_tensor(stored["classify.bias"])
    for row, number in zip(boxed.cumsum(0)[boxed] - 1, boxed.nonzero()[:, 0], strict=True):
        own = head.row_of_class[number]
        head.classify.weight[own], head.classify.bias[own] = weight[row], bias[row]
    new = head.row_of_class[(~boxed & ~head.unboxed).nonzero()[:, 0]]
    head.classify.weight[new], head.classify.bias[new] = 0.0, bias[:-1].quantile(RARE)
    same = ("cells_to_hidden", "deepen", "attribute", "delta", "embed")
    for name in (f"{layer}.{part}" for layer in same for part in ("weight", "bias")):
        head.get_parameter(name).copy_(as_tensor(stored[name]))
    head.cell.bias.copy_(as_tensor(stored["cell.bias"]))
    head.colour[0].bias.copy_(as_tensor(stored["colour.0.bias"]))
    head.colour[2].weight.copy_(as_tensor(stored["colour.2.weight"]))
    head.colour[2].bias.copy_(
        as_tensor(stored["attribute.bias"])
    )  # added to the attributes' own, so always equal to it
    head.evidence_gain.copy_(as_tensor(stored["evidence_gain"]))
    head.names_gain.copy_(as_tensor(stored["names_gain"]))
