"""The whole detector on one photo, as the TypeScript engine runs it."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.detector.backbone import DetectorBackbone
from models.detector.preprocess import preprocess
from models.detector.roi_head import RoiHead
from models.detector.select_regions import EVERYDAY_RULE, Selection, select_proposals, select_regions


@dataclass(frozen=True)
class Detections:
    """Kept regions, best first."""

    boxes: np.ndarray  # [region,4] refined, fractions
    features: np.ndarray  # [region,C+A+128]
    scores: np.ndarray  # [region]
    labels: np.ndarray  # [region] class indices
    attribute_scores: np.ndarray  # [region,A]


@torch.no_grad()
def regions_of_maps(head: RoiHead, maps: list[Tensor], proposals: np.ndarray, rule: Selection) -> Detections:
    """Feature maps of the backbone and proposals [proposal,4] -> the kept regions."""
    outputs = head(*maps, torch.from_numpy(proposals))
    class_scores, attribute_scores, refined, features = (x.numpy() for x in outputs)
    kept = select_regions(refined, class_scores, rule)
    return Detections(
        boxes=refined[kept],
        features=features[kept],
        scores=class_scores[kept].max(axis=1),
        labels=class_scores[kept].argmax(axis=1),
        attribute_scores=attribute_scores[kept],
    )


@torch.no_grad()
def detect_regions(
    backbone: DetectorBackbone, head: RoiHead, photo: np.ndarray, rule: Selection = EVERYDAY_RULE
) -> Detections:
    """photo: RGB [rows, columns, 3], 0..255."""
    proposal_boxes, proposal_scores, *maps = backbone(torch.from_numpy(preprocess(photo)))
    proposals = select_proposals(proposal_boxes.numpy(), proposal_scores.numpy(), rule)
    return regions_of_maps(head, maps, proposals, rule)
