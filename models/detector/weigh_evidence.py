"""How much the head's own view counts beside the evidence it is handed.

The head knows its training photos by heart and is surer than it should be; COCO's and ImageNet's
evidence comes from detectors that were trained on other photos. Four numbers, fitted on photos
that the head has not seen, set that right; they are folded into its weights.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from models.detector.judged_regions import LogitParts
from models.detector.roi_head import RoiHead


def weighed(parts: LogitParts, weights: Tensor) -> Tensor:
    """weights [4]: of the head, of COCO's evidence, of ImageNet's, and what background gains -> logits [sample,C+1]."""
    background = F.one_hot(torch.tensor(parts.direct.shape[1] - 1), parts.direct.shape[1])
    return weights[0] * parts.direct + weights[1] * parts.coco + weights[2] * parts.names + weights[3] * background


def fit_weights(parts: LogitParts) -> Tensor:
    """[4], by the labels' likelihood."""
    weights = torch.tensor([0.7, 1.0, 1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=30, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(weighed(parts, weights), parts.labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    return weights.detach()


@torch.no_grad()
def fold_weights(head: RoiHead, weights: Tensor) -> None:
    """Multiplies the head's layers in place, so that its logits become the weighed ones."""
    head.classify.weight.mul_(weights[0])
    head.classify.bias.mul_(weights[0])
    head.classify.bias[-1] += weights[3]
    head.evidence_gain.mul_(weights[1])
    head.names_gain.mul_(weights[2])
