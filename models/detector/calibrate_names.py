"""How loudly ImageNet's evidence may speak for classes that no box names.

Classes with boxes and with ImageNet labels serve as stand-ins: for every sample a random part
of them is reduced to slope * evidence + shift, and the two numbers are fitted to the true names.
Rare things are rarer than the stand-ins, so the shift is lowered until few regions of
ordinary photos are called by such a name.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from models.detector.judged_regions import JudgedRegions
from models.detector.roi_head import RoiHead

HIDDEN_SHARE = 0.3
RARE_SHARE = 0.005  # of the regions may be called by a name without boxes
SHIFT_STEP = 0.25


def stand_ins(head: RoiHead) -> Tensor:
    """[C+1] bool: classes with both kinds of evidence."""
    return (head.names.name_of_class < head.names.names) & ~head.unboxed


def fit_unboxed(head: RoiHead, judged: JudgedRegions, seed: int) -> Tensor:
    """-> [slope, shift] of the logit that ImageNet's evidence alone gives."""
    evidence = head.names.onto_classes(judged.names)
    direct = (judged.parts.direct + judged.parts.coco + judged.parts.names).masked_fill(head.unboxed, -1e4)
    hidden = torch.rand(direct.shape, generator=torch.Generator().manual_seed(seed)) < HIDDEN_SHARE
    hidden &= stand_ins(head)
    numbers = torch.tensor([1.0, -4.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([numbers], max_iter=30, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        mixed = torch.where(hidden, numbers[0] * evidence + numbers[1], direct)
        loss = F.cross_entropy(mixed, judged.parts.labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    slope, shift = numbers.detach()
    # The shares of those that were reduced at a time now go to all classes without boxes.
    shift = shift - torch.log(head.unboxed.sum().clamp(min=1) / hidden.sum(1).float().mean().clamp(min=1)).clamp(min=0)
    alone = (slope * evidence).masked_fill(~head.unboxed, -1e4).amax(1)
    best = direct.amax(1)
    while (alone + shift > best).float().mean() > RARE_SHARE:
        shift = shift - SHIFT_STEP
    return torch.stack([slope, shift])
