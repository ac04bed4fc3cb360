"""Graph 2 of the detector: any boxes, to names, attributes, better boxes and region vectors."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.detector.class_evidence import class_evidence
from models.detector.colour_map import COLOURS
from models.detector.names_evidence import NamesEvidence
from models.detector.nanodet import COCO_CLASSES
from models.detector.roi_align import BINS, pool_regions

EMBEDDING = 128
GEOMETRY = 8  # box, size, log area, log aspect
# Deltas are learned as multiples of these, so that all are of one magnitude.
DELTA_SCALE = (0.1, 0.1, 0.2, 0.2)
FIRST_NAMES_GAIN = 0.3
MIDDLE_BINS = (5, 6, 9, 10)  # of BINS x BINS: a thing fills the middle of its box, its corners are something else
COLOUR_FLOOR = 0.02
COLOUR_NUMBERS = 6 * COLOURS


@dataclass(frozen=True)
class HeadShape:
    """Widths; the defaults are the everyday pack's."""

    cell_channels: int = 144
    hidden: int = 512
    imagenet_channels: int = 160
    colour_hidden: int = 48
    dropout: float = 0.3


@dataclass(frozen=True)
class PooledRegions:
    """What the maps hold inside every box; rows belong together."""

    boxes: Tensor  # [box,4]
    cells: Tensor  # [box,16,map channels]
    context: Tensor  # [box or 1,map channels], means over the photo
    coco: Tensor  # [box,80] log evidence
    colours: Tensor  # [box,16,COLOURS] shares
    imagenet: Tensor  # [box,imagenet channels], mean over the box


def pool_maps(
    map_8: Tensor,
    map_16: Tensor,
    map_32: Tensor,
    map_64: Tensor,
    map_colours: Tensor,
    map_imagenet: Tensor,
    dense_boxes: Tensor,
    dense_scores: Tensor,
    boxes: Tensor,
) -> PooledRegions:
    """Maps [rows,columns,channels] of one photo, boxes [box,4] as fractions."""
    maps = (map_8, map_16, map_32, map_64)
    return PooledRegions(
        boxes=boxes,
        cells=torch.cat([pool_regions(m, boxes) for m in maps], dim=2),
        context=torch.cat([m.mean(dim=(0, 1)) for m in maps])[None],
        coco=class_evidence(boxes, dense_boxes, dense_scores),
        colours=pool_regions(map_colours, boxes),
        imagenet=pool_regions(map_imagenet, boxes, bins=1)[:, 0],
    )


