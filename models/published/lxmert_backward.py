"""LXMERT's blocks as nodes that keep what their way back reads, and that way back.

The arithmetic is that of `models.lxmert.backward_blocks`: a gradient is that of the explained number, weights get none.
A weight is read where it lies, on the way back by `Gemm`, which takes it the other way round without a copy of it.
"""

from dataclasses import dataclass

import numpy as np

from models.published.graph_writer import LAYER_NORM_EPSILON
from models.published.lxmert_blocks import LxmertWriter

LAST_AXIS = ("last axis", [-1])


@dataclass(frozen=True)
class KeptNorm:
    prefix: str
    normal: str  # [batch, place, hidden]: mean 0, variance 1
    inverse: str  # [batch, place, 1]: 1 / standard deviation


@dataclass(frozen=True)
class KeptAttention:
    query: str  # [batch, head, query, width]
    key: str  # [batch, head, key, width]
    value: str  # [batch, head, key, width]
    scores: str  # [batch, head, query, key]: before mask and softmax
    attention: str  # [batch, head, query, key]
    gate: str  # [batch, head, 1, 1]


@dataclass(frozen=True)
class KeptDense:
    """`dense`, the residual and the norm that end every block."""

    prefix: str
    norm: KeptNorm


@dataclass(frozen=True)
class KeptFeedForward:
    inner: str
    slope: str  # [batch, place, intermediate]: GELU's derivative
    end: KeptDense


class BackwardWriter(LxmertWriter):
    def kept_norm(self, states: str, prefix: str, width: str) -> tuple[str, KeptNorm]:
        gain, shift = self.vector(f"{prefix}.weight", width), self.vector(f"{prefix}.bias", width)
        given = [states, gain, shift]
        out, mean, inverse = self.several("LayerNormalization", given, 3, axis=-1, epsilon=LAYER_NORM_EPSILON)
        return out, KeptNorm(prefix, self.node("Mul", self.node("Sub", states, mean), inverse), inverse)

    def norm_back(self, kept: KeptNorm, gradient: str) -> str:
        axis = self.constant(*LAST_AXIS)
        scaled = self.node("Mul", gradient, f"{kept.prefix}.weight")
        along = self.node("ReduceMean", self.node("Mul", scaled, kept.normal), axis)
        centred = self.node("Sub", scaled, self.node("ReduceMean", scaled, axis))
        return self.node("Mul", kept.inverse, self.node("Sub", centred, self.node("Mul", kept.normal, along)))

    def kept_gelu(self, states: str) -> tuple[str, str]:
        """x Phi(x) and its derivative Phi(x) + x phi(x), with the normal distribution's Phi and phi."""
        erf = self.node("Erf", self.node("Div", states, self.constant("root of two", float(np.sqrt(2.0)))))
        below = self.node("Mul", self.node("Add", erf, self.constant("one", 1.0)), self.constant("half", 0.5))
        exponent = self.node("Mul", self.node("Mul", states, states), self.constant("minus half", -0.5))
        density = self.constant("density at zero", float(1.0 / np.sqrt(2.0 * np.pi)))
        rising = self.node("Mul", states, self.node("Mul", self.node("Exp", exponent), density))
        return self.node("Mul", states, below), self.node("Add", below, rising)

    def rows_back(self, gradient: str, prefix: str) -> str:
        """[row, outer] -> [row, inner], for the layer that `linear` wrote."""
        return self.node("Gemm", gradient, self.matrices[f"{prefix}.weight"], transB=1)

    def linear_back(self, gradient: str, prefix: str, like: str) -> str:
        """[batch, place, outer] -> [batch, place, inner], the shape of `like`."""
        rows = self.rows_back(self.node("Flatten", gradient, axis=2), prefix)
        return self.node("Reshape", rows, self.node("Shape", like))

    def heads_of(self, states: str) -> str:
        """[batch, place, hidden] -> [batch, head, place, width]"""
        return self.split_heads(states, (0, 2, 1, 3))

    def attend(self, query: str, key: str, value: str, mask: str, gates: str) -> tuple[str, KeptAttention]:
        """Projected states -> what the heads give together, [batch, query, hidden]."""
        query, key, value = (self.heads_of(states) for states in (query, key, value))
        products = self.node("MatMul", query, self.turned(key))
        scores = self.node("Mul", products, self.attention_scale())
        attention = self.node("Softmax", self.node("Add", scores, mask), axis=-1)
        gate = self.over_heads(gates)
        mixed = self.join_heads(self.node("Mul", self.node("MatMul", attention, value), gate))
        return mixed, KeptAttention(query, key, value, scores, attention, gate)

    def turned(self, matrices: str) -> str:
        """[batch, head, row, column] -> [batch, head, column, row]"""
        return self.node("Transpose", matrices, perm=[0, 1, 3, 2])

    def attend_back(self, kept: KeptAttention, mixed: str) -> tuple[str, list[str]]:
        """Gradient of what the heads give -> that of the attention, those of projected queries, keys and values."""
        heads = self.node("Mul", self.heads_of(mixed), kept.gate)
        of_attention = self.node("MatMul", heads, self.turned(kept.value))
        weighted = self.node("Mul", kept.attention, of_attention)
        mean = self.node("Mul", kept.attention, self.node("ReduceSum", weighted, self.constant(*LAST_AXIS)))
        of_scores = self.node("Mul", self.node("Sub", weighted, mean), self.attention_scale())
        projected = [
            self.node("MatMul", of_scores, kept.key),
            self.node("MatMul", self.turned(of_scores), kept.query),
            self.node("MatMul", self.turned(kept.attention), heads),
        ]
        return of_attention, [self.join_heads(states) for states in projected]

    def projections_back(self, gradients: list[str], prefix: str, like: str) -> str:
        """Gradients of a stream's queries, keys and values -> that of its states."""
        joined = self.node("Concat", *gradients, axis=-1)
        return self.linear_back(joined, f"{prefix}.query-key-value", like)

    def kept_dense(self, states: str, residual: str, prefix: str, inner: str) -> tuple[str, KeptDense]:
        dense = self.linear(states, f"{prefix}.dense", inner, "hidden")
        out, norm = self.kept_norm(self.node("Add", dense, residual), f"{prefix}.LayerNorm", "hidden")
        return out, KeptDense(prefix, norm)

    def dense_back(self, kept: KeptDense, gradient: str, like: str | None = None) -> tuple[str, str]:
        """-> gradients of the residual and of what `dense` read, which has the shape of `like` or the residual's."""
        residual = self.norm_back(kept.norm, gradient)
        return residual, self.linear_back(residual, f"{kept.prefix}.dense", like or residual)

    def kept_feed_forward(self, states: str, inner: str, output: str) -> tuple[str, KeptFeedForward]:
        wide, slope = self.kept_gelu(self.linear(states, f"{inner}.dense", "hidden", "intermediate"))
        out, end = self.kept_dense(wide, states, output, "intermediate")
        return out, KeptFeedForward(inner, slope, end)

    def feed_forward_back(self, kept: KeptFeedForward, gradient: str) -> str:
        residual, wide = self.dense_back(kept.end, gradient, kept.slope)
        before = self.linear_back(self.node("Mul", wide, kept.slope), f"{kept.inner}.dense", residual)
        return self.node("Add", residual, before)

    def nothing_like(self, values: str) -> str:
        """Zeros: the gradient of what cannot reach the answer."""
        return self.node("Mul", values, self.constant("nothing", 0.0))
