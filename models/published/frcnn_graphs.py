"""The Visual Genome Faster R-CNN as two graphs without weights; what lies between them is arithmetic of the engine.

detector-backbone.onnx: pixels -> proposals, decoded and clipped, each with its objectness as a logit, and the map that regions
are pooled from. Sorting and suppressing them is the engine's, and so is pooling: no kernel of RoIPool runs on WebGPU.
roi-head.onnx: pooled regions and their boxes -> classes, attributes, refined boxes and the features that LXMERT reads.
"""

import numpy as np
from onnx import TensorProto

from models.published.frcnn_boxes import LARGEST_LOG_SIZE, cell_anchors
from models.published.frcnn_detect import REGION_WEIGHTS
from models.published.frcnn_size import STRIDE, FrcnnSize
from models.published.graph_writer import GraphWriter, Skeleton

BACKBONE_FILE, ROI_HEAD_FILE = "detector-backbone.onnx", "roi-head.onnx"
FEATURE_MAP = "res4"
POOLED = "pooled_regions"
NORM_EPSILON = 1e-5
ANCHORS = "proposal_generator.anchor_generator.cell_anchors.0"
# Fewer numbers than this (biases, anchors) are not worth rounding.
SMALLEST_STORED_HALF = 256
LOWEST = -1e4


class FrcnnWriter(GraphWriter):
    """The blocks that the detector is made of. Weights keep the checkpoint's layout; norms are folded into convolutions."""

    def kernel(self, name: str, dims: list[int], **recipe) -> str:
        """Stored in halves, or in single precision."""
        self.weights[name] = {"dims": dims, **recipe}
        if self.precision == "fp32" or np.prod(dims) < SMALLEST_STORED_HALF:
            return self.outside(name, TensorProto.FLOAT, dims)
        return self.node("Cast", self.outside(name, TensorProto.FLOAT16, dims), to=TensorProto.FLOAT)

    def conv(
        self, x: str, prefix: str, inputs: int, outputs: int, side: int, *, norm: bool = True, **where: int
    ) -> str:
        """`where`: stride, padding, dilation."""
        weight, bias = f"{prefix}.weight", f"{prefix}.bias"
        folded = {"prefix": f"{prefix}.norm", "epsilon": NORM_EPSILON}
        of_kernel = {"batchNorm": {**folded, "part": "kernel"}} if norm else {}
        of_bias = {"parameter": weight, "batchNorm": {**folded, "part": "bias"}} if norm else {}
        return self.node(
            "Conv",
            x,
            self.kernel(weight, [outputs, inputs, side, side], **of_kernel),
            self.vector(bias, outputs, **of_bias),
            kernel_shape=[side, side],
            strides=[where.get("stride", 1)] * 2,
            pads=[where.get("padding", 0)] * 4,
            dilations=[where.get("dilation", 1)] * 2,
        )

    def bottleneck(self, x: str, prefix: str, channels: tuple[int, int, int], stride: int, dilation: int) -> str:
        inputs, inner, outputs = channels
        kept = x if inputs == outputs else self.conv(x, f"{prefix}.shortcut", inputs, outputs, 1, stride=stride)
        narrow = self.node("Relu", self.conv(x, f"{prefix}.conv1", inputs, inner, 1, stride=stride))
        around = self.conv(narrow, f"{prefix}.conv2", inner, inner, 3, padding=dilation, dilation=dilation)
        wide = self.conv(self.node("Relu", around), f"{prefix}.conv3", inner, outputs, 1)
        return self.node("Relu", self.node("Add", wide, kept))

    def stage(self, x: str, prefix: str, channels: tuple[int, int, int], blocks: int, stride=1, dilation=1) -> str:
        inputs, inner, outputs = channels
        for block in range(blocks):
            x = self.bottleneck(x, f"{prefix}.{block}", (inputs, inner, outputs), stride, dilation)
            inputs, stride = outputs, 1
        return x

    def fully_connected(self, x: str, prefix: str, inputs: int, outputs: int) -> str:
        """`nn.Linear` in the checkpoint's layout."""
        weight = self.kernel(f"{prefix}.weight", [outputs, inputs])
        return self.node("Gemm", x, weight, self.vector(f"{prefix}.bias", outputs), transB=1)

    def numbers(self, name: str, values: list[float], dims: list[int]) -> str:
        """A float constant of any shape."""
        return self.constant(name, np.array(values, np.float32).reshape(dims))

    def moved(self, centre: str, size: str, shift: str, growth: str) -> tuple[str, str]:
        """Both ends of boxes along one axis: moved by `shift` sizes, and `growth` the bounded logarithm of the scale."""
        lowest, most = self.numbers("lowest", [LOWEST], []), self.numbers("largest log size", [LARGEST_LOG_SIZE], [])
        middle = self.node("Add", self.node("Mul", shift, size), centre)
        scaled = self.node("Mul", self.node("Exp", self.node("Clip", growth, lowest, most)), size)
        half = self.node("Mul", scaled, self.numbers("half", [0.5], []))
        return self.node("Sub", middle, half), self.node("Add", middle, half)

    def clipped(self, fraction: str) -> str:
        return self.node("Clip", fraction, self.numbers("zero", [0.0], []), self.numbers("one", [1.0], []))


