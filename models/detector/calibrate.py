"""Brings the scores of both proposal heads to one scale: the chance that a box fits a labelled one."""

import torch
from torch import Tensor

from models.detector.class_evidence import box_ious
from models.detector.preprocess import HEIGHT, WIDTH
from models.detector.region_proposals import RegionProposals
from models.detector.training_views import TrainingViews

FITTING = 0.5  # IoU from which a box fits
BEST_OF_VIEW = 150


@torch.no_grad()
def proposals_of_levels(model: RegionProposals, levels: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Float levels of a cached view -> boxes [cell,4], scores [cell]."""
    return model(levels, torch.empty(1, 3, HEIGHT, WIDTH, device="meta"))


def fit_logistic(scores: Tensor, fits: Tensor) -> Tensor:
    """[slope, shift] of the logistic regression of fits [n] on the logit of scores [n]."""
    safe = scores.clamp(1e-4, 1 - 1e-4)
    logits = torch.log(safe / (1 - safe))
    calibration = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([calibration], max_iter=50)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(calibration[0] * logits + calibration[1], fits)
        loss.backward()
        return loss

    optimiser.step(closure)
    return calibration.detach()


def calibrate(model: RegionProposals, views: TrainingViews, keys: list[str]) -> tuple[Tensor, Tensor]:
    """-> calibration of the dense head's scores and of the proposals' scores, each [slope, shift]."""
    dense, proposed = [], []
    for key in keys:
        view = views.load(views.cache.rows_of[key][0])
        boxes = torch.from_numpy(view.targets.boxes)
        own_boxes, own_scores = proposals_of_levels(model, [x.float() for x in view.cached.levels])
        best = own_scores.topk(BEST_OF_VIEW).indices
        for found, b, s in (
            (dense, view.cached.dense_boxes, view.cached.dense_scores.amax(1)),
            (proposed, own_boxes[best], own_scores[best]),
        ):
            found.append((s, (box_ious(b, boxes).amax(1) >= FITTING).float()))
    return tuple(fit_logistic(torch.cat([s for s, _ in x]), torch.cat([f for _, f in x])) for x in (dense, proposed))
