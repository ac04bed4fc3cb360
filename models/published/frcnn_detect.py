"""From a photo to 36 regions with the Visual Genome Faster R-CNN, as its published code goes, mended where that breaks."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.published.frcnn_boxes import anchor_grid, apply_deltas, clip_to_image, suppress
from models.published.frcnn_lineage import MEAN, Lineage, input_size
from models.published.frcnn_network import FasterRcnn
from models.published.frcnn_pool import pool_regions
from models.published.frcnn_size import STRIDE

PROPOSAL_WEIGHTS = (1.0, 1.0, 1.0, 1.0)
REGION_WEIGHTS = (10.0, 10.0, 5.0, 5.0)
ROIS_AT_ONCE = 16


@dataclass(frozen=True)
class Classified:
    """What the head says of every proposal."""

    proposals: Tensor  # [n,4] pixels of the network's input
    refined: Tensor  # [n,4] for the best class, clipped
    class_scores: Tensor  # [n,objects], the background's share left out
    attribute_scores: Tensor  # [n,attributes], sum to 1
    features: Tensor  # [n,2048]


@dataclass(frozen=True)
class Regions:
    """Kept regions, best first; boxes as fractions of the picture."""

    boxes: np.ndarray  # [region,4]
    labels: np.ndarray  # [region]
    scores: np.ndarray  # [region] probability of the label
    attributes: np.ndarray  # [region] best attribute
    attribute_scores: np.ndarray  # [region] of it
    features: np.ndarray  # [region,2048]


def preprocess(photo: np.ndarray, short_side: int, long_side: int) -> Tensor:
    """RGB uint8 [height, width, 3] -> [1,3,rows,columns]: blue first, bilinear between pixel centres, mean taken off."""
    target = input_size(photo.shape[0], photo.shape[1], short_side, long_side)
    bgr = torch.from_numpy(photo[:, :, ::-1].astype(np.float32)).permute(2, 0, 1)[None]
    # Two samples per axis however much the picture shrinks: what the extractor was trained with.
    resized = F.interpolate(bgr, size=target, mode="bilinear", align_corners=False, antialias=False)
    return resized - torch.tensor(MEAN)[:, None, None]


def propose(network: FasterRcnn, pixels: Tensor, lineage: Lineage, photo_scale: float) -> tuple[Tensor, Tensor]:
    """pixels [1,3,height,width] -> res4, proposals [n,4] by falling objectness; `photo_scale` is input over source."""
    feature_map = network.backbone(pixels)
    logits, deltas = network.proposal_generator(feature_map)
    cells = network.proposal_generator.anchor_generator.cell_anchors[0]
    anchors = anchor_grid(cells, feature_map.shape[2], feature_map.shape[3], STRIDE)
    boxes = clip_to_image(apply_deltas(anchors, deltas, PROPOSAL_WEIGHTS), *pixels.shape[2:])
    large = sides(boxes) >= lineage.min_side * photo_scale
    boxes, logits = boxes[large], logits[large]
    best = logits.argsort(descending=True, stable=True)[: lineage.candidates]
    best = best[sides(boxes[best]) > 0]
    boxes, logits = boxes[best], logits[best]
    return feature_map, boxes[suppress(boxes, logits, lineage.proposal_iou, lineage.proposals)]


def sides(boxes: Tensor) -> Tensor:
    """[n,4] -> [n]: the shorter side."""
    return (boxes[:, 2:] - boxes[:, :2]).amin(dim=1)


def classify(network: FasterRcnn, feature_map: Tensor, proposals: Tensor, image_size: tuple[int, int]) -> Classified:
    """`image_size`: height and width of the network's input."""
    parts = []
    for boxes in proposals.split(ROIS_AT_ONCE):
        pooled = pool_regions(feature_map, boxes, network.size.bins, STRIDE)
        features, logits, deltas, attributes = network.roi_heads(pooled)
        scores = logits.softmax(dim=1)[:, :-1]
        rows = torch.arange(len(boxes))
        refined = apply_deltas(boxes, deltas[rows, scores.argmax(dim=1)], REGION_WEIGHTS)
        parts.append((boxes, clip_to_image(refined, *image_size), scores, attributes.softmax(dim=1), features))
    return Classified(*(torch.cat(values) for values in zip(*parts, strict=True)))


def select(found: Classified, lineage: Lineage) -> list[int]:
    """Rows of the regions, best first."""
    boxes = found.refined if lineage.refined else found.proposals
    if lineage.per_class:
        scores = class_survivors(boxes, found.class_scores, lineage.region_ious[0])
        return scores.argsort(descending=True, stable=True)[: lineage.regions].tolist()
    scores = found.class_scores.amax(dim=1)
    kept: list[int] = []
    for iou in lineage.region_ious:
        kept = suppress(boxes, scores, iou, lineage.regions)
        if len(kept) == lineage.regions:
            return kept
    # The published code goes on with whatever it has at hand, or stops; here the best of the suppressed fill up.
    rest = [row for row in scores.argsort(descending=True, stable=True).tolist() if row not in set(kept)]
    return kept + rest[: lineage.regions - len(kept)]


def class_survivors(boxes: Tensor, class_scores: Tensor, iou: float) -> Tensor:
    """[n]: the best score of each box among the classes in which no better box suppresses it; 0 where it has none."""
    best = torch.zeros(len(boxes))
    for scores in class_scores.unbind(1):
        kept = suppress(boxes, scores, iou)
        best[kept] = torch.maximum(best[kept], scores[kept])
    return best


@torch.no_grad()
def detect(
    network: FasterRcnn, photo: np.ndarray, lineage: Lineage, sides_of_input: tuple[int, int] | None = None
) -> Regions:
    """photo: RGB uint8 [height, width, 3]; `sides_of_input` instead of the lineage's short and long side."""
    short_side, long_side = sides_of_input or (lineage.short_side, lineage.long_side)
    pixels = preprocess(photo, short_side, long_side)
    height, width = pixels.shape[2:]
    feature_map, proposals = propose(network, pixels, lineage, height / photo.shape[0])
    found = classify(network, feature_map, proposals, (height, width))
    kept = select(found, lineage)
    boxes = (found.refined if lineage.refined else found.proposals)[kept]
    best_attribute = found.attribute_scores[kept].max(dim=1)
    return Regions(
        boxes=(boxes / torch.tensor([width, height, width, height])).numpy(),
        labels=found.class_scores[kept].argmax(dim=1).numpy(),
        scores=found.class_scores[kept].amax(dim=1).numpy(),
        attributes=best_attribute.indices.numpy(),
        attribute_scores=best_attribute.values.numpy(),
        features=found.features[kept].numpy(),
    )
