"""The Visual Genome Faster R-CNN as graphs without weights; what lies between them is arithmetic of the engine.

The pass over the photo (`frcnn_backbone.py`), several graphs, gives proposals and the map that regions are pooled from. Pooling
is the engine's: no kernel of RoIPool runs on WebGPU.
roi-head.onnx: pooled regions and their boxes -> classes, attributes, refined boxes and the features that LXMERT reads.
"""

from models.published.frcnn_backbone import backbone_graphs
from models.published.frcnn_detect import REGION_WEIGHTS
from models.published.frcnn_size import FrcnnSize
from models.published.frcnn_writer import FrcnnWriter
from models.published.graph_writer import Skeleton

ROI_HEAD_FILE = "roi-head.onnx"
POOLED = "pooled_regions"


def detector_graphs(precision: str, size: FrcnnSize) -> dict[str, Skeleton]:
    """By file: those of the backbone in the order in which they run, then the RoI head."""
    return {**backbone_graphs(precision, size), ROI_HEAD_FILE: roi_head_graph(precision, size)}


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
