"""What every attention head computes, read off `transformers`' own LXMERT while it runs: the reference for the graph.

Shapes: H head, d = D/H numbers of a query, a key or a value.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers.models.lxmert.modeling_lxmert import LxmertAttention

from models.lxmert.network import Lxmert
from models.lxmert.relevance import Scene


@dataclass(frozen=True)
class HeadNumbers:
    """Of one attention module in one layer."""

    scores: Tensor  # [H, query, key], QKᵀ/√d before the mask
    values: Tensor  # [H, key, d]
    context: Tensor  # [H, query, d]: the values' weighted sums, as the module gives them out


@torch.no_grad()
def head_numbers(model: Lxmert, scene: Scene) -> dict[str, list[HeadNumbers]]:
    """By module, as `relevance.MODULES` names them, one entry per layer."""
    calls: dict[nn.Module, list[HeadNumbers]] = {}

    def keep(module: nn.Module, inputs: tuple[Tensor, ...], outputs: tuple[Tensor, ...]) -> None:
        calls.setdefault(module, []).append(numbers_of(module, inputs[0], inputs[1], outputs[0]))

    hooks = [
        module.register_forward_hook(keep) for module in model.lxmert.modules() if isinstance(module, LxmertAttention)
    ]
    model.lxmert(
        input_ids=scene.token_ids[None],
        visual_feats=scene.features[None],
        visual_pos=scene.boxes[None],
        attention_mask=scene.token_mask[None],
        visual_attention_mask=scene.region_mask[None],
    )
    for hook in hooks:
        hook.remove()
    encoder = model.lxmert.encoder
    return {
        "language": [calls[layer.attention.self][0] for layer in encoder.layer],
        "vision": [calls[layer.attention.self][0] for layer in encoder.r_layers],
        # One module with one set of weights looks both ways, the words first.
        "text_to_region": [calls[layer.visual_attention.att][0] for layer in encoder.x_layers],
        "region_to_text": [calls[layer.visual_attention.att][1] for layer in encoder.x_layers],
        "text_self": [calls[layer.lang_self_att.self][0] for layer in encoder.x_layers],
        "region_self": [calls[layer.visn_self_att.self][0] for layer in encoder.x_layers],
    }


def numbers_of(module: nn.Module, queries: Tensor, keys: Tensor, context: Tensor) -> HeadNumbers:
    """All with a batch of 1."""
    width = module.attention_head_size

    def by_head(states: Tensor) -> Tensor:
        # [1, S, D] -> [H, S, d]
        return states[0].unflatten(-1, (-1, width)).transpose(0, 1)

    query, key = by_head(module.query(queries)), by_head(module.key(keys))
    return HeadNumbers(query @ key.transpose(-1, -2) / math.sqrt(width), by_head(module.value(keys)), by_head(context))
