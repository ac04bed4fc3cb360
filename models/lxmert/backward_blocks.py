"""LXMERT's blocks with their backward passes written out, so that both fit into one plain ONNX graph.

Every block runs forward and returns what its backward pass needs; `backward` takes the gradient of the explained number
with respect to the block's output and gives that with respect to its input. Weights get no gradient.
Shapes: B batch, S or T query, U key, D hidden size, H head, N answers.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class SavedNorm:
    normal: Tensor  # [B, S, D]: mean 0, variance 1
    inverse: Tensor  # [B, S, 1]: 1 / standard deviation


def norm(layer: nn.LayerNorm, states: Tensor) -> tuple[Tensor, SavedNorm]:
    # One operator gives all three; written out they would be ten.
    out, mean, inverse = torch.native_layer_norm(states, layer.normalized_shape, layer.weight, layer.bias, layer.eps)
    return out, SavedNorm((states - mean) * inverse, inverse)


def norm_backward(layer: nn.LayerNorm, saved: SavedNorm, gradient: Tensor) -> Tensor:
    scaled = gradient * layer.weight
    along = (scaled * saved.normal).mean(dim=-1, keepdim=True)
    return saved.inverse * (scaled - scaled.mean(dim=-1, keepdim=True) - saved.normal * along)


def gelu(states: Tensor) -> tuple[Tensor, Tensor]:
    """x Phi(x) and its derivative Phi(x) + x phi(x), with the normal distribution's Phi and phi."""
    below = 0.5 * (1.0 + torch.erf(states * math.sqrt(0.5)))
    density = torch.exp(-0.5 * states * states) * (1.0 / math.sqrt(2.0 * math.pi))
    return states * below, below + states * density


def linear_backward(layer: nn.Linear, gradient: Tensor) -> Tensor:
    return gradient @ layer.weight


class AttentionBlock(nn.Module):
    """Attention, output projection, residual and norm; the heads' outputs are multiplied by their gates."""

    def __init__(self, projections: nn.Module, output: nn.Module):
        super().__init__()
        self.query, self.key, self.value = projections.query, projections.key, projections.value
        self.dense, self.norm = output.dense, output.LayerNorm
        self.heads, self.head_size = projections.num_attention_heads, projections.attention_head_size

    def split(self, states: Tensor) -> Tensor:
        # [B, S, D] -> [B, H, S, D/H]
        return states.reshape(states.shape[0], states.shape[1], self.heads, self.head_size).transpose(1, 2)

    def merge(self, heads: Tensor) -> Tensor:
        # [B, H, S, D/H] -> [B, S, D]
        together = heads.transpose(1, 2)
        return together.reshape(together.shape[0], together.shape[1], self.heads * self.head_size)

    def attend(self, queries: Tensor, keys: Tensor, mask: Tensor, gates: Tensor) -> dict[str, Tensor]:
        """queries [B, S, D], keys [B, U, D], mask [B, 1, 1, U], gates [B, H] -> what the heads weigh, and by how much."""
        saved = {name: self.split(layer(states)) for name, layer, states in self.projected(queries, keys)}
        saved["scores"] = saved["query"] @ saved["key"].transpose(-1, -2) * (1.0 / math.sqrt(self.head_size))
        saved["attention"] = torch.softmax(saved["scores"] + mask, dim=-1)  # [B, H, S, U]
        saved["gates"] = gates[:, :, None, None]
        return saved

    def forward(self, queries: Tensor, keys: Tensor, mask: Tensor, gates: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """Shapes as in `attend`; -> [B, S, D]."""
        saved = self.attend(queries, keys, mask, gates)
        mixed = self.merge(saved["attention"] @ saved["value"] * saved["gates"])
        out, saved["norm"] = norm(self.norm, self.dense(mixed) + queries)
        return out, saved

    def projected(self, queries: Tensor, keys: Tensor) -> tuple[tuple[str, nn.Linear, Tensor], ...]:
        return ("query", self.query, queries), ("key", self.key, keys), ("value", self.value, keys)

    def to_attention(self, saved: dict[str, Tensor], gradient: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Gradient of the output [B, S, D] -> that of the residual, of the heads' outputs, of the attention [B, H, S, U]."""
        residual = norm_backward(self.norm, saved["norm"], gradient)
        heads = self.split(linear_backward(self.dense, residual)) * saved["gates"]
        return residual, heads, heads @ saved["value"].transpose(-1, -2)

    def backward(self, saved: dict[str, Tensor], gradient: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Gradient of the output -> those of the queries, the keys, the attention."""
        residual, heads, of_attention = self.to_attention(saved, gradient)
        attention = saved["attention"]
        weighted = attention * of_attention
        logits = (weighted - attention * weighted.sum(dim=-1, keepdim=True)) * (1.0 / math.sqrt(self.head_size))
        of_query = linear_backward(self.query, self.merge(logits @ saved["key"]))
        of_key = linear_backward(self.key, self.merge(logits.transpose(-1, -2) @ saved["query"]))
        of_value = linear_backward(self.value, self.merge(attention.transpose(-1, -2) @ heads))
        return residual + of_query, of_key + of_value, of_attention


class FeedForwardBlock(nn.Module):
    """Widening, GELU, narrowing, residual and norm."""

    def __init__(self, intermediate: nn.Module, output: nn.Module):
        super().__init__()
        self.widen, self.narrow, self.norm = intermediate.dense, output.dense, output.LayerNorm

    def forward(self, states: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        wide, slope = gelu(self.widen(states))
        out, saved_norm = norm(self.norm, self.narrow(wide) + states)
        return out, {"slope": slope, "norm": saved_norm}

    def backward(self, saved: dict[str, Tensor], gradient: Tensor) -> Tensor:
        residual = norm_backward(self.norm, saved["norm"], gradient)
        wide = linear_backward(self.narrow, residual) * saved["slope"]
        return residual + linear_backward(self.widen, wide)


class AnswerBlock(nn.Module):
    """Pooler and answer head over the state of [CLS]."""

    def __init__(self, pooler: nn.Module, answer_head: nn.Module):
        super().__init__()
        self.pool = pooler.dense
        self.widen, _, self.norm, self.answer = answer_head.logit_fc

    def forward(self, text: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """text [B, T, D] -> logits [B, N]."""
        pooled = torch.tanh(self.pool(text[:, 0]))  # [B, D]
        wide, slope = gelu(self.widen(pooled))
        normal, saved_norm = norm(self.norm, wide)
        return self.answer(normal), {"pooled": pooled, "slope": slope, "norm": saved_norm, "text": text}

    def backward(self, saved: dict[str, Tensor], target: Tensor) -> Tensor:
        """target [B, N], the explained number's weights of the logits -> gradient of the text [B, T, D]."""
        wide = norm_backward(self.norm, saved["norm"], linear_backward(self.answer, target)) * saved["slope"]
        pooled = linear_backward(self.widen, wide) * (1.0 - saved["pooled"] * saved["pooled"])
        first = linear_backward(self.pool, pooled)[:, None]  # [B, 1, D]
        # Joined to zeros instead of scattered into them: WebGPU has no kernel for a scatter.
        return torch.cat([first, torch.zeros_like(saved["text"][:, 1:])], dim=1)
