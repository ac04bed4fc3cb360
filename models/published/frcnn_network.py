"""The Visual Genome Faster R-CNN in PyTorch, with the parameter names of `unc-nlp/frcnn-vg-finetuned`.

ResNet-101 as Caffe has it (the stride sits in the first 1x1 of a bottleneck, the pooling of the stem has no padding and
rounds up), one map of stride 16, and a head that pools regions of it and runs the last stage over each, dilated by two
instead of strided. Written as plainly as it can be: this is what the page's graphs are measured against.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.published.frcnn_boxes import cell_anchors
from models.published.frcnn_size import FrcnnSize


class NormedConv(nn.Conv2d):
    """A convolution without bias; its batch norm is a child, as in the checkpoint."""

    def __init__(self, inputs: int, outputs: int, kernel: int, **where: int) -> None:
        super().__init__(inputs, outputs, kernel, bias=False, **where)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(super().forward(x))


class Bottleneck(nn.Module):
    def __init__(self, inputs: int, inner: int, outputs: int, stride: int = 1, dilation: int = 1) -> None:
        super().__init__()
        if inputs != outputs:
            self.shortcut = NormedConv(inputs, outputs, 1, stride=stride)
        self.conv1 = NormedConv(inputs, inner, 1, stride=stride)
        self.conv2 = NormedConv(inner, inner, 3, padding=dilation, dilation=dilation)
        self.conv3 = NormedConv(inner, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.conv2(self.conv1(x).relu()).relu()
        kept = self.shortcut(x) if hasattr(self, "shortcut") else x
        return (self.conv3(inner) + kept).relu()


def stage(inputs: int, inner: int, outputs: int, blocks: int, stride: int, dilation: int = 1) -> nn.Sequential:
    first = Bottleneck(inputs, inner, outputs, stride, dilation)
    return nn.Sequential(first, *(Bottleneck(outputs, inner, outputs, 1, dilation) for _ in range(blocks - 1)))


class Stem(nn.Module):
    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.conv1 = NormedConv(3, outputs, 7, stride=2, padding=3)

    def forward(self, pixels: Tensor) -> Tensor:
        return F.max_pool2d(self.conv1(pixels).relu(), 3, stride=2, padding=0, ceil_mode=True)


class Backbone(nn.Module):
    """pixels [1,3,height,width] -> res4 [1,1024,rows,columns], about a sixteenth of each side."""

    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        inner, outer = size.inner, size.outer
        self.stem = Stem(size.stem)
        self.res2 = stage(size.stem, inner, outer, size.blocks[0], stride=1)
        self.res3 = stage(outer, 2 * inner, 2 * outer, size.blocks[1], stride=2)
        self.res4 = stage(2 * outer, 4 * inner, 4 * outer, size.blocks[2], stride=2)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.res4(self.res3(self.res2(self.stem(pixels))))


class AnchorGenerator(nn.Module):
    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        anchors = cell_anchors(size.anchor_sizes, size.anchor_ratios)
        self.cell_anchors = nn.ParameterList([nn.Parameter(anchors, requires_grad=False)])


class ProposalHead(nn.Module):
    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        self.conv = nn.Conv2d(size.map_channels, size.proposal_hidden, 3, padding=1)
        self.objectness_logits = nn.Conv2d(size.proposal_hidden, size.anchors, 1)
        self.anchor_deltas = nn.Conv2d(size.proposal_hidden, 4 * size.anchors, 1)


class ProposalGenerator(nn.Module):
    """map [1,C,rows,columns] -> logits [rows*columns*anchors], deltas [rows*columns*anchors, 4]; anchors vary fastest."""

    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        self.anchor_generator = AnchorGenerator(size)
        self.rpn_head = ProposalHead(size)

    def forward(self, feature_map: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.rpn_head.conv(feature_map).relu()
        logits = self.rpn_head.objectness_logits(hidden)[0]  # [anchors, rows, columns]
        deltas = self.rpn_head.anchor_deltas(hidden)[0]  # [anchors*4, rows, columns]
        return logits.permute(1, 2, 0).reshape(-1), deltas.permute(1, 2, 0).reshape(-1, 4)


class BoxPredictor(nn.Module):
    """features [region,2048] -> class logits with the background last, deltas per class, attribute logits without "none"."""

    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        self.cls_score = nn.Linear(size.feature, size.objects + 1)
        self.bbox_pred = nn.Linear(size.feature, 4 * size.objects)
        self.cls_embedding = nn.Embedding(size.objects + 1, size.class_embedding)
        self.fc_attr = nn.Linear(size.feature + size.class_embedding, size.attribute_hidden)
        self.attr_score = nn.Linear(size.attribute_hidden, size.attributes + 1)

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        logits = self.cls_score(features)  # [region, objects + 1]
        deltas = self.bbox_pred(features).reshape(len(features), -1, 4)  # [region, objects, 4]
        # The best of all classes, be it the background: a region of nothing gets the attributes of nothing.
        named = self.cls_embedding(logits.argmax(dim=1))  # [region, class_embedding]
        hidden = self.fc_attr(torch.cat([features, named], dim=1)).relu()
        return logits, deltas, self.attr_score(hidden)[:, :-1]


class RoiHeads(nn.Module):
    """pooled regions [region,1024,bins,bins] -> features [region,2048] and what the predictor says of them."""

    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        inner, outer = size.inner, size.outer
        self.res5 = stage(4 * outer, 8 * inner, 8 * outer, size.blocks[3], stride=1, dilation=2)
        self.box_predictor = BoxPredictor(size)

    def forward(self, pooled: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        features = self.res5(pooled).mean(dim=(2, 3))
        return features, *self.box_predictor(features)


class FasterRcnn(nn.Module):
    """The parts under the checkpoint's names; `frcnn_detect.py` puts them together."""

    def __init__(self, size: FrcnnSize) -> None:
        super().__init__()
        self.size = size
        self.backbone = Backbone(size)
        self.proposal_generator = ProposalGenerator(size)
        self.roi_heads = RoiHeads(size)
