"""What the ImageNet classifier says about a region, in our names."""

import math

import torch
from torch import Tensor, nn

from models.detector.class_evidence import FLOOR


class NamesEvidence(nn.Module):
    """Factored classifier, its labels in the order of our names, and the sum of the breeds of every name."""

    def __init__(self, channels: int, label_classes: list[int | None], classes: int) -> None:
        """label_classes: our class index of every ImageNet label."""
        super().__init__()
        known = sorted({c for c in label_classes if c is not None})
        outputs = {c: [i for i, own in enumerate(label_classes) if own == c] for c in known}
        unnamed = [i for i, own in enumerate(label_classes) if own is None]
        # The classifier's outputs are kept in this order, so that a name's labels lie together.
        self.order = [label for c in known for label in outputs[c]] + unnamed
        self.names = len(known)
        self.classify = nn.Linear(channels, len(self.order))
        ends = torch.tensor([len(outputs[c]) for c in known]).cumsum(0)
        self.register_buffer("ends", ends - 1)  # [name], of its last label
        self.register_buffer("starts", torch.cat([torch.zeros(1, dtype=torch.long), ends[:-1]]))  # [name]
        # Which name a class is; `names` (an appended zero) where it is none.
        name_of_class = torch.full((classes,), self.names)
        name_of_class[known] = torch.arange(self.names)
        self.register_buffer("name_of_class", name_of_class)

    def load_classifier(self, up: Tensor, bias: Tensor) -> None:
        """up [label,channels], bias [label] in the published order."""
        with torch.no_grad():
            self.classify.weight.copy_(up[self.order])
            self.classify.bias.copy_(bias[self.order])

    def forward(self, pooled: Tensor) -> Tensor:
        """pooled [box,channels] -> log evidence [box,name], 0 where there is none, as `class_evidence` has it."""
        shares = self.classify(pooled).softmax(dim=1)  # [box,label]
        until = torch.cat([torch.zeros_like(shares[:, :1]), shares.cumsum(dim=1)], dim=1)  # [box,1+label]
        summed = until[:, self.ends + 1] - until[:, self.starts]  # [box,name]
        return torch.log(summed.clamp(0.0, 1.0) + FLOOR) - math.log(FLOOR)

    def onto_classes(self, evidence: Tensor) -> Tensor:
        """evidence [box,name] -> [box,class], 0 for classes that ImageNet has no label for."""
        padded = torch.cat([evidence, torch.zeros_like(evidence[:, :1])], dim=1)  # [box,name+1]
        return padded[:, self.name_of_class]
