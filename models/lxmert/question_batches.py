"""Pictures with questions -> tensors: one vision pass per picture, questions grouped by length."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from models.data.tokenizer import PAD, Tokenizer
from models.data.vocabulary import ANSWER_INDEX
from models.lxmert.answering import Pictures, Texts
from models.lxmert.region_set import RegionSet, stack_regions


@dataclass(frozen=True)
class Asked:
    """A question whose answer is on the answer list."""

    text: str
    answer: int  # index into vocabulary.ANSWERS
    kind: str


@dataclass(frozen=True)
class Example:
    """One picture and what is asked about it."""

    regions: RegionSet
    questions: list[Asked]


class ExampleSource(Protocol):
    def draw(self) -> Example: ...


@dataclass(frozen=True)
class QuestionGroup:
    """Questions of about one length: Q of them, T tokens."""

    texts: Texts
    answers: Tensor  # [Q]
    kinds: list[str]


@dataclass(frozen=True)
class Batch:
    pictures: Pictures
    groups: list[QuestionGroup]


def listed(text: str, answer: str, kind: str) -> Asked | None:
    """None when the answer list lacks the answer."""
    index = ANSWER_INDEX.get(answer)
    return None if index is None else Asked(text, index, kind)


def pad_tokens(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """ids [Q, T] and mask [Q, T] (1 = keep), padded to the longest."""
    longest = max(map(len, rows))
    ids = np.full((len(rows), longest), PAD, np.int64)
    mask = np.zeros((len(rows), longest), np.float32)
    for row, tokens in enumerate(rows):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1.0
    return torch.from_numpy(ids), torch.from_numpy(mask)


def make_batch(examples: Sequence[Example], tokenizer: Tokenizer, groups: int) -> Batch:
    """Questions of all examples, sorted by length into `groups` groups."""
    stacked = stack_regions([example.regions for example in examples])
    asked = [
        (tokenizer.encode(question.text), scene, question)
        for scene, example in enumerate(examples)
        for question in example.questions
    ]
    asked.sort(key=lambda entry: len(entry[0]))
    cuts = np.linspace(0, len(asked), groups + 1).astype(int)
    parts = [asked[start:stop] for start, stop in pairwise(cuts) if stop > start]
    return Batch(
        Pictures(*map(torch.from_numpy, stacked)),
        [
            QuestionGroup(
                Texts(*pad_tokens([tokens for tokens, _, _ in part]), torch.tensor([scene for _, scene, _ in part])),
                torch.tensor([question.answer for _, _, question in part]),
                [question.kind for _, _, question in part],
            )
            for part in parts
        ],
    )
