"""The Visual Genome Faster R-CNN's pass over the whole photo, as several graphs without weights.

The pass takes many seconds without a graphics processor, and nothing stops a graph: between two of these a page says how
far it is, or stops. Each takes by name what those before it gave, or the pixels.

detector-backbone-1.onnx and so on: pixels -> a map -> ... -> the map that proposals are made from and regions are pooled from.
detector-proposals.onnx: that map -> proposals, decoded and clipped, each with its objectness as a logit. Sorting and
suppressing them is the engine's.
"""

from itertools import pairwise
from typing import NamedTuple

from onnx import TensorProto

from models.published.frcnn_boxes import cell_anchors
from models.published.frcnn_size import STRIDE, FrcnnSize
from models.published.frcnn_writer import FrcnnWriter
from models.published.graph_writer import Skeleton

PROPOSALS_FILE = "detector-proposals.onnx"
PIXELS, FEATURE_MAP = "pixels", "res4"
ANCHORS = "proposal_generator.anchor_generator.cell_anchors.0"


class Bottleneck(NamedTuple):
    stage: str  # res2, res3, res4
    place: int  # in its stage
    channels: tuple[int, int, int]  # that enter, that lie within, that leave
    stride: int


def bottlenecks(size: FrcnnSize) -> list[Bottleneck]:
    """Of res2, res3 and res4, in their order."""
    inputs, inner, outputs = size.stem, size.inner, size.outer
    listed = []
    for number, count in enumerate(size.blocks[:3]):
        for place in range(count):
            stride = 2 if number > 0 and place == 0 else 1
            listed.append(Bottleneck(f"res{number + 2}", place, (inputs, inner, outputs), stride))
            inputs = outputs
        inner, outputs = 2 * inner, 2 * outputs
    return listed


def backbone_graphs(precision: str, size: FrcnnSize) -> dict[str, Skeleton]:
    """By file, in the order in which they run."""
    blocks = bottlenecks(size)
    borders = [0, *size.borders, len(blocks)]
    graphs = {}
    entering = PIXELS
    for number, (first, end) in enumerate(pairwise(borders), start=1):
        last = blocks[end - 1]
        leaving = FEATURE_MAP if end == len(blocks) else f"{last.stage}.{last.place}"
        file = f"detector-backbone-{number}.onnx"
        graphs[file] = part_graph(precision, size, blocks[first:end], entering, leaving)
        entering = leaving
    graphs[PROPOSALS_FILE] = proposals_graph(precision, size)
    return graphs


def part_graph(precision: str, size: FrcnnSize, blocks: list[Bottleneck], entering: str, leaving: str) -> Skeleton:
    """Some bottlenecks; those that begin with the pixels have the stem before them."""
    g = FrcnnWriter(precision, {})
    if entering == PIXELS:
        x = stem(g, g.input(PIXELS, (1, 3, "height", "width")), size)
    else:
        x = g.input(entering, (1, blocks[0].channels[0], "rows", "columns"))
    for stage, place, channels, stride in blocks:
        x = g.bottleneck(x, f"backbone.{stage}.{place}", channels, stride, dilation=1)
    g.output(leaving, x, (1, blocks[-1].channels[2], "rows out", "columns out"))
    return g.finish("detector-backbone")


def stem(g: FrcnnWriter, pixels: str, size: FrcnnSize) -> str:
    narrow = g.node("Relu", g.conv(pixels, "backbone.stem.conv1", 3, size.stem, 7, stride=2, padding=3))
    # Rounding up is one row and column more at the end; nothing is below zero here, so what lies there never wins.
    return g.node("MaxPool", narrow, kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])


def proposals_graph(precision: str, size: FrcnnSize) -> Skeleton:
    g = FrcnnWriter(precision, {})
    pixels = g.input(PIXELS, (1, 3, "height", "width"))  # for their number alone
    feature_map = g.input(FEATURE_MAP, (1, size.map_channels, "rows", "columns"))
    head = "proposal_generator.rpn_head"
    hidden = g.node(
        "Relu", g.conv(feature_map, f"{head}.conv", size.map_channels, size.proposal_hidden, 3, norm=False, padding=1)
    )
    logits = g.conv(hidden, f"{head}.objectness_logits", size.proposal_hidden, size.anchors, 1, norm=False)
    deltas = g.conv(hidden, f"{head}.anchor_deltas", size.proposal_hidden, 4 * size.anchors, 1, norm=False)
    g.output("proposal_boxes", decode_proposals(g, pixels, feature_map, deltas, size), ("proposal", 4))
    rows_first = g.node("Transpose", logits, perm=[0, 2, 3, 1])  # [1, rows, columns, anchor]
    g.output("proposal_scores", g.node("Reshape", rows_first, g.constant("flat", [-1])), ("proposal",))
    return g.finish("detector-proposals")


def decode_proposals(g: FrcnnWriter, pixels: str, feature_map: str, deltas: str, size: FrcnnSize) -> str:
    """-> [rows*columns*anchors, 4] as fractions of the image, clipped; the anchor varies fastest."""
    anchors = g.vector(ANCHORS, size.anchors, 4, default=default_anchors(size))
    corners = g.several("Split", [anchors], 4, axis=1, num_outputs=4)  # each [anchor, 1]
    by_anchor = g.node("Transpose", deltas, perm=[0, 2, 3, 1])  # [1, rows, columns, anchor*4]
    by_number = g.node("Reshape", by_anchor, g.constant("anchor shape", [0, 0, 0, size.anchors, 4]))
    shifts = g.several("Split", [by_number], 4, axis=4, num_outputs=4)  # each [1, rows, columns, anchor, 1]
    ends = []
    for axis, (length_axis, grid) in enumerate((("width", [1, 1, -1, 1, 1]), ("height", [1, -1, 1, 1, 1]))):
        low, high = corners[axis], corners[axis + 2]
        sides = g.node("Sub", high, low)
        middle = g.node("Mul", g.node("Add", low, high), g.numbers("half", [0.5], []))
        cells = whole_number(g, feature_map, 3 - axis)
        steps = g.node("Range", g.numbers("zero", [0.0], []), cells, g.numbers("one", [1.0], []))
        offsets = g.node("Mul", steps, g.numbers("stride", [float(STRIDE)], []))
        corner = g.node("Reshape", offsets, g.constant(f"{length_axis} grid", grid))
        moved = g.moved(g.node("Add", corner, middle), sides, shifts[axis], shifts[axis + 2])
        length = whole_number(g, pixels, 3 - axis)
        ends.append([g.clipped(g.node("Div", end, length)) for end in moved])
    boxes = g.node("Concat", ends[0][0], ends[1][0], ends[0][1], ends[1][1], axis=4)
    return g.node("Reshape", boxes, g.constant("four", [-1, 4]))


def whole_number(g: FrcnnWriter, tensor: str, axis: int) -> str:
    """The length of an axis as a float scalar."""
    length = g.node("Squeeze", g.node("Shape", tensor, start=axis, end=axis + 1), g.constant("only axis", [0]))
    return g.node("Cast", length, to=TensorProto.FLOAT)


def default_anchors(size: FrcnnSize) -> list[float]:
    """Where a checkpoint has none: the formula's, sizes outside, height over width inside."""
    return [round(float(x), 5) for x in cell_anchors(size.anchor_sizes, size.anchor_ratios).reshape(-1)]
