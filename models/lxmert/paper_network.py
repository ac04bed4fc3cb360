"""The paper's network and training batches: `transformers`' own LXMERT with its own losses, as published.

Shapes: B pairs of sentence and picture, T tokens, R regions, F region features.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import LxmertConfig, LxmertForPreTraining

from models.data.tokenizer import Tokenizer
from models.lxmert.masking import IGNORED, MASKED_SHARE, hide_words
from models.lxmert.published_sources import Drawn
from models.lxmert.question_batches import pad_tokens
from models.lxmert.region_set import stack_regions
from models.lxmert.size import LxmertSize, lxmert_config

DROPOUT = 0.1
# Names of the detector that LXMERT's regions come from.
OBJECT_COUNT, ATTRIBUTE_COUNT = 1600, 400


def paper_config(size: LxmertSize, feature_size: int, vocabulary_size: int, answer_count: int) -> LxmertConfig:
    return lxmert_config(
        size,
        feature_size,
        vocabulary_size,
        answer_count,
        dropout=DROPOUT,
        num_object_labels=OBJECT_COUNT,
        num_attr_labels=ATTRIBUTE_COUNT,
    )


def paper_network(
    size: LxmertSize, *, feature_size: int, vocabulary_size: int, answer_count: int
) -> LxmertForPreTraining:
    """Untrained; parameters have the names and, at the size PAPER, the shapes of the published checkpoint."""
    return LxmertForPreTraining(paper_config(size, feature_size, vocabulary_size, answer_count))


@dataclass(frozen=True)
class PaperBatch:
    token_ids: Tensor  # [B, T]
    token_mask: Tensor  # [B, T]
    words: Tensor  # [B, T] the hidden pieces, or IGNORED
    features: Tensor  # [B, R, F], zero where hidden
    true_features: Tensor  # [B, R, F]
    boxes: Tensor  # [B, R, 4]
    region_mask: Tensor  # [B, R]
    hidden: Tensor  # [B, R] 0 or 1
    objects: Tensor  # [B, R]
    object_scores: Tensor  # [B, R], 0 where the detector names nothing
    attributes: Tensor  # [B, R]
    attribute_scores: Tensor  # [B, R]
    matches: Tensor  # [B] 0 or 1
    answers: Tensor  # [B], or IGNORED

    def to(self, device: torch.device) -> "PaperBatch":
        return PaperBatch(**{name: value.to(device) for name, value in vars(self).items()})


def make_paper_batch(drawn: Sequence[Drawn], tokenizer: Tokenizer, rng: random.Random) -> PaperBatch:
    hidden_rows = [hide_words(tokenizer.encode(one.text), len(tokenizer), rng) for one in drawn]
    ids, token_mask = pad_tokens([shown for shown, _ in hidden_rows])
    words = torch.full(ids.shape, IGNORED)
    for row, (_, labels) in enumerate(hidden_rows):
        words[row, : len(labels)] = torch.tensor(labels)
    features, boxes, mask = map(torch.from_numpy, stack_regions([one.regions for one in drawn]))
    generator = torch.Generator().manual_seed(rng.getrandbits(62))
    hidden = (torch.rand(mask.shape, generator=generator) < MASKED_SHARE) & (mask > 0)
    labels = {name: torch.zeros(mask.shape) for name in vars(drawn[0].labels)}
    for row, one in enumerate(drawn):
        for name, values in vars(one.labels).items():
            labels[name][row, : len(values)] = torch.from_numpy(values.astype("float32"))
    return PaperBatch(
        ids,
        token_mask,
        words,
        features.masked_fill(hidden[..., None], 0.0),
        features,
        boxes,
        mask,
        hidden.float(),
        # Without a name the score is 0, so that whichever index stands there counts for nothing.
        labels["objects"].long().clamp(min=0),
        labels["object_scores"],
        labels["attributes"].long().clamp(min=0),
        labels["attribute_scores"],
        torch.tensor([int(one.matches) for one in drawn]),
        torch.tensor([IGNORED if one.answer is None else one.answer for one in drawn]),
    )


def paper_loss(model: LxmertForPreTraining, batch: PaperBatch, ask_answers: bool) -> Tensor:
    """The sum of the tasks' losses; object and attribute losses are weighted by the detector's score, over all regions.

    A task that has nothing to ask in this batch is left out: the mean of nothing is no number.
    """
    asked = ask_answers and bool((batch.answers != IGNORED).any())
    return model(
        input_ids=batch.token_ids,
        attention_mask=batch.token_mask,
        token_type_ids=torch.zeros_like(batch.token_ids),
        visual_feats=batch.features,
        visual_pos=batch.boxes,
        visual_attention_mask=batch.region_mask,
        labels=batch.words if bool((batch.words != IGNORED).any()) else None,
        matched_label=batch.matches,
        obj_labels={
            "obj": (batch.objects, batch.object_scores),
            "attr": (batch.attributes, batch.attribute_scores),
            "feat": (batch.true_features, batch.hidden),
        },
        ans=batch.answers if asked else None,
    ).loss
