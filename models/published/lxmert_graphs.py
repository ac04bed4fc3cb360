"""The published LXMERT's graphs without weights, every attention shown; one layer of each kind is a pattern.

Names of inputs and outputs, and the arithmetic, are those of `models.lxmert.export_modules`; names of weights are those
of `transformers`' checkpoints. Hidden size and the like are named as in the recipe's `sizes`.
"""

from dataclasses import dataclass

import numpy as np
from onnx import TensorProto

from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.lxmert.export_heads import MASKED_OBJECTS_FILE, MASKED_WORDS_FILE, MATCHING_FILE
from models.published.expand_layers import Stack
from models.published.graph_writer import Sizes, Skeleton
from models.published.lxmert_blocks import LxmertWriter

# Sentences of the published model are cut to so many pieces; its table has 512 positions.
MAX_TOKENS = 20

CROSS_ATTENTIONS = {
    "text_to_region_attention": ("token", "region"),
    "region_to_text_attention": ("region", "token"),
    "text_self_attention": ("token", "token"),
    "region_self_attention": ("region", "region"),
}

CROSS_STACK = Stack()


def enter_regions(g: LxmertWriter) -> tuple[str, str]:
    """The photo's inputs -> states before the first layer [batch, region, hidden], mask."""
    features = g.input("features", ("batch", "region", "feature"))
    boxes = g.input("boxes", ("batch", "region", 4))
    mask = g.mask(g.input("region_mask", ("batch", "region")))
    prefix = "lxmert.encoder.visn_fc"
    # Features are long-tailed and boxes few numbers: what they enter by is never in bytes.
    seen = g.linear(features, f"{prefix}.visn_fc", "featureSize", "hidden", whole=True)
    placed = g.linear(boxes, f"{prefix}.box_fc", 4, "hidden", whole=True)
    seen = g.layer_norm(seen, f"{prefix}.visn_layer_norm", "hidden")
    placed = g.layer_norm(placed, f"{prefix}.box_layer_norm", "hidden")
    return g.node("Mul", g.node("Add", seen, placed), g.constant("half", 0.5)), mask


def enter_words(g: LxmertWriter) -> tuple[str, str]:
    """The question's inputs -> states before the first layer [batch, token, hidden], mask."""
    token_ids = g.input("token_ids", ("batch", "token"), TensorProto.INT32)
    mask = g.mask(g.input("token_mask", ("batch", "token")))
    prefix = "lxmert.embeddings"
    words = g.rows(f"{prefix}.word_embeddings.weight", "vocabulary", "hidden", token_ids)
    table = g.vector(f"{prefix}.position_embeddings.weight", MAX_TOKENS, "hidden", rows=MAX_TOKENS)
    length, zero = g.node("Shape", token_ids, start=1, end=2), g.constant("zero", [0])
    positions = g.node("Slice", table, zero, length, zero)
    segment = g.vector(f"{prefix}.token_type_embeddings.weight", 1, "hidden", rows=1)
    summed = g.node("Add", g.node("Add", words, positions), segment)
    return g.layer_norm(summed, f"{prefix}.LayerNorm", "hidden"), mask


def vision_graph(precision: str, sizes: Sizes) -> Skeleton:
    """Depends on the photo alone."""
    g = LxmertWriter(precision, sizes)
    states, attention = g.encoder(*enter_regions(g), "lxmert.encoder.r_layers")
    g.output("vision_states", states, ("batch", "region", "hidden"))
    g.output("vision_attention", attention, ("batch", "layer", "head", "region", "region"))
    return g.finish("lxmert-vision")


def language_graph(precision: str, sizes: Sizes) -> Skeleton:
    """Depends on the question alone."""
    g = LxmertWriter(precision, sizes)
    states, attention = g.encoder(*enter_words(g), "lxmert.encoder.layer")
    g.output("language_states", states, ("batch", "token", "hidden"))
    g.output("language_attention", attention, ("batch", "layer", "head", "token", "token"))
    return g.finish("lxmert-language")


