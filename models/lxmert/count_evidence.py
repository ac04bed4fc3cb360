"""How many there are of what a region shows, said by the region itself, so that 'how many' needs no adding.

Attention averages; a sum over regions is what it learns last. Here every region gets the expected number of things of
its class, and of its broad category, in the whole picture, computed from the regions alone and without parameters.
Shapes: B batch, R region, F feature, C class, G category, N bin.

Region j is a duplicate of k as far as their boxes overlap (o), their class probabilities are alike (s) and k is the surer
one (f, a sigmoid of the difference of their best class probabilities); what remains of it is w_j = prod over k of
(1 - f_jk o_jk s_jk). Class c is expected N_c = sum_j w_j p_j(c) times, and region i says n_i = sum_c p_i(c) N_c / sum_c p_i(c).
The order of the regions plays no part: two of nearly equal score may come in either.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from models.data.categories import CATEGORIES

BROAD = (
    "person",
    "animal",
    "vehicle",
    "furniture",
    "food",
    "drink",
    "clothing",
    "device",
    "appliance",
    "sports equipment",
    "utensil",
    "container",
    "bag",
    "building",
    "plant",
)
BINS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)  # the last stands for more, too
EVIDENCE_SIZE = 2 * len(BINS)
# Two boxes are wholly apart below the first and wholly one above the second; what is compared is the mean of
# intersection over union and intersection over the smaller box, so that a part is a duplicate of its whole.
APART, ONE = 0.3, 0.7
# Class probabilities closer than this count as equal.
SURENESS_WIDTH = 0.01
# Keeps the logarithm of what remains of a full duplicate finite.
MOST_ALIKE = 0.999
TINY = 1e-6


class CountEvidence(nn.Module):
    """Features and boxes of a picture's regions -> its counts, [B, R, 2N]: own class, then own category.

    A region that is padding is all zeros: it shows nothing, so it neither counts nor is counted.
    """

    def __init__(self, objects: Sequence[str]) -> None:
        """objects: the names of the class columns, which are the first of a region's features."""
        super().__init__()
        member = [[float(name in CATEGORIES[category]) for category in BROAD] for name in objects]
        self.register_buffer("membership", torch.tensor(member), persistent=False)  # [C, G]

    def forward(self, features: Tensor, boxes: Tensor) -> Tensor:
        membership = self.membership.float()
        classes = features[..., : membership.shape[0]].float()  # [B, R, C]
        remaining = remaining_weights(classes, boxes.float())  # [B, R]
        categories = classes @ membership  # [B, R, G]
        counts = [expected_counts(shown, remaining) for shown in (classes, categories)]
        return torch.cat([binned(count) for count in counts], dim=-1)


def remaining_weights(classes: Tensor, boxes: Tensor) -> Tensor:
    """[B, R]: the share of each region that no surer one has shown already."""
    length = (classes * classes).sum(dim=-1, keepdim=True).add(TINY).sqrt()
    direction = classes / length
    alike = direction @ direction.transpose(1, 2)  # [B, R, R]
    duplicate = (same_place(boxes) * alike).clamp(0.0, MOST_ALIKE)
    sureness = classes.amax(dim=-1)  # [B, R]
    surer = torch.sigmoid((sureness[:, None, :] - sureness[:, :, None]) / SURENESS_WIDTH)
    others = 1.0 - torch.eye(classes.shape[1], device=classes.device)
    return torch.exp(torch.log(1.0 - duplicate * surer * others).sum(dim=-1))


def same_place(boxes: Tensor) -> Tensor:
    """[B, R, R]: 0 for boxes apart, 1 for boxes that are one."""
    low = torch.maximum(boxes[:, :, None, :2], boxes[:, None, :, :2])
    high = torch.minimum(boxes[:, :, None, 2:], boxes[:, None, :, 2:])
    sides = (high - low).clamp(min=0.0)
    shared = sides[..., 0] * sides[..., 1]
    area = (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])  # [B, R]
    one, other = area[:, :, None], area[:, None, :]
    of_union = shared / (one + other - shared + TINY)
    of_smaller = shared / (torch.minimum(one, other) + TINY)
    return ((0.5 * (of_union + of_smaller) - APART) / (ONE - APART)).clamp(0.0, 1.0)


def expected_counts(shown: Tensor, remaining: Tensor) -> Tensor:
    """shown [B, R, K], remaining [B, R] -> [B, R]: how many there are of what each region shows."""
    totals = remaining[:, None, :] @ shown  # [B, 1, K]
    mass = shown.sum(dim=-1)
    return (shown * totals).sum(dim=-1) / (mass + TINY)


def binned(count: Tensor) -> Tensor:
    """[B, R] -> [B, R, N]: two neighbouring bins share a number; below one, the first bin fades."""
    knots = (0.0, *BINS)
    count = count.clamp(max=BINS[-1])
    rising = [(count - low) / (high - low) for low, high in zip(knots[:-1], BINS, strict=True)]
    # The next bin's rise is this one's fall; the last never falls.
    falling = [1.0 - rise for rise in rising[1:]]
    hats = [torch.minimum(rise, fall) for rise, fall in zip(rising[:-1], falling, strict=True)]
    return torch.stack([*hats, rising[-1]], dim=-1).clamp(min=0.0)
