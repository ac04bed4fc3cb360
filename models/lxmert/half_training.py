"""AdamW on single-precision masters of a network that computes in bfloat16."""

import torch
from torch import nn

BETAS = (0.9, 0.98)
WEIGHT_DECAY = 0.01
GRADIENT_NORM = 1.0


class HalfTraining:
    """The network's own parameters are the rounded copies; the masters are what is learned and saved."""

    def __init__(self, model: nn.Module) -> None:
        self.names = [name for name, _ in model.named_parameters()]
        self.masters = [parameter.detach().float().clone() for parameter in model.parameters()]
        self.model = model.bfloat16()
        self.copies = list(model.parameters())
        self.optimiser = torch.optim.AdamW(self.masters, lr=0.0, betas=BETAS, weight_decay=WEIGHT_DECAY, fused=True)
        self._publish()

    def step(self, learning_rate: float) -> None:
        """One update from the gradients that backward passes left in the network."""
        for master, copy in zip(self.masters, self.copies, strict=True):
            master.grad = None if copy.grad is None else copy.grad.float()
            copy.grad = None
        nn.utils.clip_grad_norm_(self.masters, GRADIENT_NORM)
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._publish()

    @torch.no_grad()
    def _publish(self) -> None:
        torch._foreach_copy_(self.copies, self.masters)

    def weights(self) -> dict[str, torch.Tensor]:
        """State dict in single precision."""
        return dict(zip(self.names, self.masters, strict=True))