@dataclass(frozen=True)
class Streams:
    text: str
    regions: str


def cross_layer(
    g: LxmertWriter, layer: str, states: Streams, masks: Streams, head_gates: str
) -> tuple[Streams, tuple[str, ...]]:
    """-> states and the layer's four attentions.

    The answer is read off the first token. In the layer `{last}` nothing else is computed that no attention needs: the
    regions stay as they were before, and of the text there is the first token alone.
    """
    text, regions = states.text, states.regions
    gates = g.module_gates(g.layer_gates(head_gates, CROSS_STACK, layer), len(CROSS_ATTENTIONS))
    prefix = f"lxmert.encoder.x_layers.{layer}"
    shared, shared_output = f"{prefix}.visual_attention.att", f"{prefix}.visual_attention.output"
    # Both directions look with the same weights at the same states, so each stream is projected once.
    text_query, text_key, text_value = g.projections(text, shared)
    region_query, region_key, region_value = g.projections(regions, shared)
    to_region = g.probabilities(text_query, region_key, masks.regions)
    to_text = g.probabilities(region_query, text_key, masks.text)
    text_seen = g.add_and_norm(g.mix(to_region, region_value, gates[0]), text, shared_output, "hidden")
    regions_seen = g.add_and_norm(g.mix(to_text, text_value, gates[1]), regions, shared_output, "hidden")
    text_self_att, region_self_att = f"{prefix}.lang_self_att", f"{prefix}.visn_self_att"
    text, text_self = g.self_attention(
        text_seen,
        masks.text,
        gates[2],
        f"{text_self_att}.self",
        f"{text_self_att}.output",
        first_alone=layer == CROSS_STACK.last,
    )
    text = g.feed_forward(text, f"{prefix}.lang_inter", f"{prefix}.lang_output")
    if layer == CROSS_STACK.last:
        # The values are read by nobody here; the graph of gradients shows them, and has its weights from this one.
        query, key, _ = g.projections(regions_seen, f"{region_self_att}.self")
        region_self = g.probabilities(query, key, masks.regions)
    else:
        regions, region_self = g.self_attention(
            regions_seen, masks.regions, gates[3], f"{region_self_att}.self", f"{region_self_att}.output"
        )
        regions = g.feed_forward(regions, f"{prefix}.visn_inter", f"{prefix}.visn_output")
    return Streams(text, regions), (to_region, to_text, text_self, region_self)


def cross_graph(precision: str, sizes: Sizes, *, answers_alone: bool) -> Skeleton:
    """Both states -> answer logits, what other heads read, and the four attentions of every cross layer.

    `answers_alone` leaves out `text_states` and `region_states`, and what only they would tell.
    """
    g = LxmertWriter(precision, sizes)
    g.call(g.input("language_states", ("batch", "token", "hidden")), "text.0")
    text_mask = g.mask(g.input("token_mask", ("batch", "token")))
    g.call(g.input("vision_states", ("batch", "region", "hidden")), "regions.0")
    masks = Streams(text_mask, g.mask(g.input("region_mask", ("batch", "region"))))
    head_gates = g.input("head_gates", ("batch", "layer", "module", "head"))
    g.count_layers(CROSS_STACK)
    labels = (CROSS_STACK.layer, CROSS_STACK.last) if answers_alone else (CROSS_STACK.layer,)
    for label in labels:
        with g.inside(label):
            states, maps = cross_layer(g, label, Streams(f"text.{label}", f"regions.{label}"), masks, head_gates)
            if label == CROSS_STACK.last:
                g.call(states.text, "text.{layers}")
            else:
                g.call(states.text, "text.{next}")
                g.call(states.regions, "regions.{next}")
            for name, attention in zip(CROSS_ATTENTIONS, maps, strict=True):
                g.call(g.as_layer(attention), f"{name}.{label}")
    first = g.node("Gather", "text.{layers}", g.constant("first", 0), axis=1)
    pooled = g.node("Tanh", g.linear(first, "lxmert.pooler.dense", "hidden", "hidden"))
    wide = g.gelu(g.linear(pooled, "answer_head.logit_fc.0", "hidden", "2*hidden"))
    normed = g.layer_norm(wide, "answer_head.logit_fc.2", "2*hidden")
    g.output("logits", g.linear(normed, "answer_head.logit_fc.3", "2*hidden", "answers"), ("batch", "answer"))
    g.output("pooled", pooled, ("batch", "hidden"))
    if not answers_alone:
        g.output("text_states", "text.{layers}", ("batch", "token", "hidden"))
        g.output("region_states", "regions.{layers}", ("batch", "region", "hidden"))
    for name, axes in CROSS_ATTENTIONS.items():
        stacked = g.node("Concat", *(f"{name}.{label}" for label in labels), axis=1)
        g.output(name, stacked, ("batch", "layer", "head", *axes))
    return g.finish("lxmert-cross")


