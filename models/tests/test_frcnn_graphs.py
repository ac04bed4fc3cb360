"""The Faster R-CNN's skeletons, filled from a checkpoint, against PyTorch; and what ships of them holds no weight."""

import gzip
import json
from itertools import pairwise

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto

from models.published.frcnn_backbone import backbone_graphs, bottlenecks
from models.published.frcnn_boxes import anchor_grid, apply_deltas, clip_to_image
from models.published.frcnn_cases import FOLDER, small_network
from models.published.frcnn_detect import PROPOSAL_WEIGHTS, classify
from models.published.frcnn_fill import fill
from models.published.frcnn_graphs import detector_graphs, roi_head_graph
from models.published.frcnn_network import FasterRcnn
from models.published.frcnn_pool import pool_regions
from models.published.frcnn_recipe import FOLDER as PUBLISHED_FOLDER
from models.published.frcnn_recipe import LISTS
from models.published.frcnn_size import PUBLISHED, SMALL, STRIDE

# Of probabilities and fractions of the picture; of features and logits in units of the largest.
TOLERANCES = {"fp32": 2e-5, "fp16": 1e-2}
# Neither is traced or squared; the second has odd sides throughout.
INPUTS = ((96, 144), (101, 77))
SHIPPED_BYTES = 100_000


@pytest.fixture(scope="module")
def network() -> FasterRcnn:
    return small_network()


