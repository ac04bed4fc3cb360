"""LXMERT forward and backward in one graph: an answer, all attention, and the answer's gradient at all attention.

What is explained is `target`, a weight per logit, chosen when the graph runs: one answer, or one answer less another.
Scores and values are what attention is made of and what it weighs, so that a page can show one head's arithmetic; a
reader that does not name them is not given them, and a graph of the same name need not have them.
Shapes: B batch, T token, R region, L layer, H head, D hidden size, N answers, F region features.

    logits             [B, N]
    <module>_attention [B, L, H, query, key], after the softmax
    <module>_gradient  [B, L, H, query, key], of target · logits
    <module>_scores    [B, L, H, query, key], QKᵀ/√(D/H), before the mask and the softmax
    <module>_values    [B, L, H, key, D/H], before weights, gates and output projection
"""

import torch
from torch import Tensor, nn
from torch.export import Dim

from models.lxmert.backward_blocks import AnswerBlock, AttentionBlock, FeedForwardBlock, norm
from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.lxmert.export_modules import additive_mask
from models.lxmert.network import Lxmert
from models.pack.write_graph import Graph

EXPLAIN_FILE = "lxmert-explain.onnx"
LENDERS = (VISION_FILE, LANGUAGE_FILE, CROSS_FILE)

TRACED_BATCH, TRACED_REGIONS, TRACED_TOKENS = 2, 5, 7

MODULES = ("language", "vision", "text_to_region", "region_to_text", "text_self", "region_self")
KINDS = ("attention", "gradient", "scores", "values")
OUTPUTS = ["logits", *(f"{name}_{kind}" for kind in KINDS for name in MODULES)]


class Encoder(nn.Module):
    """The layers of one stream; what they saved is kept until the way back."""

    def __init__(self, layers: nn.ModuleList):
        super().__init__()
        self.attend = nn.ModuleList(AttentionBlock(layer.attention.self, layer.attention.output) for layer in layers)
        self.feed = nn.ModuleList(FeedForwardBlock(layer.intermediate, layer.output) for layer in layers)

    def forward(self, states: Tensor, mask: Tensor, gates: Tensor) -> tuple[Tensor, list[tuple[dict, dict]]]:
        saved = []
        for index, (attend, feed) in enumerate(zip(self.attend, self.feed, strict=True)):
            states, attended = attend(states, states, mask, gates[:, index])
            states, fed = feed(states)
            saved.append((attended, fed))
        return states, saved

    def backward(self, saved: list[tuple[dict, dict]], gradient: Tensor) -> Tensor:
        """-> gradient of every attention, [B, L, H, S, S]. What lies before the first layer needs none."""
        of_attention = []
        for index in reversed(range(len(saved))):
            attended, fed = saved[index]
            gradient = self.feed[index].backward(fed, gradient)
            if index == 0:
                of_attention.append(self.attend[index].to_attention(attended, gradient)[2])
                break
            of_queries, of_keys, attention = self.attend[index].backward(attended, gradient)
            of_attention.append(attention)
            gradient = of_queries + of_keys
        return torch.stack(of_attention[::-1], dim=1)


class CrossBlock(nn.Module):
    """Both streams look at each other with shared weights, then at themselves, then feed forward.

    The last one's regions are read by nobody: they attend like all others, and go no further.
    """

    def __init__(self, layer: nn.Module, is_last: bool):
        super().__init__()
        self.cross = AttentionBlock(layer.visual_attention.att, layer.visual_attention.output)
        self.text_self = AttentionBlock(layer.lang_self_att.self, layer.lang_self_att.output)
        self.region_self = AttentionBlock(layer.visn_self_att.self, layer.visn_self_att.output)
        self.text_feed = FeedForwardBlock(layer.lang_inter, layer.lang_output)
        self.region_feed = FeedForwardBlock(layer.visn_inter, layer.visn_output)
        self.is_last = is_last

    def forward(
        self, text: Tensor, text_mask: Tensor, regions: Tensor, region_mask: Tensor, gates: Tensor
    ) -> tuple[Tensor, Tensor, dict[str, dict]]:
        saved = {}
        seen, saved["text_to_region"] = self.cross(text, regions, region_mask, gates[:, 0])
        seen_by_regions, saved["region_to_text"] = self.cross(regions, text, text_mask, gates[:, 1])
        mixing = (seen_by_regions, seen_by_regions, region_mask, gates[:, 3])
        if self.is_last:
            saved["region_self"] = self.region_self.attend(*mixing)
        else:
            regions, saved["region_self"] = self.region_self(*mixing)
            regions, saved["region_feed"] = self.region_feed(regions)
        text, saved["text_self"] = self.text_self(seen, seen, text_mask, gates[:, 2])
        text, saved["text_feed"] = self.text_feed(text)
        return text, regions, saved

    def backward(
        self, saved: dict[str, dict], of_text: Tensor, of_regions: Tensor | None
    ) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor, Tensor, Tensor]]:
        """Gradients of text and regions after the layer -> those before it, and those of its four attentions."""
        of_queries, of_keys, text_self = self.text_self.backward(
            saved["text_self"], self.text_feed.backward(saved["text_feed"], of_text)
        )
        before_text, before_regions, text_to_region = self.cross.backward(saved["text_to_region"], of_queries + of_keys)
        if of_regions is None:
            unread = tuple(torch.zeros_like(saved[name]["attention"]) for name in ("region_to_text", "region_self"))
            return before_text, before_regions, (text_to_region, unread[0], text_self, unread[1])
        of_queries, of_keys, region_self = self.region_self.backward(
            saved["region_self"], self.region_feed.backward(saved["region_feed"], of_regions)
        )
        of_queries, of_keys, region_to_text = self.cross.backward(saved["region_to_text"], of_queries + of_keys)
        attentions = (text_to_region, region_to_text, text_self, region_self)
        return before_text + of_keys, before_regions + of_queries, attentions


