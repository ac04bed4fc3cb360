"""The network: `transformers`' LXMERT with all pretraining heads, count evidence at its eye, and the two-photo head.

Names of the weights are those of `LxmertForPreTraining`; the last layer of its region branch is trained and used too.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from transformers import LxmertConfig, LxmertForPreTraining
from transformers.models.lxmert.modeling_lxmert import LxmertVisualFeatureEncoder

from models.lxmert.count_evidence import EVIDENCE_SIZE, CountEvidence
from models.lxmert.size import LxmertSize, lxmert_config
from models.lxmert.two_photo_head import TwoPhotoHead


class CountingFeatureEncoder(LxmertVisualFeatureEncoder):
    """Regions -> vision states; the projection reads the count evidence beside the features."""

    def __init__(self, config: LxmertConfig, objects: Sequence[str]) -> None:
        super().__init__(config)
        self.count_evidence = CountEvidence(objects)
        self.visn_fc = nn.Linear(config.visual_feat_dim + EVIDENCE_SIZE, config.hidden_size)

    def forward(self, visual_feats: Tensor, visual_pos: Tensor) -> Tensor:
        evidence = self.count_evidence(visual_feats, visual_pos).to(visual_feats.dtype)
        return super().forward(torch.cat([visual_feats, evidence], dim=-1), visual_pos)


class Lxmert(LxmertForPreTraining):
    """Region features enter as the detector gives them; `objects` names their class columns."""

    def __init__(self, config: LxmertConfig, objects: Sequence[str]) -> None:
        super().__init__(config)
        self.lxmert.encoder.visn_fc = CountingFeatureEncoder(config, objects)
        self.two_photo_head = TwoPhotoHead(config.hidden_size)
        for added in (self.lxmert.encoder.visn_fc.visn_fc, *self.two_photo_head.logit_fc):
            if isinstance(added, nn.Linear):
                added.weight.data.normal_(0.0, config.initializer_range)
                added.bias.data.zero_()
        self.tie_words()

    def tie_words(self) -> None:
        """A masked word is told by its likeness to the words' own embeddings."""
        self.cls.predictions.decoder.weight = self.lxmert.embeddings.word_embeddings.weight


def build_lxmert(
    size: LxmertSize,
    objects: Sequence[str],
    *,
    attribute_count: int,
    feature_size: int,
    vocabulary_size: int,
    answer_count: int,
) -> Lxmert:
    """An untrained network for regions of `feature_size` numbers, the first of them the probabilities of `objects`."""
    config = lxmert_config(
        size,
        feature_size,
        vocabulary_size,
        answer_count,
        dropout=0.0,  # every scene and question is drawn anew, so none repeats often
        num_object_labels=len(objects),
        num_attr_labels=attribute_count,
        initializer_range=size.hidden_size**-0.5 * 0.7,
    )
    return Lxmert(config, objects)


def set_dropout(model: nn.Module, share: float) -> None:
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = share


def forget_counts(model: Lxmert) -> None:
    """Regions are no longer told how many there are: those columns are zero and learn nothing."""
    weight = model.lxmert.encoder.visn_fc.visn_fc.weight  # [D, F + EVIDENCE_SIZE]
    kept = torch.ones_like(weight)
    kept[:, -EVIDENCE_SIZE:] = 0.0
    weight.data.mul_(kept)
    weight.register_hook(lambda gradient: gradient * kept.to(gradient.dtype))
