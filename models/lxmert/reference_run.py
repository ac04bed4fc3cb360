"""transformers' own LXMERT on the inputs of the exported graphs, which are compared with it."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from transformers.utils import ModelOutput


def run_transformers(model: nn.Module, inputs: Mapping[str, Tensor]) -> ModelOutput:
    """model: one of transformers' LXMERTs; inputs: `features` [batch, region, feature], `boxes` [batch, region, 4],
    `region_mask` [batch, region], `token_ids` and `token_mask` [batch, token], masks 1 = keep."""
    token_ids = inputs["token_ids"].long()
    return model(
        input_ids=token_ids,
        visual_feats=inputs["features"],
        visual_pos=inputs["boxes"],
        attention_mask=inputs["token_mask"],
        visual_attention_mask=inputs["region_mask"],
        token_type_ids=torch.zeros_like(token_ids),
        output_attentions=True,
        return_dict=True,
    )
