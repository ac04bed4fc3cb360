"""Is a sentence true of a pair of photos? The head that LXMERT puts on NLVR2.

LXMERT runs once per photo with the same sentence; the head reads both pooled states, left first. Layout, order and the
names of the weights are those of the published fine-tuning (airsplay/lxmert, src/tasks/nlvr2_model.py).
"""

import torch
from torch import Tensor, nn

FALSE, TRUE = 0, 1  # what the two logits stand for

LAYER_NORM_EPSILON = 1e-12  # as in every layer norm of LXMERT


class TwoPhotoHead(nn.Module):
    """[left | right] -> 2D -> GELU -> layer norm -> 2."""

    def __init__(self, hidden_size: int):
        super().__init__()
        self.logit_fc = nn.Sequential(
            nn.Linear(2 * hidden_size, 2 * hidden_size),
            nn.GELU(),
            nn.LayerNorm(2 * hidden_size, eps=LAYER_NORM_EPSILON),
            nn.Linear(2 * hidden_size, 2),
        )

    def forward(self, pooled_left: Tensor, pooled_right: Tensor) -> Tensor:
        """Pooled states of the same sentence with either photo, [B, D] each -> logits of FALSE and TRUE, [B, 2]."""
        return self.logit_fc(torch.cat([pooled_left, pooled_right], dim=1))  # [B, 2D] -> [B, 2]