def colour_numbers(shares: Tensor, own: Tensor) -> Tensor:
    """shares [box,16,COLOURS] per bin, own [box,16,1] how far a bin shows the thing (sums to 1) -> [box,COLOUR_NUMBERS].

    Shares of the middle, of all and of the thing, plain and as logarithms.
    """
    means = [shares[:, list(MIDDLE_BINS)].mean(dim=1), shares.mean(dim=1), (shares * own).sum(dim=1)]
    joined = torch.cat(means, dim=1)
    return torch.cat([joined, 0.3 * torch.log(joined + COLOUR_FLOOR)], dim=1)


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
    """Pooled cells, colours, box geometry, whole-image vector, COCO's and ImageNet's evidence -> what a region is."""

    def __init__(
        self,
        classes: int,
        attributes: int,
        map_channels: tuple[int, ...],
        coco_classes: list[int | None],
        imagenet_classes: list[int | None],
        shape: HeadShape,
        unboxed: Tensor | None = None,
    ) -> None:
        """coco_classes, imagenet_classes: our class index of each of their classes, None where we have no such one.

        unboxed [C+1] bool: classes that no box names. Their logit is slope * ImageNet evidence + shift, fitted on
        classes that have both kinds of evidence (`calibrate_names`), and the head has no weights for them.
        """
        super().__init__()
        hidden = shape.hidden
        self.cell = nn.Linear(sum(map_channels), shape.cell_channels)
        self.cells_to_hidden = nn.Linear(BINS * BINS * shape.cell_channels, hidden)
        self.names = NamesEvidence(shape.imagenet_channels, imagenet_classes, classes + 1)
        context = GEOMETRY + sum(map_channels) + COCO_CLASSES + self.names.names
        context += shape.imagenet_channels + COLOUR_NUMBERS
        self.context_to_hidden = nn.Linear(context, hidden, bias=False)
        self.deepen = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(shape.dropout)
        unboxed = torch.zeros(classes + 1, dtype=torch.bool) if unboxed is None else unboxed
        boxed = int((~unboxed).sum())
        self.register_buffer("unboxed", unboxed.clone())
        self.register_buffer("unboxed_logit", torch.tensor([1.0, -4.0]))
        # `boxed` (an appended zero) where the head has no weights.
        self.register_buffer("row_of_class", torch.where(unboxed, boxed, (~unboxed).cumsum(0) - 1))
        self.classify = nn.Linear(hidden, boxed)  # the last one is background
        self.attribute = nn.Linear(hidden, attributes)
        self.own_bins = nn.Linear(shape.cell_channels, 1)
        self.colour = nn.Sequential(
            nn.Linear(COLOUR_NUMBERS, shape.colour_hidden), nn.ReLU(), nn.Linear(shape.colour_hidden, attributes)
        )
        self.delta = nn.Linear(hidden, 4)
        self.embed = nn.Linear(hidden, EMBEDDING)
        self.evidence_gain = nn.Parameter(torch.ones(COCO_CLASSES))
        self.names_gain = nn.Parameter(torch.full((self.names.names,), FIRST_NAMES_GAIN))
        # Which of COCO's classes a class is; COCO_CLASSES (an appended zero) where it is none.
        coco_of_class = torch.full((classes + 1,), COCO_CLASSES)
        for coco, ours in enumerate(coco_classes):
            if ours is not None:
                coco_of_class[ours] = coco
        self.register_buffer("coco_of_class", coco_of_class)
        for predict in (self.classify, self.attribute, self.own_bins, self.delta, self.colour[2]):
            nn.init.normal_(predict.weight, std=0.01)
            nn.init.zeros_(predict.bias)

    def hidden(self, regions: PooledRegions, names: Tensor) -> tuple[Tensor, Tensor]:
        """names [box,name] evidence -> [box,hidden], and the colours of the thing [box,COLOUR_NUMBERS]."""
        cells = self.dropout(torch.relu(self.cell(regions.cells)))  # [box,16,cell channels]
        colours = colour_numbers(regions.colours, self.own_bins(cells).softmax(dim=1))
        context = regions.context.expand(regions.boxes.shape[0], -1)
        geometry = box_geometry(regions.boxes)
        aside = torch.cat([geometry, context, regions.coco, names, regions.imagenet, colours], dim=1)
        hidden = self.cells_to_hidden(cells.flatten(1)) + self.context_to_hidden(aside)
        hidden = self.dropout(torch.relu(hidden))  # [box,hidden]
        return hidden + self.dropout(torch.relu(self.deepen(hidden))), colours

    def class_parts(self, hidden: Tensor, coco: Tensor, names: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """-> what the head, COCO's evidence and ImageNet's add to the class logits, each [box,C+1]."""
        direct = self.classify(hidden)  # [box,boxed classes]
        direct = torch.cat([direct, torch.zeros_like(direct[:, :1])], dim=1)[:, self.row_of_class]
        weighed = coco * self.evidence_gain  # [box,80]
        coco_part = torch.cat([weighed, torch.zeros_like(weighed[:, :1])], dim=1)[:, self.coco_of_class]
        return direct, coco_part, self.names.onto_classes(names * self.names_gain)

    def logits(self, regions: PooledRegions) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """-> class logits [box,C+1], attribute logits [box,A], deltas [box,4], embedding [box,128]."""
        names = self.names(regions.imagenet)
        hidden, colours = self.hidden(regions, names)
        direct, coco_part, names_part = self.class_parts(hidden, regions.coco, names)
        alone = self.unboxed_logit[0] * self.names.onto_classes(names) + self.unboxed_logit[1]
        return (
            torch.where(self.unboxed, alone, direct + coco_part + names_part),
            self.attribute(hidden) + self.colour(colours),
            self.delta(hidden),
            self.embed(hidden),
        )

    def forward(
        self,
        map_8: Tensor,
        map_16: Tensor,
        map_32: Tensor,
        map_64: Tensor,
        map_colours: Tensor,
        map_imagenet: Tensor,
        dense_boxes: Tensor,
        dense_scores: Tensor,
        boxes: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Maps [rows,columns,channels], boxes [box,4] as fractions
        -> class_scores [box,C], attribute_scores [box,A], refined_boxes [box,4], features [box,C+A+128].
        """
        maps = (map_8, map_16, map_32, map_64, map_colours, map_imagenet, dense_boxes, dense_scores)
        regions = pool_maps(*maps, boxes)
        classes, attributes, deltas, embedding = self.logits(regions)
        class_scores = classes.softmax(dim=1)[:, :-1]
        attribute_scores = attributes.sigmoid()
        features = torch.cat([class_scores, attribute_scores, embedding], dim=1)
        return class_scores, attribute_scores, refine_boxes(boxes, deltas), features
