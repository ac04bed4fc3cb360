"""The three graphs that ship: the trained weights again, but every attention probability is an output.

`transformers` returns neither the region-to-text maps nor the self-attentions inside the cross layers, and it
masks with the smallest float, which half precision cannot hold. These modules share the trained sub-modules and
repeat their arithmetic. Every head's output is multiplied by its gate: 1 leaves it as it is, 0 switches it off.
Shapes: B batch, T token, R region, L layer, H head, D hidden size, N answers.
"""

import math

import torch
from torch import Tensor, nn

MASKED_LOGIT = -1e4


def additive_mask(keep: Tensor) -> Tensor:
    """1 = keep, 0 = padding, [B, key] -> summand of attention logits, [B, 1, 1, key]."""
    return ((1.0 - keep) * MASKED_LOGIT)[:, None, None, :]


class Attention(nn.Module):
    """One attention block with its residual, returning its probabilities beside its output."""

    def __init__(self, projections: nn.Module, output: nn.Module):
        super().__init__()
        self.projections = projections
        self.output = output
        self.heads = projections.num_attention_heads
        self.head_size = projections.attention_head_size

    def split_heads(self, states: Tensor) -> Tensor:
        # [B, S, D] -> [B, H, S, D/H]
        return states.reshape(states.shape[0], states.shape[1], self.heads, self.head_size).transpose(1, 2)

    def probabilities(self, queries: Tensor, keys: Tensor, mask: Tensor) -> Tensor:
        query = self.split_heads(self.projections.query(queries))
        key = self.split_heads(self.projections.key(keys))
        logits = query @ key.transpose(-1, -2) / math.sqrt(self.head_size)  # [B, H, query, key]
        return torch.softmax(logits + mask, dim=-1)

    def forward(
        self, queries: Tensor, keys: Tensor, mask: Tensor, gates: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        attention = self.probabilities(queries, keys, mask)
        mixed = attention @ self.split_heads(self.projections.value(keys))  # [B, H, query, D/H]
        if gates is not None:  # [B, H]
            mixed = mixed * gates[:, :, None, None]
        mixed = mixed.transpose(1, 2)  # [B, query, H, D/H]
        mixed = mixed.reshape(mixed.shape[0], mixed.shape[1], self.heads * self.head_size)
        return self.output(mixed, queries), attention


class SelfAttentionLayer(nn.Module):
    """A BERT layer of `transformers`' LXMERT, its attention shown."""

    def __init__(self, layer: nn.Module):
        super().__init__()
        self.attention = Attention(layer.attention.self, layer.attention.output)
        self.intermediate = layer.intermediate
        self.output = layer.output

    def forward(self, states: Tensor, mask: Tensor, gates: Tensor | None = None) -> tuple[Tensor, Tensor]:
        attended, attention = self.attention(states, states, mask, gates)
        return self.output(self.intermediate(attended), attended), attention


def gates_of(layer: int, head_gates: Tensor | None) -> Tensor | None:
    """[B, L, ...] -> what one layer is given, [B, ...]."""
    return None if head_gates is None else head_gates[:, layer]


class VisionEncoder(nn.Module):
    """Regions -> states; depends on the photo alone, so a page runs it once per photo."""

    def __init__(self, lxmert: nn.Module):
        super().__init__()
        self.embed = lxmert.encoder.visn_fc
        self.layers = nn.ModuleList(SelfAttentionLayer(layer) for layer in lxmert.encoder.r_layers)

    def forward(
        self, features: Tensor, boxes: Tensor, region_mask: Tensor, head_gates: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        mask = additive_mask(region_mask)
        states = self.embed(features, boxes)  # [B, R, D]
        attentions = []
        for index, layer in enumerate(self.layers):
            states, attention = layer(states, mask, gates_of(index, head_gates))
            attentions.append(attention)
        return states, torch.stack(attentions, dim=1)  # [B, R, D], [B, L, H, R, R]


class LanguageEncoder(nn.Module):
    """Token ids -> states; depends on the question alone."""

    def __init__(self, lxmert: nn.Module):
        super().__init__()
        self.embeddings = lxmert.embeddings
        self.layers = nn.ModuleList(SelfAttentionLayer(layer) for layer in lxmert.encoder.layer)

    def forward(self, token_ids: Tensor, token_mask: Tensor, head_gates: Tensor | None = None) -> tuple[Tensor, Tensor]:
        mask = additive_mask(token_mask)
        words = self.embeddings.word_embeddings(token_ids)  # [B, T, D]
        positions = self.embeddings.position_embeddings.weight[: token_ids.shape[1]]  # [T, D]
        segment = self.embeddings.token_type_embeddings.weight[0]  # [D]
        states = self.embeddings.LayerNorm(words + positions + segment)
        attentions = []
        for index, layer in enumerate(self.layers):
            states, attention = layer(states, mask, gates_of(index, head_gates))
            attentions.append(attention)
        return states, torch.stack(attentions, dim=1)  # [B, T, D], [B, L, H, T, T]


class CrossLayer(nn.Module):
    """Both streams look at each other with shared weights, then at themselves, then feed forward."""

    def __init__(self, layer: nn.Module):
        super().__init__()
        shared = layer.visual_attention
        self.cross = Attention(shared.att, shared.output)
        self.text_self = Attention(layer.lang_self_att.self, layer.lang_self_att.output)
        self.region_self = Attention(layer.visn_self_att.self, layer.visn_self_att.output)
        self.text_inter, self.text_output = layer.lang_inter, layer.lang_output
        self.region_inter, self.region_output = layer.visn_inter, layer.visn_output

    def forward(
        self, text: Tensor, text_mask: Tensor, regions: Tensor, region_mask: Tensor, gates: Tensor | None = None
    ) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor, Tensor, Tensor]]:
        """gates [B, 4, H], in the order of the attentions that are returned."""
        text_seen, text_to_region = self.cross(text, regions, region_mask, gates_of(0, gates))
        regions_seen, region_to_text = self.cross(regions, text, text_mask, gates_of(1, gates))
        text_mixed, text_self = self.text_self(text_seen, text_seen, text_mask, gates_of(2, gates))
        text_out = self.text_output(self.text_inter(text_mixed), text_mixed)  # [B, T, D]
        regions_mixed, region_self = self.region_self(regions_seen, regions_seen, region_mask, gates_of(3, gates))
        regions_out = self.region_output(self.region_inter(regions_mixed), regions_mixed)  # [B, R, D]
        return text_out, regions_out, (text_to_region, region_to_text, text_self, region_self)


class CrossEncoder(nn.Module):
    """Both states -> answer logits, what the other heads read, and the four attentions of every cross layer."""

    def __init__(self, lxmert: nn.Module, answer_head: nn.Module):
        super().__init__()
        self.layers = nn.ModuleList(CrossLayer(layer) for layer in lxmert.encoder.x_layers)
        self.pooler = lxmert.pooler
        self.answer_head = answer_head

    def forward(
        self,
        language_states: Tensor,
        token_mask: Tensor,
        vision_states: Tensor,
        region_mask: Tensor,
        head_gates: Tensor | None = None,
    ) -> tuple[Tensor, ...]:
        text, regions = language_states, vision_states
        text_mask, regions_mask = additive_mask(token_mask), additive_mask(region_mask)
        attentions = []
        for index, layer in enumerate(self.layers):
            gates = gates_of(index, head_gates)
            text, regions, attention = layer(text, text_mask, regions, regions_mask, gates)
            attentions.append(attention)
        pooled = self.pooler(text)  # [B, D]
        logits = self.answer_head(pooled)  # [B, N]
        stacked = [torch.stack(maps, dim=1) for maps in zip(*attentions, strict=True)]  # 4 x [B, L, H, query, key]
        return logits, pooled, text, regions, *stacked