def backbone_graph(precision: str, size: FrcnnSize) -> Skeleton:
    g = FrcnnWriter(precision, {})
    pixels = g.input("pixels", (1, 3, "height", "width"))
    inner, outer = size.inner, size.outer
    stem = g.node("Relu", g.conv(pixels, "backbone.stem.conv1", 3, size.stem, 7, stride=2, padding=3))
    # Rounding up is one row and column more at the end; nothing is below zero here, so what lies there never wins.
    pooled = g.node("MaxPool", stem, kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])
    res2 = g.stage(pooled, "backbone.res2", (size.stem, inner, outer), size.blocks[0])
    res3 = g.stage(res2, "backbone.res3", (outer, 2 * inner, 2 * outer), size.blocks[1], stride=2)
    res4 = g.stage(res3, "backbone.res4", (2 * outer, 4 * inner, 4 * outer), size.blocks[2], stride=2)
    head = "proposal_generator.rpn_head"
    hidden = g.node(
        "Relu", g.conv(res4, f"{head}.conv", size.map_channels, size.proposal_hidden, 3, norm=False, padding=1)
    )
    logits = g.conv(hidden, f"{head}.objectness_logits", size.proposal_hidden, size.anchors, 1, norm=False)
    deltas = g.conv(hidden, f"{head}.anchor_deltas", size.proposal_hidden, 4 * size.anchors, 1, norm=False)
    g.output("proposal_boxes", decode_proposals(g, pixels, res4, deltas, size), ("proposal", 4))
    rows_first = g.node("Transpose", logits, perm=[0, 2, 3, 1])  # [1, rows, columns, anchor]
    g.output("proposal_scores", g.node("Reshape", rows_first, g.constant("flat", [-1])), ("proposal",))
    g.output(FEATURE_MAP, res4, (1, size.map_channels, "rows", "columns"))
    return g.finish("detector-backbone")


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


def roi_head_graph(precision: str, size: FrcnnSize) -> Skeleton:
    g = FrcnnWriter(precision, {})
    pooled = g.input(POOLED, ("box", size.map_channels, size.bins, size.bins))
    boxes = g.input("boxes", ("box", 4))
    channels = (4 * size.outer, 8 * size.inner, 8 * size.outer)
    res5 = g.stage(pooled, "roi_heads.res5", channels, size.blocks[3], dilation=2)
    features = g.node("Flatten", g.node("GlobalAveragePool", res5), axis=1)  # [box, 2048]
    prefix = "roi_heads.box_predictor"
    logits = g.fully_connected(features, f"{prefix}.cls_score", size.feature, size.objects + 1)
    scores = leading(g, g.node("Softmax", logits, axis=1), size.objects)
    deltas = g.fully_connected(features, f"{prefix}.bbox_pred", size.feature, 4 * size.objects)
    g.output("class_scores", scores, ("box", "class"))
    g.output("attribute_scores", attribute_scores(g, features, logits, prefix, size), ("box", "attribute"))
    g.output("refined_boxes", refine(g, boxes, deltas, scores, size), ("box", 4))
    g.output("features", features, ("box", "feature"))
    return g.finish("roi-head")


def leading(g: FrcnnWriter, rows: str, count: int) -> str:
    """[box, count + 1] -> [box, count]: without the last column, the background's or "none"."""
    return g.node("Slice", rows, g.constant("from", [0]), g.constant(f"to {count}", [count]), g.constant("axis", [1]))


def attribute_scores(g: FrcnnWriter, features: str, logits: str, prefix: str, size: FrcnnSize) -> str:
    """[box, attributes]; the class that is given is the best of all, the background among them."""
    best = g.node("ArgMax", logits, axis=1, keepdims=0)
    table = g.kernel(f"{prefix}.cls_embedding.weight", [size.objects + 1, size.class_embedding])
    described = g.node("Concat", features, g.node("Gather", table, best, axis=0), axis=1)
    wide = size.feature + size.class_embedding
    hidden = g.node("Relu", g.fully_connected(described, f"{prefix}.fc_attr", wide, size.attribute_hidden))
    attributes = g.fully_connected(hidden, f"{prefix}.attr_score", size.attribute_hidden, size.attributes + 1)
    return g.node("Softmax", leading(g, attributes, size.attributes), axis=1)


def refine(g: FrcnnWriter, boxes: str, deltas: str, scores: str, size: FrcnnSize) -> str:
    """[box,4] as fractions: moved as the best class says, clipped. Shares of a size need no pixels."""
    best = g.node("ArgMax", scores, axis=1, keepdims=1)  # [box, 1]
    by_class = g.node("Reshape", deltas, g.constant("class shape", [0, size.objects, 4]))
    chosen = g.node("GatherND", by_class, best, batch_dims=1)  # [box, 4]
    weighed = g.node("Div", chosen, g.numbers("box weights", list(REGION_WEIGHTS), [1, 4]))
    shifts = g.several("Split", [weighed], 4, axis=1, num_outputs=4)
    corners = g.several("Split", [boxes], 4, axis=1, num_outputs=4)
    ends = []
    for axis in (0, 1):
        low, high = corners[axis], corners[axis + 2]
        middle = g.node("Mul", g.node("Add", low, high), g.numbers("half", [0.5], []))
        moved = g.moved(middle, g.node("Sub", high, low), shifts[axis], shifts[axis + 2])
        ends.append([g.clipped(end) for end in moved])
    return g.node("Concat", ends[0][0], ends[1][0], ends[0][1], ends[1][1], axis=1)