def answer_graph(precision: str, sizes: Sizes) -> Skeleton:
    """The cross encoder of a checkpoint that answers questions and nothing else."""
    return cross_graph(precision, sizes, answers_alone=True)


def pretraining_graph(precision: str, sizes: Sizes) -> Skeleton:
    """The cross encoder of a checkpoint that has the other heads too."""
    return cross_graph(precision, sizes, answers_alone=False)


def matching_graph(precision: str, sizes: Sizes) -> Skeleton:
    g = LxmertWriter(precision, sizes)
    pooled = g.input("pooled", ("batch", "hidden"))
    logits = g.linear(pooled, "cls.seq_relationship", "hidden", 2, whole=True)
    g.output("match_logits", logits, ("batch", "match"))
    return g.finish("lxmert-matching")


def masked_words_graph(precision: str, sizes: Sizes) -> Skeleton:
    """The decoder is the table of words itself, with a bias of its own."""
    g = LxmertWriter(precision, sizes)
    states = g.transform(g.input("text_states", ("batch", "token", "hidden")), "cls.predictions.transform")
    logits = g.linear(states, "cls.predictions", "hidden", "vocabulary")
    g.weights["cls.predictions.weight"]["parameter"] = "lxmert.embeddings.word_embeddings.weight"
    g.output("word_logits", logits, ("batch", "token", "piece"))
    return g.finish("lxmert-masked-words")


def masked_objects_graph(precision: str, sizes: Sizes) -> Skeleton:
    g = LxmertWriter(precision, sizes)
    states = g.transform(g.input("region_states", ("batch", "region", "hidden")), "obj_predict_head.transform")
    decoders = {"class_logits": ("obj", "objects"), "attribute_logits": ("attr", "attributes")}
    for output, (decoder, width) in {**decoders, "features": ("feat", "featureSize")}.items():
        decoded = g.linear(states, f"obj_predict_head.decoder_dict.{decoder}", "hidden", width)
        g.output(output, decoded, ("batch", "region", decoder))
    return g.finish("lxmert-masked-objects")


QUESTION_GRAPHS = {VISION_FILE: vision_graph, LANGUAGE_FILE: language_graph, CROSS_FILE: answer_graph}
PRETRAINING_GRAPHS = {
    **QUESTION_GRAPHS,
    CROSS_FILE: pretraining_graph,
    MATCHING_FILE: matching_graph,
    MASKED_WORDS_FILE: masked_words_graph,
    MASKED_OBJECTS_FILE: masked_objects_graph,
}
# The size that says how many layers a graph's pattern stands for.
LAYERS_OF = {VISION_FILE: "visionLayers", LANGUAGE_FILE: "languageLayers", CROSS_FILE: "crossLayers"}


def open_gates(file: str, sizes: Sizes, batch: int = 1) -> dict[str, np.ndarray]:
    """The input of a graph that leaves every head as it is."""
    modules = (len(CROSS_ATTENTIONS),) if file == CROSS_FILE else ()
    return {"head_gates": np.ones((batch, sizes[LAYERS_OF[file]], *modules, sizes["heads"]), np.float32)}
