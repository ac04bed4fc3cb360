"""What the detector's first graph gives for a view, from what was cached of it."""

import numpy as np
import torch
from torch import Tensor

from models.detector.backbone import DetectorBackbone, calibrated
from models.detector.calibrate import proposals_of_levels
from models.detector.feature_cache import CachedView
from models.detector.select_regions import Selection, select_proposals

PROPOSAL_CANDIDATES = 1500  # more than are ever looked at before enough are kept


def maps_of_view(backbone: DetectorBackbone, view: CachedView) -> list[Tensor]:
    """In the order of FEATURE_MAPS; of the dense predictions only the strongest."""
    maps = backbone.maps([level.float() for level in view.levels])
    imagenet = backbone.imagenet_down(view.imagenet[0].permute(1, 2, 0).float())
    return [*maps, backbone.colours.shares(view.patches.float()), imagenet, view.dense_boxes, view.dense_scores]


@torch.no_grad()
def propose(backbone: DetectorBackbone, view: CachedView, rule: Selection) -> np.ndarray:
    """Selected proposals of a cached view, [proposal,4]."""
    boxes, scores = proposals_of_levels(backbone.proposals, [x.float() for x in view.levels])
    dense = calibrated(view.dense_scores.amax(1), backbone.dense_calibration)
    own = calibrated(scores, backbone.proposal_calibration)
    all_boxes, all_scores = torch.cat([view.dense_boxes, boxes]), torch.cat([dense, own])
    best = all_scores.topk(PROPOSAL_CANDIDATES).indices
    return select_proposals(all_boxes[best].numpy(), all_scores[best].numpy(), rule)