class ExplainedAnswer(nn.Module):
    """A photo's regions, a question and a target -> `OUTPUTS`."""

    def __init__(self, model: Lxmert):
        super().__init__()
        encoder = model.lxmert.encoder
        self.embeddings, self.look = model.lxmert.embeddings, encoder.visn_fc
        self.language, self.vision = Encoder(encoder.layer), Encoder(encoder.r_layers)
        last = len(encoder.x_layers) - 1
        self.cross = nn.ModuleList(CrossBlock(layer, index == last) for index, layer in enumerate(encoder.x_layers))
        self.answer = AnswerBlock(model.lxmert.pooler, model.answer_head)

    def forward(
        self,
        features: Tensor,
        boxes: Tensor,
        region_mask: Tensor,
        token_ids: Tensor,
        token_mask: Tensor,
        language_gates: Tensor,
        vision_gates: Tensor,
        cross_gates: Tensor,
        target: Tensor,
    ) -> tuple[Tensor, ...]:
        region_summand, text_summand = additive_mask(region_mask), additive_mask(token_mask)
        regions, saw = self.vision(self.look(features, boxes), region_summand, vision_gates)  # [B, R, D]
        text, read = self.language(self.embed(token_ids), text_summand, language_gates)  # [B, T, D]
        met = []
        for index, layer in enumerate(self.cross):
            text, regions, saved = layer(text, text_summand, regions, region_summand, cross_gates[:, index])
            met.append(saved)
        logits, answered = self.answer(text)

        of_text, of_regions = self.answer.backward(answered, target), None
        gradients = []
        for layer, saved in zip(reversed(self.cross), reversed(met), strict=True):
            of_text, of_regions, of_attentions = layer.backward(saved, of_text, of_regions)
            gradients.insert(0, of_attentions)
        attended = {"language": [block for block, _ in read], "vision": [block for block, _ in saw]}
        attended |= {name: [saved[name] for saved in met] for name in MODULES[2:]}

        def of_layers(what: str) -> list[Tensor]:
            return [torch.stack([saved[what] for saved in attended[name]], dim=1) for name in MODULES]

        return (
            logits,
            *of_layers("attention"),  # six of [B, L, H, query, key]
            self.language.backward(read, of_text),
            self.vision.backward(saw, of_regions),
            *(torch.stack(maps, dim=1) for maps in zip(*gradients, strict=True)),
            *of_layers("scores"),
            *of_layers("value"),  # six of [B, L, H, key, D/H]
        )

    def embed(self, token_ids: Tensor) -> Tensor:
        words = self.embeddings.word_embeddings(token_ids)  # [B, T, D]
        positions = self.embeddings.position_embeddings.weight[: token_ids.shape[1]]  # [T, D]
        states, _ = norm(self.embeddings.LayerNorm, words + positions + self.embeddings.token_type_embeddings.weight[0])
        return states


def explain_graph(model: Lxmert) -> Graph:
    """Inputs and outputs are named as the pack's readers expect them; gates of 1 leave a head as it is."""
    config = model.config
    batch, region = Dim("batch", min=1, max=256), Dim("region", min=1, max=256)
    token = Dim("token", min=1, max=config.max_position_embeddings)
    by_batch, by_region, by_token = {0: batch}, {0: batch, 1: region}, {0: batch, 1: token}

    def gates(*layers: int) -> Tensor:
        return torch.rand(TRACED_BATCH, *layers, config.num_attention_heads)

    token_ids = torch.ones(TRACED_BATCH, TRACED_TOKENS, dtype=torch.int32)
    return Graph(
        EXPLAIN_FILE,
        ExplainedAnswer(model),
        {
            "features": (torch.rand(TRACED_BATCH, TRACED_REGIONS, config.visual_feat_dim), by_region),
            "boxes": (torch.rand(TRACED_BATCH, TRACED_REGIONS, 4), by_region),
            "region_mask": (torch.ones(TRACED_BATCH, TRACED_REGIONS), by_region),
            "token_ids": (token_ids, by_token),
            "token_mask": (torch.ones(TRACED_BATCH, TRACED_TOKENS), by_token),
            "language_gates": (gates(config.l_layers), by_batch),
            "vision_gates": (gates(config.r_layers), by_batch),
            "cross_gates": (gates(config.x_layers, 4), by_batch),
            "target": (torch.rand(TRACED_BATCH, config.num_qa_labels), by_batch),
        },
        OUTPUTS,
        byte_rows=config.vocab_size,
        borrows=LENDERS,
    )
