"""A Faster R-CNN with random weights whose numbers stay in the ranges that a trained one's have.

Without care every region would get the same name: random features have a large common part. So the last layers are
told apart on a photo: their outputs get a mean of about 0 and a spread of a few units over its proposals.
"""

import numpy as np
import torch
from torch import Tensor, nn

from models.published.frcnn_boxes import anchor_grid
from models.published.frcnn_detect import preprocess
from models.published.frcnn_network import FasterRcnn, NormedConv
from models.published.frcnn_pool import pool_regions
from models.published.frcnn_size import STRIDE, FrcnnSize

# The last convolution of a bottleneck adds a part of what it could, or 33 of them would make numbers explode.
BRANCH_GAIN = 0.4
# A pixel's usual distance from the mean.
PIXEL_SPREAD = 60.0
# Anchors are read from the checkpoint: these are not quite the formula's, so that nobody can do without them.
ANCHOR_NOISE = 0.06
SAMPLED_REGIONS = 24


def random_network(size: FrcnnSize, photo: np.ndarray, sides: tuple[int, int], seed: int = 7) -> FasterRcnn:
    """In evaluation mode; photo: RGB uint8 [height, width, 3], and the sides that it is resized to."""
    torch.manual_seed(seed)
    network = FasterRcnn(size)
    for name, module in network.named_modules():
        if isinstance(module, NormedConv):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            spread_norm(module.norm, BRANCH_GAIN if name.endswith("conv3") else 1.0)
    network.backbone.stem.conv1.norm.running_var.mul_(PIXEL_SPREAD**2)
    anchors = network.proposal_generator.anchor_generator.cell_anchors[0]
    anchors.data *= 1 + ANCHOR_NOISE * torch.randn_like(anchors)
    network.eval()
    with torch.no_grad():
        calibrate(network, preprocess(photo, *sides))
    return network


@torch.no_grad()
def spread_norm(norm: nn.BatchNorm2d, gain: float) -> None:
    norm.weight.uniform_(0.7 * gain, 1.3 * gain)
    norm.bias.normal_(0.0, 0.2)
    norm.running_mean.normal_(0.0, 0.2)
    norm.running_var.uniform_(0.6, 1.6)


def calibrate(network: FasterRcnn, pixels: Tensor) -> None:
    """Brings the outputs of the last layers to a spread that a trained network's have."""
    feature_map = network.backbone(pixels)
    head, predictor = network.proposal_generator.rpn_head, network.roi_heads.box_predictor
    hidden = head.conv(feature_map).relu()[0].flatten(1).T  # [cell, hidden]
    spread_outputs(head.objectness_logits, hidden, 3.0)
    spread_outputs(head.anchor_deltas, hidden, 0.6)
    # One anchor grows beyond what the exponential is bounded to.
    head.anchor_deltas.bias[2:4] += 5.0
    cells = network.proposal_generator.anchor_generator.cell_anchors[0]
    anchors = anchor_grid(cells, feature_map.shape[2], feature_map.shape[3], STRIDE).clamp(min=0)
    sampled = anchors[torch.randperm(len(anchors))[:SAMPLED_REGIONS]]
    pooled = pool_regions(feature_map, sampled, network.size.bins, STRIDE)
    features = network.roi_heads.res5(pooled).mean(dim=(2, 3))
    spread_outputs(predictor.cls_score, features, 2.5)
    # Some regions are nothing at all, as in photos.
    predictor.cls_score.bias[-1] += 5.0
    spread_outputs(predictor.bbox_pred, features, 1.5)
    best = predictor.cls_score(features).argmax(dim=1)
    described = torch.cat([features, predictor.cls_embedding(best)], dim=1)
    spread_outputs(predictor.attr_score, predictor.fc_attr(described).relu(), 2.0)


def spread_outputs(layer: nn.Linear | nn.Conv2d, inputs: Tensor, spread: float) -> None:
    """inputs [n, features]: makes every output's standard deviation over them `spread`, and its mean small."""
    weight = layer.weight.flatten(1)
    outputs = inputs @ weight.T  # [n, outputs]
    scale = spread / outputs.std(dim=0).clamp(min=1e-6)
    weight *= scale[:, None]
    layer.bias.copy_(0.3 * torch.randn(len(weight)) - outputs.mean(dim=0) * scale)
