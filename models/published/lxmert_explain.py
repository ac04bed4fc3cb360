"""The published LXMERT forward and backward in one graph without weights: those of the other graphs are read.

Inputs, outputs and arithmetic are those of `models.lxmert.export_explain`. It has three stacks of layers, each with the way
there and the way back as a pattern; what only the gradient before the first layer would need is left out when the pattern
is written out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.lxmert.export_explain import EXPLAIN_FILE, KINDS, MODULES
from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.published.expand_layers import Stack
from models.published.graph_writer import Sizes, Skeleton
from models.published.lxmert_backward import BackwardWriter, KeptAttention, KeptDense, KeptFeedForward
from models.published.lxmert_graphs import Streams, enter_regions, enter_words

# Whose weights it reads.
LENDERS = (VISION_FILE, LANGUAGE_FILE, CROSS_FILE)
# Rounding to bytes has no slope, so graphs that round have no gradient.
PRECISIONS = ("fp32", "fp16")

LANGUAGE, VISION, CROSS = Stack("language"), Stack("vision"), Stack("cross")
# By stack, the size that says how many layers it has.
LAYERS = {LANGUAGE.name: "languageLayers", VISION.name: "visionLayers", CROSS.name: "crossLayers"}

TO_THE_END = (1 << 31) - 1

# What looks at what.
AXES = {
    "language": ("token", "token"),
    "vision": ("region", "region"),
    "text_to_region": ("token", "region"),
    "region_to_text": ("region", "token"),
    "text_self": ("token", "token"),
    "region_self": ("region", "region"),
}


@dataclass(frozen=True)
class KeptSelf:
    prefix: str
    attended: KeptAttention
    end: KeptDense


@dataclass(frozen=True)
class KeptCross:
    shared: str
    to_region: KeptAttention
    to_text: KeptAttention
    text_end: KeptDense
    regions_end: KeptDense
    text_self: KeptSelf
    text_feed: KeptFeedForward
    region_self: KeptSelf
    # Nobody reads the last layer's regions.
    region_feed: KeptFeedForward | None


class ExplainWriter(BackwardWriter):
    def self_block(self, states: str, mask: str, gates: str, prefix: str, output: str) -> tuple[str, KeptSelf]:
        mixed, attended = self.attend(*self.projections(states, prefix), mask, gates)
        out, end = self.kept_dense(mixed, states, output, "hidden")
        return out, KeptSelf(prefix, attended, end)

    def self_block_back(self, kept: KeptSelf, gradient: str) -> tuple[str, str]:
        """-> gradients of the states and of the attention"""
        residual, mixed = self.dense_back(kept.end, gradient)
        of_attention, parts = self.attend_back(kept.attended, mixed)
        return self.node("Add", residual, self.projections_back(parts, kept.prefix, residual)), of_attention

    def show(self, module: str, label: str, kept: KeptAttention, gradient: str) -> None:
        shown = (kept.attention, gradient, kept.scores, kept.value)
        for kind, value in zip(KINDS, shown, strict=True):
            self.call(self.as_layer(value), f"{module} {kind}.{label}")

    def put_out(self, kind: str, stacks: dict[str, Sequence[str]]) -> None:
        """Outputs of one kind for all modules; `stacks` has the labels of each module's layers."""
        for module in MODULES:
            stacked = self.node("Concat", *(f"{module} {kind}.{label}" for label in stacks[module]), axis=1)
            query, key = AXES[module]
            axes = (key, "width") if kind == "values" else (query, key)
            self.output(f"{module}_{kind}", stacked, ("batch", f"{module} layer", "head", *axes))

    def encoder_there(self, stack: Stack, states: str, mask: str, prefix: str) -> tuple[KeptSelf, KeptFeedForward]:
        """Calls the states behind the last layer `<stack> states.{layers}`."""
        head_gates = self.input(f"{stack.name}_gates", ("batch", f"{stack.name} layer", "head"))
        self.call(states, stack.value("states.0"))
        self.count_layers(stack)
        layer = f"{prefix}.{stack.layer}"
        with self.inside(stack.layer):
            gates = self.layer_gates(head_gates, stack, stack.layer)
            before, attention = stack.value(f"states.{stack.layer}"), f"{layer}.attention"
            attended, kept = self.self_block(before, mask, gates, f"{attention}.self", f"{attention}.output")
            out, fed = self.kept_feed_forward(attended, f"{layer}.intermediate", f"{layer}.output")
            self.call(out, stack.value(f"states.{stack.next}"))
        return kept, fed

    def encoder_back(self, stack: Stack, kept: tuple[KeptSelf, KeptFeedForward], gradient: str) -> None:
        attended, fed = kept
        self.call(gradient, f"of {stack.name}.{stack.layers}")
        with self.inside(stack.layer):
            behind = self.feed_forward_back(fed, f"of {stack.name}.{stack.next}")
            before, of_attention = self.self_block_back(attended, behind)
            self.call(before, f"of {stack.name}.{stack.layer}")
            self.show(stack.name, stack.layer, attended.attended, of_attention)

    def cross_there(self, label: str, states: Streams, masks: Streams, head_gates: str) -> tuple[Streams, KeptCross]:
        """Both streams look at each other with shared weights, then at themselves, then feed forward."""
        gates = self.module_gates(self.layer_gates(head_gates, CROSS, label), len(MODULES[2:]))
        prefix = f"lxmert.encoder.x_layers.{label}"
        shared, output = f"{prefix}.visual_attention.att", f"{prefix}.visual_attention.output"
        text_query, text_key, text_value = self.projections(states.text, shared)
        region_query, region_key, region_value = self.projections(states.regions, shared)
        seen, to_region = self.attend(text_query, region_key, region_value, masks.regions, gates[0])
        heard, to_text = self.attend(region_query, text_key, text_value, masks.text, gates[1])
        text, text_end = self.kept_dense(seen, states.text, output, "hidden")
        regions, regions_end = self.kept_dense(heard, states.regions, output, "hidden")
        own, its = f"{prefix}.lang_self_att", f"{prefix}.visn_self_att"
        text, text_self = self.self_block(text, masks.text, gates[2], f"{own}.self", f"{own}.output")
        text, text_feed = self.kept_feed_forward(text, f"{prefix}.lang_inter", f"{prefix}.lang_output")
        region_feed = None
        if label == CROSS.last:
            _, attended = self.attend(*self.projections(regions, f"{its}.self"), masks.regions, gates[3])
            region_self = KeptSelf(its, attended, regions_end)
        else:
            regions, region_self = self.self_block(regions, masks.regions, gates[3], f"{its}.self", f"{its}.output")
            regions, region_feed = self.kept_feed_forward(regions, f"{prefix}.visn_inter", f"{prefix}.visn_output")
        kept = KeptCross(
            shared, to_region, to_text, text_end, regions_end, text_self, text_feed, region_self, region_feed
        )
        return Streams(text, regions), kept

    def cross_back(self, label: str, kept: KeptCross, gradients: Streams) -> Streams:
        """Gradients of both streams behind the layer -> those before it; the last layer's regions have none."""
        text, text_self = self.self_block_back(kept.text_self, self.feed_forward_back(kept.text_feed, gradients.text))
        text, seen = self.dense_back(kept.text_end, text)
        to_region, (text_query, region_key, region_value) = self.attend_back(kept.to_region, seen)
        if kept.region_feed is None:
            to_text, region_self = (
                self.nothing_like(one.attention) for one in (kept.to_text, kept.region_self.attended)
            )
            region_query, text_key, text_value = map(self.nothing_like, (region_key, text_query, text_query))
            regions = None
        else:
            behind = self.feed_forward_back(kept.region_feed, gradients.regions)
            regions, region_self = self.self_block_back(kept.region_self, behind)
            regions, heard = self.dense_back(kept.regions_end, regions)
            to_text, (region_query, text_key, text_value) = self.attend_back(kept.to_text, heard)
        before_text = self.projections_back([text_query, text_key, text_value], kept.shared, text)
        before_regions = self.projections_back([region_query, region_key, region_value], kept.shared, region_key)
        for module, attended, gradient in (
            ("text_to_region", kept.to_region, to_region),
            ("region_to_text", kept.to_text, to_text),
            ("text_self", kept.text_self.attended, text_self),
            ("region_self", kept.region_self.attended, region_self),
        ):
            self.show(module, label, attended, gradient)
        return Streams(
            self.node("Add", text, before_text),
            before_regions if regions is None else self.node("Add", regions, before_regions),
        )

    def answer_and_back(self, text: str) -> tuple[str, str]:
        """Text states -> logits, and the gradient of `target` · logits at those states."""
        first = self.node("Gather", text, self.constant("first", 0), axis=1)
        pooled = self.node("Tanh", self.linear(first, "lxmert.pooler.dense", "hidden", "hidden"))
        wide, slope = self.kept_gelu(self.linear(pooled, "answer_head.logit_fc.0", "hidden", "2*hidden"))
        normal, norm = self.kept_norm(wide, "answer_head.logit_fc.2", "2*hidden")
        logits = self.linear(normal, "answer_head.logit_fc.3", "2*hidden", "answers")
        target = self.input("target", ("batch", "answer"))
        of_wide = self.node("Mul", self.norm_back(norm, self.rows_back(target, "answer_head.logit_fc.3")), slope)
        flatter = self.node("Sub", self.constant("one", 1.0), self.node("Mul", pooled, pooled))
        of_pooled = self.node("Mul", self.rows_back(of_wide, "answer_head.logit_fc.0"), flatter)
        of_first = self.node(
            "Unsqueeze", self.rows_back(of_pooled, "lxmert.pooler.dense"), self.constant("axis 1", [1])
        )
        start, end = self.constant("to one", [1]), self.constant("to the end", [TO_THE_END])
        others = self.nothing_like(self.node("Slice", text, start, end, self.constant("axis 1", [1])))
        return logits, self.node("Concat", of_first, others, axis=1)


