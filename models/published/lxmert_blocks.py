"""The blocks that LXMERT is made of, as nodes. The arithmetic is that of `models.lxmert.export_modules`."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.lxmert.export_modules import MASKED_LOGIT
from models.published.expand_layers import Stack
from models.published.graph_writer import GraphWriter

HEAD_SHAPE, ATTENTION_SCALE = "head shape", "attention scale"


@dataclass
class LxmertWriter(GraphWriter):
    """Names of weights are those of `transformers`' checkpoints."""

    def mask(self, keep: str) -> str:
        """1 = keep, 0 = padding, [batch, key] -> summand of attention logits, [batch, 1, 1, key]."""
        hidden = self.node("Mul", self.node("Sub", self.constant("one", 1.0), keep), self.constant("far", MASKED_LOGIT))
        return self.node("Unsqueeze", hidden, self.constant("before keys", [1, 2]))

    def split_heads(self, states: str, order: Sequence[int]) -> str:
        """[batch, place, hidden] -> [batch, place, head, width], then in `order`."""
        shape = self.constant(HEAD_SHAPE, [0, 0, self.sizes["heads"], -1])
        return self.node("Transpose", self.node("Reshape", states, shape), perm=list(order))

    def attention_scale(self) -> str:
        return self.constant(ATTENTION_SCALE, (self.sizes["hidden"] // self.sizes["heads"]) ** -0.5)

    def probabilities(self, query: str, key: str, mask: str) -> str:
        """[batch, head, query, key]"""
        logits = self.node("MatMul", self.split_heads(query, (0, 2, 1, 3)), self.split_heads(key, (0, 2, 3, 1)))
        return self.node("Softmax", self.node("Add", self.node("Mul", logits, self.attention_scale()), mask), axis=-1)

    def count_layers(self, stack: Stack) -> None:
        """Begins `index.{layer}`, the number of a layer inside it; the runtime computes them when it opens the graph."""
        self.call(self.constant("first", 0), stack.value("index.0"))

    def layer_gates(self, head_gates: str, stack: Stack, label: str) -> str:
        """What a layer's heads are multiplied by: 1 leaves a head as it is, 0 switches it off. [batch, …, head]"""
        index = stack.value(f"index.{label}")
        if label == stack.layer:
            self.call(self.node("Add", index, self.constant("next", 1)), stack.value(f"index.{stack.next}"))
        return self.node("Gather", head_gates, index, axis=1)

    def module_gates(self, of_layer: str, modules: int) -> list[str]:
        """[batch, module, head] -> for each module of a cross layer, [batch, head]"""
        return [self.node("Gather", of_layer, self.constant(f"module {i}", i), axis=1) for i in range(modules)]

    def mix(self, attention: str, value: str, gates: str) -> str:
        """[batch, head, query, key], [batch, key, hidden], [batch, head] -> [batch, query, hidden]"""
        mixed = self.node("MatMul", attention, self.split_heads(value, (0, 2, 1, 3)))
        return self.join_heads(self.node("Mul", mixed, self.over_heads(gates)))

    def over_heads(self, gates: str) -> str:
        """[batch, head] -> [batch, head, 1, 1]"""
        return self.node("Unsqueeze", gates, self.constant("behind heads", [2, 3]))

    def join_heads(self, heads: str) -> str:
        """[batch, head, place, width] -> [batch, place, hidden]"""
        joined = self.node("Transpose", heads, perm=[0, 2, 1, 3])
        return self.node("Reshape", joined, self.constant("joined heads", [0, 0, -1]))

    def projections(self, states: str, prefix: str, names: Sequence[str] = ("query", "key", "value")) -> list[str]:
        """What one stream gives to attention, by one matrix."""
        parts = [f"{prefix}.{name}" for name in names]
        joined = self.linear(states, f"{prefix}.{'-'.join(names)}", "hidden", f"{len(names)}*hidden", parts=parts)
        return self.several("Split", [joined], len(names), axis=-1, num_outputs=len(names))

    def add_and_norm(self, states: str, residual: str, prefix: str, inner: str) -> str:
        """`dense`, the residual, `LayerNorm`: what ends every block."""
        dense = self.linear(states, f"{prefix}.dense", inner, "hidden")
        return self.layer_norm(self.node("Add", dense, residual), f"{prefix}.LayerNorm", "hidden")

    def self_attention(
        self, states: str, mask: str, gates: str, projections: str, output: str, *, first_alone: bool = False
    ) -> tuple[str, str]:
        """-> states, of the first place alone if no other is read, and the probabilities of all"""
        query, key, value = self.projections(states, projections)
        attention = self.probabilities(query, key, mask)
        seen = self.first_place(attention, 2) if first_alone else attention
        residual = self.first_place(states, 1) if first_alone else states
        return self.add_and_norm(self.mix(seen, value, gates), residual, output, "hidden"), attention

    def first_place(self, values: str, axis: int) -> str:
        """The first of many along an axis, which stays."""
        axes = self.constant(f"axis {axis}", [axis])
        return self.node("Slice", values, self.constant("from zero", [0]), self.constant("to one", [1]), axes)

    def feed_forward(self, states: str, inner: str, output: str) -> str:
        wide = self.gelu(self.linear(states, f"{inner}.dense", "hidden", "intermediate"))
        return self.add_and_norm(wide, states, output, "intermediate")

    def transform(self, states: str, prefix: str) -> str:
        """dense, GELU, LayerNorm: before the words and before the objects are told."""
        dense = self.gelu(self.linear(states, f"{prefix}.dense", "hidden", "hidden"))
        return self.layer_norm(dense, f"{prefix}.LayerNorm", "hidden")

    def encoder(self, states: str, mask: str, prefix: str) -> tuple[str, str]:
        """BERT layers, as many as the checkpoint has -> states, attention [batch, layer, head, query, key]."""
        stack = Stack()
        self.call(states, "states.0")
        self.count_layers(stack)
        head_gates = self.input("head_gates", ("batch", "layer", "head"))
        layer = f"{prefix}.{{layer}}"
        with self.inside("{layer}"):
            gates = self.layer_gates(head_gates, stack, stack.layer)
            attended, attention = self.self_attention(
                "states.{layer}", mask, gates, f"{layer}.attention.self", f"{layer}.attention.output"
            )
            self.call(self.feed_forward(attended, f"{layer}.intermediate", f"{layer}.output"), "states.{next}")
            self.call(self.as_layer(attention), "attention.{layer}")
        return "states.{layers}", self.node("Concat", "attention.{layer}", axis=1)

    def as_layer(self, attention: str) -> str:
        """[batch, head, query, key] -> [batch, 1, head, query, key]"""
        return self.node("Unsqueeze", attention, self.constant("layer axis", [1]))
