"""The ImageNet classifier, reduced to what these photos need of it."""

import torch
from torch import Tensor


def factor_classifier(weight: Tensor, bias: Tensor, features: Tensor, rank: int) -> tuple[Tensor, Tensor, Tensor]:
    """Best classifier of the given rank for what is seen: reduced-rank regression on sample features.

    weight [label,feature], bias [label], features [sample,feature] -> (down [rank,feature], up [label,rank],
    bias [label]) with up @ (down @ f) + bias close to weight @ f + bias, in the mean square over the samples.
    """
    mean = features.mean(0)
    centred = features - mean
    variances, axes = torch.linalg.eigh(centred.T @ centred / len(features))
    root = axes * variances.clamp(min=1e-8).sqrt()  # [feature, axis]
    left, sizes, right = torch.linalg.svd(weight @ root, full_matrices=False)
    spread = sizes[:rank].sqrt()
    up = left[:, :rank] * spread
    down = (spread[:, None] * right[:rank]) @ (axes / variances.clamp(min=1e-8).sqrt()).T
    return down, up, bias + weight @ mean - up @ (down @ mean)
