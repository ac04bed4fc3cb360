"""Graph 2 of the detector: any boxes, to names, attributes, better boxes and region vectors."""

import torch
from torch import Tensor, nn

from models.detector.class_evidence import class_evidence
from models.detector.nanodet import COCO_CLASSES
from models.detector.roi_align import BINS, pool_regions

EMBEDDING = 128
GEOMETRY = 8  # box, size, log area, log aspect
# Deltas are learned as multiples of these, so that all are of one magnitude.
DELTA_SCALE = (0.1, 0.1, 0.2, 0.2)


def box_geometry(boxes: Tensor) -> Tensor:
    """boxes [box,4] -> [box, GEOMETRY]."""
    width = (boxes[:, 2] - boxes[:, 0]).clamp(min=1e-3)
    height = (boxes[:, 3] - boxes[:, 1]).clamp(min=1e-3)
    log_area, log_aspect = torch.log(width * height), torch.log(width / height)
    derived = torch.stack([width, height, 0.3 * log_area, log_aspect], dim=1)
    return torch.cat([boxes, derived], dim=1)


def refine_boxes(boxes: Tensor, deltas: Tensor) -> Tensor:
    """boxes [box,4], deltas [box,4] (centre shift in sizes, log size change) -> boxes [box,4], clipped."""
    size = (boxes[:, 2:] - boxes[:, :2]).clamp(min=1e-3)
    scaled = deltas * deltas.new_tensor(DELTA_SCALE)
    centre = 0.5 * (boxes[:, :2] + boxes[:, 2:]) + scaled[:, :2] * size
    half = 0.5 * size * scaled[:, 2:].clamp(-1.5, 1.5).exp()
    return torch.cat([centre - half, centre + half], dim=1).clamp(0.0, 1.0)


class RoiHead(nn.Module):
    """Pooled cells, box geometry, whole-image vector and COCO evidence -> what a region is."""

    def __init__(
        self,
        classes: int,
        attributes: int,
        map_channels: tuple[int, ...],
        coco_classes: list[int | None],
        cell_channels: int = 192,
        hidden: int = 512,
        dropout: float = 0.3,
    ) -> None:
        """coco_classes: our class index of each of COCO's 80, None where we have no such class."""
        super().__init__()
        self.cell = nn.Linear(sum(map_channels), cell_channels)
        self.cells_to_hidden = nn.Linear(BINS * BINS * cell_channels, hidden)
        context = GEOMETRY + sum(map_channels) + COCO_CLASSES
        self.context_to_hidden = nn.Linear(context, hidden, bias=False)
        self.deepen = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Linear(hidden, classes + 1)  # the last one is background
        self.attribute = nn.Linear(hidden, attributes)
        self.delta = nn.Linear(hidden, 4)
        self.embed = nn.Linear(hidden, EMBEDDING)
        self.evidence_gain = nn.Parameter(torch.ones(COCO_CLASSES))
        onto = torch.zeros(COCO_CLASSES, classes + 1)
        for coco, ours in enumerate(coco_classes):
            if ours is not None:
                onto[coco, ours] = 1.0
        self.register_buffer("coco_onto_classes", onto)
        for predict in (self.classify, self.attribute, self.delta):
            nn.init.normal_(predict.weight, std=0.01)
            nn.init.zeros_(predict.bias)

    def logits(
        self, cells: Tensor, context: Tensor, boxes: Tensor, evidence: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """cells [box,16,channels], context [box or 1,channels], boxes [box,4], evidence [box,80]
        -> class logits [box,C+1], attribute logits [box,A], deltas [box,4], embedding [box,128].
        """
        box_count = boxes.shape[0]
        cells = self.dropout(torch.relu(self.cell(cells)))  # [box,16,cell channels]
        aside = torch.cat([box_geometry(boxes), context.expand(box_count, -1), evidence], dim=1)
        hidden = self.cells_to_hidden(cells.flatten(1)) + self.context_to_hidden(aside)
        hidden = self.dropout(torch.relu(hidden))  # [box,hidden]
        hidden = hidden + self.dropout(torch.relu(self.deepen(hidden)))
        carried = (evidence * self.evidence_gain) @ self.coco_onto_classes  # [box,C+1]
        return (
            self.classify(hidden) + carried,
            self.attribute(hidden),
            self.delta(hidden),
            self.embed(hidden),
        )

    def forward(
        self,
        map_8: Tensor,
        map_16: Tensor,
        map_32: Tensor,
        map_64: Tensor,
        dense_boxes: Tensor,
        dense_scores: Tensor,
        boxes: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Maps [rows,columns,channels], boxes [box,4] as fractions
        -> class_scores [box,C], attribute_scores [box,A], refined_boxes [box,4], features [box,C+A+128].
        """
        maps = (map_8, map_16, map_32, map_64)
        cells = torch.cat([pool_regions(m, boxes) for m in maps], dim=2)
        context = torch.cat([m.mean(dim=(0, 1)) for m in maps])[None]
        evidence = class_evidence(boxes, dense_boxes, dense_scores)
        classes, attributes, deltas, embedding = self.logits(cells, context, boxes, evidence)
        class_scores = classes.softmax(dim=1)[:, :-1]
        attribute_scores = attributes.sigmoid()
        features = torch.cat([class_scores, attribute_scores, embedding], dim=1)
        return class_scores, attribute_scores, refine_boxes(boxes, deltas), features
