"""How loudly ImageNet's evidence may speak for classes that no box names.

Classes with boxes and with ImageNet labels serve as stand-ins: for every sample a random part
of them is reduced to slope * evidence + shift, and the two numbers are fitted to the true names.
Rare things are rarer than the stand-ins, so the shift is lowered until few regions of
ordinary photos are called by such a name.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.detector.backbone import DetectorBackbone
from models.detector.roi_head import RoiHead
from models.detector.targets import UNKNOWN
from models.detector.train_head import draw_regions, head_outputs
from models.detector.training_views import TrainingViews

HIDDEN_SHARE = 0.3
RARE_SHARE = 0.02  # of the regions may be called by a name without boxes
SHIFT_STEP = 0.25


def stand_ins(head: RoiHead) -> Tensor:
    """[C+1] bool: classes with both kinds of evidence."""
    return (head.names.name_of_class < head.names.names) & ~head.unboxed


def fit_unboxed(head: RoiHead, logits: Tensor, names: Tensor, labels: Tensor, seed: int) -> Tensor:
    """logits [sample,C+1], names [sample,name], labels [sample] class or background -> [slope, shift]."""
    boxed = ~head.unboxed[labels]
    logits, names, labels = logits[boxed], names[boxed], labels[boxed]
    evidence = head.names.onto_classes(names)
    direct = logits.masked_fill(head.unboxed, -1e4)
    hidden = torch.rand(direct.shape, generator=torch.Generator().manual_seed(seed)) < HIDDEN_SHARE
    hidden &= stand_ins(head)
    numbers = torch.tensor([1.0, -4.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([numbers], max_iter=30)

    def closure() -> Tensor:
        optimiser.zero_grad()
        mixed = torch.where(hidden, numbers[0] * evidence + numbers[1], direct)
        loss = F.cross_entropy(mixed, labels)
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


@torch.no_grad()
def judged_regions(
    backbone: DetectorBackbone, head: RoiHead, views: TrainingViews, keys: list[str], proposals: np.ndarray, seed: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Regions of photos, as training draws them -> class logits, names' evidence and labels, as `fit_unboxed` has them."""
    generator = np.random.default_rng(seed)
    logits, names, labels = [], [], []
    for key in keys:
        view = views.load(views.cache.rows_of[key][0])
        drawn = draw_regions(view, proposals[view.row], generator)
        source = drawn.samples.source
        named = torch.from_numpy(view.targets.classes)[source.clamp(min=0)]
        label = torch.where(source == UNKNOWN, head.unboxed.shape[0] - 1, named)
        sure = label != UNKNOWN
        logits.append(head_outputs(backbone, head, [drawn])[0].float()[sure])
        names.append(head.names(backbone.imagenet_down(drawn.imagenet))[sure])
        labels.append(label[sure])
    return torch.cat(logits), torch.cat(names), torch.cat(labels)
