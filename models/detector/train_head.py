"""Trains the RoI head (and the maps' projections) on cached levels and drawn regions."""

import math
import time
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.data.vocabulary import COLOUR_ATTRIBUTES
from models.detector.arithmetic import fast_arithmetic
from models.detector.backbone import DetectorBackbone
from models.detector.cached_maps import maps_of_view
from models.detector.region_samples import EMBEDDED, Samples, draw_samples
from models.detector.roi_head import DELTA_SCALE, PooledRegions, RoiHead, pool_maps
from models.detector.targets import UNKNOWN, Targets
from models.detector.teacher_embedding import TeacherEmbedding
from models.detector.training_views import TrainingView, TrainingViews

REGIONS_PER_VIEW = 64
VIEWS_PER_STEP = 8


@dataclass(frozen=True)
class DrawnRegions:
    view: TrainingView
    samples: Samples


def draw_regions(view: TrainingView, proposals: np.ndarray, generator: np.random.Generator) -> DrawnRegions:
    return DrawnRegions(view, draw_samples(view.targets, proposals, REGIONS_PER_VIEW, generator))


def pooled_regions(backbone: DetectorBackbone, drawn: list[DrawnRegions]) -> PooledRegions:
    """All views' regions at once, pooled from the maps as the graphs compute them."""
    pooled = []
    for regions in drawn:
        boxes = regions.samples.boxes
        own = pool_maps(*maps_of_view(backbone, regions.view.cached), boxes)
        pooled.append(replace(own, context=own.context.expand(len(boxes), -1)))
    names = [field.name for field in fields(PooledRegions)]
    return PooledRegions(**{name: torch.cat([getattr(own, name) for own in pooled]) for name in names})


def delta_targets(boxes: Tensor, truth: Tensor) -> Tensor:
    """What `refine_boxes` must be given to turn boxes [n,4] into truth [n,4]."""
    size = (boxes[:, 2:] - boxes[:, :2]).clamp(min=1e-3)
    true_size = (truth[:, 2:] - truth[:, :2]).clamp(min=1e-3)
    shift = 0.5 * (truth[:, :2] + truth[:, 2:] - boxes[:, :2] - boxes[:, 2:]) / size
    return torch.cat([shift, torch.log(true_size / size)], 1) / torch.tensor(DELTA_SCALE)


def head_loss(outputs: tuple[Tensor, ...], samples: Samples, targets: Targets, embedding: np.ndarray) -> Tensor:
    """One view's loss; embedding [teacher row,128]."""
    class_logits, attribute_logits, deltas, embedded = (x.float() for x in outputs)
    background = class_logits.shape[1] - 1
    is_object = samples.source != UNKNOWN
    source = samples.source.clamp(min=0)

    named = torch.from_numpy(targets.classes)[source]
    weights = torch.from_numpy(targets.class_weights)[source]
    weights = torch.where(is_object, torch.where(named == UNKNOWN, 0.0, weights), targets.background_weight)
    labels = torch.where(is_object, named.clamp(min=0), background)
    class_loss = (weights * F.cross_entropy(class_logits, labels, reduction="none")).sum()
    class_loss = class_loss / weights.sum().clamp(min=4.0)

    present = torch.from_numpy(targets.attributes)[source] * is_object[:, None]
    heed = torch.from_numpy(targets.attribute_weights)[source] * is_object[:, None]
    attribute_loss = F.binary_cross_entropy_with_logits(attribute_logits, present, heed, reduction="sum")
    attribute_loss = attribute_loss / (heed * present).sum().clamp(min=4.0)
    colours = present[:, COLOUR_ATTRIBUTES]
    colour_weight = (colours * heed[:, COLOUR_ATTRIBUTES]).amax(1)
    wanted = colours / colours.sum(1, keepdim=True).clamp(min=1.0)
    log_colours = F.log_softmax(attribute_logits[:, COLOUR_ATTRIBUTES], 1)
    colour_loss = -(colour_weight * (wanted * log_colours).sum(1)).sum() / colour_weight.sum().clamp(min=2.0)

    truth = torch.from_numpy(targets.boxes)[source]
    near = is_object * torch.where(torch.from_numpy(targets.is_human)[source], 1.0, 0.5)
    box_loss = F.smooth_l1_loss(deltas, delta_targets(samples.boxes, truth), reduction="none").sum(1)
    box_loss = (near * box_loss).sum() / near.sum().clamp(min=1.0)

    rows = torch.from_numpy(targets.teacher_rows)[source]
    taught = is_object & (rows != UNKNOWN) & (samples.ious >= EMBEDDED)
    embedding_loss = torch.zeros(())
    if taught.any():
        wanted_vector = torch.from_numpy(embedding)[rows[taught]]
        embedding_loss = F.mse_loss(embedded[taught], wanted_vector) / 0.25
    return class_loss + 0.5 * attribute_loss + 0.5 * colour_loss + 0.6 * box_loss + 0.5 * embedding_loss


