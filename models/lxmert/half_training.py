"""AdamW on single-precision masters of a network that computes in bfloat16, where the processor can."""

import torch
from torch import nn

BETAS = (0.9, 0.98)
WEIGHT_DECAY = 0.01
GRADIENT_NORM = 1.0
# The heads beside the answers' learn from few of the batches, and nothing else hangs on them.
LATE_HEADS = ("cls.", "obj_predict_head.", "two_photo_head.")
LATE_HEADS_RATE = 3.0


def computing_type() -> torch.dtype:
    """bfloat16 where the processor multiplies it; where it is emulated it takes fifty times as long as float32."""
    return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32


class HalfTraining:
    """The network's own parameters are the rounded copies; the masters are what is learned and saved."""

    def __init__(self, model: nn.Module, dtype: torch.dtype | None = None) -> None:
        """dtype: in which the network computes; None for what suits the processor."""
        self.names = [name for name, _ in model.named_parameters()]
        self.masters = [parameter.detach().float().clone() for parameter in model.parameters()]
        self.model = model.to(dtype or computing_type())
        self.copies = list(model.parameters())
        named = list(zip(self.names, self.masters, strict=True))
        late = [master for name, master in named if name.startswith(LATE_HEADS)]
        body = [master for name, master in named if not name.startswith(LATE_HEADS)]
        groups = [{"params": body, "rate": 1.0}, {"params": late, "rate": LATE_HEADS_RATE}]
        self.optimiser = torch.optim.AdamW(groups, lr=0.0, betas=BETAS, weight_decay=WEIGHT_DECAY, fused=True)
        self._publish()

    def step(self, learning_rate: float, strength: float = 1.0) -> None:
        """One update from the gradients that backward passes left in the network, cut to a length of `strength`."""
        for master, copy in zip(self.masters, self.copies, strict=True):
            master.grad = None if copy.grad is None else copy.grad.float()
            copy.grad = None
        nn.utils.clip_grad_norm_(self.masters, GRADIENT_NORM * strength)
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate * group["rate"]
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._publish()

    @torch.no_grad()
    def _publish(self) -> None:
        torch._foreach_copy_(self.copies, self.masters)

    def weights(self) -> dict[str, torch.Tensor]:
        """State dict in single precision."""
        return dict(zip(self.names, self.masters, strict=True))
