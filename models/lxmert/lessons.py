"""The three kinds of training batch, each drawn and learned in one call: questions, sentences, pairs of pictures."""

import random
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import torch
from torch.nn import functional

from models.data.tokenizer import CLS, SEP, Tokenizer
from models.lxmert.answering import Pictures, Texts, answer_questions
from models.lxmert.described_scenes import DescribedSource
from models.lxmert.masking import make_pretraining_batch
from models.lxmert.network import Lxmert, set_dropout
from models.lxmert.photo_pairs import ScenePairs, judge_pairs, make_pair_batch
from models.lxmert.pretraining import OBJECTS, WORDS, Judged, pretraining_loss
from models.lxmert.question_batches import ExampleSource, make_batch

GROUPS_BY_LENGTH = 2
# At full strength, sentences with holes undid what questions had taught of which word means which region.
SENTENCE_STRENGTH = 0.3
Blank = Literal["regions", "questions"]


@dataclass(frozen=True)
class Learned:
    samples: int
    """Texts that were read."""
    loss: float
    right: dict[str, list[bool]]
    """By kind of question or task."""
    strength: float = 1.0
    """How long the batch's gradient may be, beside one of questions."""


class Lesson(Protocol):
    def learn(self, model: Lxmert) -> Learned:
        """Leaves the gradients of one batch's mean loss in the network."""


def without(pictures: Pictures, blank: Blank | None) -> Pictures:
    if blank != "regions":
        return pictures
    return replace(pictures, features=torch.zeros_like(pictures.features), boxes=torch.zeros_like(pictures.boxes))


def unread(texts: Texts, blank: Blank | None) -> Texts:
    """Questions of which only [CLS] [SEP] is left."""
    if blank != "questions":
        return texts
    ids = torch.tensor([[CLS, SEP]]).expand(len(texts.token_ids), -1)
    return replace(texts, token_ids=ids, token_mask=torch.ones(ids.shape))


class QuestionLesson:
    def __init__(
        self,
        source: ExampleSource,
        tokenizer: Tokenizer,
        scenes: int,
        blank: Blank | None = None,
        dropout: float = 0.0,
    ) -> None:
        """dropout: where pictures come again, so that none is learned by heart."""
        self.source, self.tokenizer, self.scenes, self.blank = source, tokenizer, scenes, blank
        self.dropout = dropout

    def learn(self, model: Lxmert) -> Learned:
        examples = [self.source.draw() for _ in range(self.scenes)]
        batch = make_batch(examples, self.tokenizer, GROUPS_BY_LENGTH)
        total = sum(len(group.answers) for group in batch.groups)
        loss_sum, right = 0.0, {}
        set_dropout(model, self.dropout)
        pictures = without(batch.pictures, self.blank)
        for group in batch.groups:
            logits = answer_questions(model, pictures, unread(group.texts, self.blank)).float()
            loss = functional.cross_entropy(logits, group.answers, reduction="sum") / total
            loss.backward()
            loss_sum += float(loss.detach())
            for kind, is_right in zip(group.kinds, (logits.argmax(dim=1) == group.answers).tolist(), strict=True):
                right.setdefault(kind, []).append(is_right)
        set_dropout(model, 0.0)
        return Learned(total, loss_sum, right)


class SentenceLesson:
    def __init__(
        self, source: DescribedSource, tokenizer: Tokenizer, scenes: int, tasks: Collection[str], seed: int
    ) -> None:
        self.source, self.tokenizer, self.scenes, self.tasks = source, tokenizer, scenes, tasks
        self.random = random.Random(seed)

    def learn(self, model: Lxmert) -> Learned:
        batch = make_pretraining_batch(
            [self.source.draw() for _ in range(self.scenes)],
            self.tokenizer,
            GROUPS_BY_LENGTH,
            self.random,
            words=WORDS in self.tasks,
            objects=OBJECTS in self.tasks,
        )
        judged = Judged()
        loss = pretraining_loss(model, batch, self.tasks, judged)
        loss.backward()
        samples = sum(len(group.answers) for group in batch.groups)
        right = {f"~{task}": right for task, right in judged.right.items()}
        return Learned(samples, float(loss.detach()), right, SENTENCE_STRENGTH)


class PairLesson:
    def __init__(self, source: ScenePairs, tokenizer: Tokenizer, pairs: int) -> None:
        self.source, self.tokenizer, self.pairs = source, tokenizer, pairs

    def learn(self, model: Lxmert) -> Learned:
        batch = make_pair_batch([self.source.draw() for _ in range(self.pairs)], self.tokenizer)
        logits = judge_pairs(model, batch).float()
        loss = functional.cross_entropy(logits, batch.truth)
        loss.backward()
        right = {"~pairs": (logits.argmax(1) == batch.truth).tolist()}
        return Learned(self.pairs, float(loss.detach()), right, SENTENCE_STRENGTH)