class HeadTraining:
    """One head with its projections, trained on the given photos."""

    def __init__(self, backbone: DetectorBackbone, head: RoiHead, embedding: TeacherEmbedding) -> None:
        self.backbone, self.head, self.embedding = backbone, head, embedding
        self.generator = np.random.default_rng(0)
        self.embedded: dict[str, np.ndarray] = {}

    def teacher_vectors(self, views: TrainingViews, photo: str) -> np.ndarray:
        if photo not in self.embedded:
            regions = views.teacher.regions.get(photo)
            empty = np.zeros((1, self.embedding.components.shape[1]), np.float32)
            self.embedded[photo] = empty if regions is None else self.embedding(regions.features)
        return self.embedded[photo]

    def batch_loss(self, views: TrainingViews, batch: list[TrainingView], proposals: np.ndarray) -> Tensor:
        drawn = [draw_regions(view, proposals[view.row], self.generator) for view in batch]
        regions = pooled_regions(self.backbone, drawn)
        with fast_arithmetic():
            outputs = self.head.logits(regions)
        sizes = [len(regions.samples.boxes) for regions in drawn]
        losses = [
            head_loss(own, d.samples, d.view.targets, self.teacher_vectors(views, d.view.cached.photo))
            for d, own in zip(drawn, zip(*(output.split(sizes) for output in outputs)))
        ]
        return torch.stack(losses).mean()

    def train(
        self,
        views: TrainingViews,
        keys: list[str],
        proposals: np.ndarray,
        steps: int,
        seed: int,
        learning_rate: float,
    ) -> None:
        """proposals [cache row, proposal, 4]; about 0.5 s a step on one thread."""
        self.generator = np.random.default_rng(seed)
        # The reduced ImageNet classifier stays what it is: it knows more names than there are boxes for.
        self.head.names.requires_grad_(False)
        self.backbone.imagenet_down.requires_grad_(False)
        trained = (self.backbone.project, self.backbone.colours, self.head)
        parameters = [p for module in trained for p in module.parameters() if p.requires_grad]
        optimiser = torch.optim.AdamW(parameters, lr=learning_rate, weight_decay=0.05)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda s: min(1.0, (s + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * s / steps)))
        )
        running: list[float] = []
        started = time.time()
        self.head.train()
        for step, drawn in enumerate(views.batches(views.rows(keys), VIEWS_PER_STEP, steps, seed)):
            optimiser.zero_grad()
            loss = self.batch_loss(views, drawn, proposals)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 5.0)
            optimiser.step()
            schedule.step()
            running.append(loss.item())
            if (step + 1) % 50 == 0:
                pace = (time.time() - started) / (step + 1)
                print(f"head {step + 1}/{steps} loss {np.mean(running[-50:]):.3f} ({pace:.2f} s/step)", flush=True)
        self.head.eval()
