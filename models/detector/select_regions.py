"""Which proposals and which regions are kept; the TypeScript engine does exactly the same."""

from dataclasses import dataclass

import numpy as np

WHOLE_IMAGE = np.array([[0.0, 0.0, 1.0, 1.0]], np.float32)


@dataclass(frozen=True)
class Selection:
    """The numbers of pack.json's `detector` section."""

    proposal_count: int = 150
    proposal_min_score: float = 0.0
    proposal_nms_iou: float = 0.7
    region_count: int = 36
    region_nms_iou: float = 0.4


EVERYDAY_RULE = Selection()


def iou_with(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """box [4], boxes [n,4] -> [n]."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = np.clip(high - low, 0.0, None).prod(axis=1)
    area = (box[2:] - box[:2]).prod()
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    return shared / np.maximum(area + areas - shared, 1e-9)


def by_score(scores: np.ndarray) -> np.ndarray:
    """Indices by descending score; among equals the lower index first."""
    return np.argsort(-scores, kind="stable")


def suppress(boxes: np.ndarray, order: np.ndarray, iou: float, count: int) -> list[int]:
    """Greedy: of the boxes in `order`, the first `count` that overlap no earlier kept one by more than `iou`."""
    kept: list[int] = []
    while len(order) > 0 and len(kept) < count:
        best, order = order[0], order[1:]
        kept.append(int(best))
        order = order[iou_with(boxes[best], boxes[order]) <= iou]
    return kept


def select_proposals(boxes: np.ndarray, scores: np.ndarray, rule: Selection = EVERYDAY_RULE) -> np.ndarray:
    """boxes [n,4], scores [n] -> boxes [proposal,4]; the whole image when nothing is proposed."""
    order = by_score(scores)
    order = order[scores[order] >= rule.proposal_min_score]
    kept = suppress(boxes, order, rule.proposal_nms_iou, rule.proposal_count)
    return boxes[kept] if kept else WHOLE_IMAGE


def select_regions(refined: np.ndarray, class_scores: np.ndarray, rule: Selection = EVERYDAY_RULE) -> np.ndarray:
    """refined boxes [n,4], class_scores [n,C] -> indices of the regions, kept ones first, each by score."""
    order = by_score(class_scores.max(axis=1))
    kept = suppress(refined, order, rule.region_nms_iou, rule.region_count)
    suppressed = order[~np.isin(order, kept)]
    return np.array([*kept, *suppressed[: rule.region_count - len(kept)]], dtype=np.int64)