def explain_graph(precision: str, sizes: Sizes) -> Skeleton:
    g = ExplainWriter(precision, sizes)
    regions, region_mask = enter_regions(g)
    text, text_mask = enter_words(g)
    masks = Streams(text_mask, region_mask)
    read = g.encoder_there(LANGUAGE, text, text_mask, "lxmert.encoder.layer")
    saw = g.encoder_there(VISION, regions, region_mask, "lxmert.encoder.r_layers")

    head_gates = g.input("cross_gates", ("batch", "cross layer", "module", "head"))
    g.call(LANGUAGE.value(f"states.{LANGUAGE.layers}"), "text.0")
    g.call(VISION.value(f"states.{VISION.layers}"), "regions.0")
    g.count_layers(CROSS)
    labels, met = (CROSS.layer, CROSS.last), {}
    for label in labels:
        with g.inside(label):
            given = Streams(f"text.{label}", f"regions.{label}")
            states, met[label] = g.cross_there(label, given, masks, head_gates)
            g.call(states.text, f"text.{CROSS.layers if label == CROSS.last else CROSS.next}")
            if label == CROSS.layer:
                g.call(states.regions, f"regions.{CROSS.next}")
    logits, of_text = g.answer_and_back(f"text.{CROSS.layers}")
    g.output("logits", logits, ("batch", "answer"))

    g.call(of_text, f"of text.{CROSS.layers}")
    for label in reversed(labels):
        behind = CROSS.layers if label == CROSS.last else CROSS.next
        with g.inside(label):
            before = g.cross_back(label, met[label], Streams(f"of text.{behind}", f"of regions.{behind}"))
            g.call(before.text, f"of text.{label}")
            g.call(before.regions, f"of regions.{label}")
    g.encoder_back(LANGUAGE, read, "of text.0")
    g.encoder_back(VISION, saw, "of regions.0")
    shown = {"language": (LANGUAGE.layer,), "vision": (VISION.layer,)} | dict.fromkeys(MODULES[2:], labels)
    for kind in KINDS:
        g.put_out(kind, shown)
    return g.finish(EXPLAIN_FILE.removesuffix(".onnx"))
