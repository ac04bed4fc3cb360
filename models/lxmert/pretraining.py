"""The paper's five pretraining tasks on one batch: masked words, masked regions (their class, attribute and
features), does the sentence fit the picture, and questions.

Q texts, T tokens, R regions, D hidden size.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional

from models.lxmert.answering import understand
from models.lxmert.masking import IGNORED, MaskedPictures, MaskedTexts, PretrainingBatch
from models.lxmert.network import Lxmert

WORDS, OBJECTS, MATCHING, ANSWERS = "words", "objects", "matching", "answers"
# What of a hidden region is judged beside its class.
ATTRIBUTES = "attributes"
TASKS = (WORDS, OBJECTS, MATCHING, ANSWERS)
# The features are many small numbers; their summed error is of the others' size with this.
FEATURE_SHARE = 0.1


@dataclass
class Judged:
    """Right or wrong, and what would have been right, by task."""

    right: dict[str, list[bool]] = field(default_factory=dict)
    labels: dict[str, list[int]] = field(default_factory=dict)

    def add(self, task: str, logits: Tensor, labels: Tensor) -> None:
        self.labels.setdefault(task, []).extend(labels.tolist())
        self.right.setdefault(task, []).extend((logits.argmax(dim=-1) == labels).tolist())


def pretraining_loss(model: Lxmert, batch: PretrainingBatch, tasks: Collection[str], judged: Judged) -> Tensor:
    """Sum over the tasks of the mean loss of what they ask."""
    total = torch.zeros(())
    share = 1.0 / len(batch.groups)
    for group in batch.groups:
        found = understand(model, batch.seen.pictures, group.texts)
        if WORDS in tasks:
            total = total + share * word_loss(model, found.text, group, judged)
        if OBJECTS in tasks:
            total = total + share * object_loss(model, found.regions, batch.seen, group, judged)
        if MATCHING in tasks:
            total = total + share * labelled_loss(
                model.cls.seq_relationship(found.pooled), group.matches, MATCHING, judged
            )
        if ANSWERS in tasks:
            total = total + share * labelled_loss(model.answer_head(found.pooled), group.answers, ANSWERS, judged)
    return total


def labelled_loss(logits: Tensor, labels: Tensor, task: str, judged: Judged) -> Tensor:
    """logits [N, K], labels [N] or IGNORED."""
    asked = labels != IGNORED
    if not asked.any():
        return torch.zeros(())
    judged.add(task, logits[asked], labels[asked])
    return functional.cross_entropy(logits[asked].float(), labels[asked])


def word_loss(model: Lxmert, text: Tensor, group: MaskedTexts, judged: Judged) -> Tensor:
    """text [Q, T, D]. Nothing is asked of sentences that do not fit: the picture would mislead."""
    fits = (group.matches != 0)[:, None]
    asked = (group.words != IGNORED) & fits
    if not asked.any():
        return torch.zeros(())
    head = model.cls.predictions
    # The embeddings learn from being read alone. As targets, every word that is not said would be pushed the same way
    # at every step, and what all words share would drown what they name.
    logits = functional.linear(head.transform(text[asked]), head.decoder.weight.detach(), head.bias)
    return labelled_loss(logits, group.words[asked], WORDS, judged)


def object_loss(model: Lxmert, regions: Tensor, seen: MaskedPictures, group: MaskedTexts, judged: Judged) -> Tensor:
    """regions [Q, R, D]; the hidden ones, where the sentence fits."""
    scene = group.texts.scene_of_text
    asked = seen.hidden[scene] & (group.matches != 0)[:, None]  # [Q, R]
    if not asked.any():
        return torch.zeros(())
    told = model.obj_predict_head(regions[asked])  # of N hidden regions
    classes, attributes = seen.classes[scene][asked], seen.attributes[scene][asked]  # [N]
    class_weights, attribute_weights = seen.class_weights[scene][asked], seen.attribute_weights[scene][asked]
    judged.add(OBJECTS, told["obj"], classes)
    judged.add(ATTRIBUTES, told["attr"], attributes)
    class_loss = functional.cross_entropy(told["obj"].float(), classes, reduction="none")
    attribute_loss = functional.cross_entropy(told["attr"].float(), attributes, reduction="none")
    feature_loss = functional.smooth_l1_loss(told["feat"].float(), seen.features[scene][asked], reduction="none").sum(
        dim=-1
    )
    every = class_weights * class_loss + attribute_weights * attribute_loss + FEATURE_SHARE * feature_loss
    return every.mean()
