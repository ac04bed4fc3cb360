"""An LXMERT of any size with random weights, told apart enough that a mistake in any of them shows."""

import torch
from torch import nn
from transformers import LxmertConfig


def random_lxmert(kind: type, configuration: LxmertConfig, spread: float, seed: int) -> nn.Module:
    """In evaluation mode; weights are normal with `spread`, which fresh networks have at 0.02 and attend to all alike."""
    torch.manual_seed(seed)
    configuration.initializer_range = spread
    model = kind(configuration)
    with torch.no_grad():
        for module in model.modules():
            # Fresh norms and biases are ones and zeros, with which much that is wrong goes unnoticed.
            if isinstance(module, nn.LayerNorm):
                module.weight.normal_(1.0, 0.1)
            if isinstance(module, nn.LayerNorm | nn.Linear) and module.bias is not None:
                module.bias.normal_(0.0, 0.1)
    return model.eval()
