"""LXMERT's three graphs, ready to be written: modules, example inputs, names of the dynamic axes."""

import torch
from torch.export import Dim

from models.lxmert.export_modules import CrossEncoder, LanguageEncoder, VisionEncoder
from models.lxmert.network import Lxmert
from models.pack.write_graph import Graph

VISION_FILE = "lxmert-vision.onnx"
LANGUAGE_FILE = "lxmert-language.onnx"
CROSS_FILE = "lxmert-cross.onnx"

# The traced lengths; none of them is what the page or `models.verify` runs.
# Text to region, region to text, and both streams to themselves.
CROSS_ATTENTIONS = 4

TRACED_BATCH, TRACED_REGIONS, TRACED_TOKENS = 2, 5, 7


def lxmert_graphs(model: Lxmert) -> list[Graph]:
    """Vision, language and cross encoder. Inputs and outputs are named as the pack's readers expect them."""
    config = model.config
    batch, region = Dim("batch", min=1, max=256), Dim("region", min=1, max=256)
    token = Dim("token", min=1, max=config.max_position_embeddings)
    by_region, by_token = {0: batch, 1: region}, {0: batch, 1: token}
    region_states = torch.rand(TRACED_BATCH, TRACED_REGIONS, config.hidden_size)
    token_states = torch.rand(TRACED_BATCH, TRACED_TOKENS, config.hidden_size)
    region_mask = torch.ones(TRACED_BATCH, TRACED_REGIONS)
    token_mask = torch.ones(TRACED_BATCH, TRACED_TOKENS)

    def gates(*layers: int) -> tuple[torch.Tensor, dict[int, Dim]]:
        return torch.rand(TRACED_BATCH, *layers, config.num_attention_heads), {0: batch}

    return [
        Graph(
            VISION_FILE,
            VisionEncoder(model.lxmert),
            {
                "features": (torch.rand(TRACED_BATCH, TRACED_REGIONS, config.visual_feat_dim), by_region),
                "boxes": (torch.rand(TRACED_BATCH, TRACED_REGIONS, 4), by_region),
                "region_mask": (region_mask, by_region),
                "head_gates": gates(config.r_layers),
            },
            ["vision_states", "vision_attention"],
        ),
        Graph(
            LANGUAGE_FILE,
            LanguageEncoder(model.lxmert),
            {
                "token_ids": (torch.ones(TRACED_BATCH, TRACED_TOKENS, dtype=torch.int32), by_token),
                "token_mask": (token_mask, by_token),
                "head_gates": gates(config.l_layers),
            },
            ["language_states", "language_attention"],
            byte_rows=config.vocab_size,
        ),
        Graph(
            CROSS_FILE,
            CrossEncoder(model.lxmert, model.answer_head),
            {
                "language_states": (token_states, by_token),
                "token_mask": (token_mask, by_token),
                "vision_states": (region_states, by_region),
                "region_mask": (region_mask, by_region),
                "head_gates": gates(config.x_layers, CROSS_ATTENTIONS),
            },
            [
                "logits",
                "pooled",
                "text_states",
                "region_states",
                "text_to_region_attention",
                "region_to_text_attention",
                "text_self_attention",
                "region_self_attention",
            ],
        ),
    ]
