"""What transformers' own LXMERT attends to for a question, and an answer's gradient there by autograd.

Its attention blocks are listened to as they run: this is what the graphs of gradients are compared with, and shares no
arithmetic with them. Shapes: L layer, H head; maps of one question, [L, H, query, key].
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.lxmert.reference_run import run_transformers
from models.lxmert.relevance import Maps


@dataclass(frozen=True)
class ExplainedByAutograd:
    logits: Tensor  # [answer]
    attention: Maps
    gradients: Maps


def explain_by_autograd(model: nn.Module, inputs: dict[str, Tensor], target: Tensor) -> ExplainedByAutograd:
    """`inputs` as the graphs have them, a batch of one; `target` [answer] weighs the logits."""
    called: dict[nn.Module, list[Tensor]] = {}
    # The probabilities as they are multiplied with the values; dropout gives them on unchanged.
    hooks = [
        block.dropout.register_forward_hook(
            lambda _dropout, _inputs, probabilities, block=block: called.setdefault(block, []).append(probabilities)
        )
        for block in blocks_of(model)
    ]
    with torch.enable_grad():
        logits = run_transformers(model, inputs).question_answering_score[0]
        seen = [probabilities for calls in called.values() for probabilities in calls]
        # The last layer's regions are read by nobody.
        found = torch.autograd.grad((logits * target).sum(), seen, allow_unused=True)
    for hook in hooks:
        hook.remove()
    by_call = iter(torch.zeros_like(one) if grad is None else grad for one, grad in zip(seen, found, strict=True))
    gradients = {block: [next(by_call) for _ in calls] for block, calls in called.items()}
    return ExplainedByAutograd(logits.detach(), by_module(model, called), by_module(model, gradients))


def blocks_of(model: nn.Module) -> list[nn.Module]:
    encoder = model.lxmert.encoder
    selves = [layer.attention.self for layer in (*encoder.layer, *encoder.r_layers)]
    crossing = [
        block
        for layer in encoder.x_layers
        for block in (layer.visual_attention.att, layer.lang_self_att.self, layer.visn_self_att.self)
    ]
    return [*selves, *crossing]


def by_module(model: nn.Module, called: dict[nn.Module, list[Tensor]]) -> Maps:
    """A cross layer's first block is called twice, by the words first."""
    encoder = model.lxmert.encoder
    maps = {
        "language": [called[layer.attention.self][0] for layer in encoder.layer],
        "vision": [called[layer.attention.self][0] for layer in encoder.r_layers],
        "text_to_region": [called[layer.visual_attention.att][0] for layer in encoder.x_layers],
        "region_to_text": [called[layer.visual_attention.att][1] for layer in encoder.x_layers],
        "text_self": [called[layer.lang_self_att.self][0] for layer in encoder.x_layers],
        "region_self": [called[layer.visn_self_att.self][0] for layer in encoder.x_layers],
    }
    return {name: torch.cat(layers).detach().double() for name, layers in maps.items()}