def open_graph(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def propose(precision: str, network: FasterRcnn, pixels: torch.Tensor) -> dict[str, np.ndarray]:
    """What the backbone's graphs give one after another, by name; each takes what it needs of it."""
    known = {"pixels": pixels.numpy()}
    for skeleton in backbone_graphs(precision, SMALL).values():
        session = open_graph(fill(skeleton, network.state_dict()))
        outputs = [output.name for output in session.get_outputs()]
        found = session.run(outputs, {one.name: known[one.name] for one in session.get_inputs()})
        known |= dict(zip(outputs, found, strict=True))
    return known


def difference(found: np.ndarray, expected: torch.Tensor) -> float:
    assert found.shape == tuple(expected.shape)
    return float(np.abs(found - expected.numpy()).max()) / max(1.0, float(expected.abs().max()))


def fractions(boxes: torch.Tensor, height: int, width: int) -> torch.Tensor:
    return boxes / torch.tensor([width, height, width, height])


def decoded(network: FasterRcnn, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """-> boxes as fractions, logits, map."""
    feature_map = network.backbone(pixels)
    logits, deltas = network.proposal_generator(feature_map)
    cells = network.proposal_generator.anchor_generator.cell_anchors[0]
    anchors = anchor_grid(cells, *feature_map.shape[2:], STRIDE)
    height, width = pixels.shape[2:]
    boxes = clip_to_image(apply_deltas(anchors, deltas, PROPOSAL_WEIGHTS), height, width)
    return fractions(boxes, height, width), logits, feature_map


@torch.no_grad()
@pytest.mark.parametrize("precision", ["fp32", "fp16"])
def test_backbone_and_proposals(network, precision):
    for height, width in INPUTS:
        pixels = torch.randn(1, 3, height, width) * 60
        found = propose(precision, network, pixels)
        names = ("proposal_boxes", "proposal_scores", "res4")
        for name, expected in zip(names, decoded(network, pixels), strict=True):
            assert difference(found[name], expected) < TOLERANCES[precision], name


@torch.no_grad()
def test_growth_is_bounded_in_the_graph():
    """A box far outside that only an unbounded exponential would bring back into the picture."""
    network = small_network()
    head = network.proposal_generator.rpn_head
    head.anchor_deltas.bias[:4] = torch.tensor([-40.0, 0.0, 5.5, 0.0])
    pixels = torch.randn(1, 3, 64, 96)
    boxes, _, _ = decoded(network, pixels)
    found = propose("fp32", network, pixels)["proposal_boxes"]
    assert float(boxes[0, 2]) == 0.0
    assert difference(found, boxes) < TOLERANCES["fp32"]


@torch.no_grad()
@pytest.mark.parametrize("precision", ["fp32", "fp16"])
def test_roi_head(network, precision):
    session = open_graph(fill(roi_head_graph(precision, SMALL), network.state_dict()))
    height, width = INPUTS[0]
    boxes, _, feature_map = decoded(network, torch.randn(1, 3, height, width) * 60)
    wide = boxes[(boxes[:, 2:] - boxes[:, :2]).amin(dim=1) > 0.02][:17]
    in_pixels = wide * torch.tensor([width, height, width, height])
    expected = classify(network, feature_map, in_pixels, (height, width))
    pooled = pool_regions(feature_map, in_pixels, SMALL.bins, STRIDE)
    inputs = {"pooled_regions": pooled.numpy(), "boxes": wide.numpy()}
    wanted = {
        "class_scores": expected.class_scores,
        "attribute_scores": expected.attribute_scores,
        "refined_boxes": fractions(expected.refined, height, width),
        "features": expected.features,
    }
    found = session.run(list(wanted), inputs)
    for name, left, right in zip(wanted, found, wanted.values(), strict=True):
        assert difference(left, right) < TOLERANCES[precision], name


def test_what_ships_is_what_is_drawn_and_holds_no_weight():
    recipe = json.loads((PUBLISHED_FOLDER / "recipe.json").read_text())
    shipped = {}
    drawn = {kind: detector_graphs(kind, PUBLISHED) for kind in ("fp32", "fp16")}
    assert [graph["file"] for graph in recipe["graphs"]] == list(drawn["fp32"])
    for graph in recipe["graphs"]:
        for file in set(graph["skeletons"].values()):
            content = (PUBLISHED_FOLDER / file).read_bytes()
            shipped[file] = len(gzip.compress(content))
            model = onnx.load_model_from_string(content)
            assert model == drawn[file.split(".")[1]][graph["file"]].model
            for tensor in model.graph.initializer:
                outside = tensor.data_location == TensorProto.EXTERNAL
                assert outside or np.prod(tensor.dims) < 10
    assert sum(shipped.values()) < SHIPPED_BYTES


def test_every_parameter_of_the_checkpoint_is_used():
    """But for the counters of batches, which training alone reads."""
    used = set()
    for skeleton in detector_graphs("fp32", PUBLISHED).values():
        for name, rule in skeleton.weights.items():
            used.add(rule.get("parameter", name))
            if norm := rule.get("batchNorm"):
                used |= {f"{norm['prefix']}.{part}" for part in ("weight", "bias", "running_mean", "running_var")}
    with torch.device("meta"):
        names = FasterRcnn(PUBLISHED).state_dict().keys()
    assert used == {name for name in names if not name.endswith("num_batches_tracked")}


def test_the_small_recipe_has_the_published_ones_form():
    small = json.loads((FOLDER / "recipe" / "recipe.json").read_text())
    published = json.loads((PUBLISHED_FOLDER / "recipe.json").read_text())
    assert small["sizes"].keys() == published["sizes"].keys()
    smaller = {"backbone": list(backbone_graphs("fp32", SMALL)), "pooling": {"bins": SMALL.bins, "stride": 16}}
    assert small["pack"]["detector"] == {**published["pack"]["detector"], **smaller}
    few, many = (
        {name: rule for graph in recipe["graphs"] for name, rule in graph["weights"].items()}
        for recipe in (small, published)
    )
    assert all(many[name] == rule for name, rule in few.items() if "default" not in rule)


def test_no_part_of_the_pass_takes_long():
    """Each graph of the backbone has less than a quarter of its arithmetic, which is what a person who stops it waits for."""
    works = [0.0]
    for stage, _, (inputs, inner, outputs), stride in bottlenecks(PUBLISHED):
        cells = 4.0 ** -int(stage[-1])  # as a share of the photo's pixels
        shortcut = inputs * outputs if inputs != outputs else 0
        works.append(works[-1] + cells * (inputs * inner + 9 * inner * inner + inner * outputs + shortcut))
    borders = [0, *PUBLISHED.borders, len(works) - 1]
    parts = [works[end] - works[first] for first, end in pairwise(borders)]
    proposals = 4.0**-4 * 9 * PUBLISHED.map_channels * PUBLISHED.proposal_hidden
    parts[0] += 4.0**-1 * 49 * 3 * PUBLISHED.stem
    assert max(*parts, proposals) < 0.25 * (sum(parts) + proposals)
    assert len(backbone_graphs("fp32", PUBLISHED)) == len(parts) + 1


def test_names_are_as_many_as_the_network_has():
    objects = (LISTS / "vg_objects_1600.txt").read_text().splitlines()
    attributes = (LISTS / "vg_attributes_400.txt").read_text().splitlines()
    assert (len(objects), len(attributes)) == (PUBLISHED.objects, PUBLISHED.attributes)
    assert objects[:4] == ["yolk", "goal", "bathroom", "macaroni"]
    # A line may hold synonyms.
    assert attributes[:2] == ["gray,grey", "multi colored,multi-colored,multicolored"]
