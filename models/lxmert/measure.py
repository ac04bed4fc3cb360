"""Accuracy on question sets: lists of {photo, question, answer or answers, kind}."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import torch

from models.data.tokenizer import Tokenizer
from models.data.vocabulary import ANSWERS
from models.lxmert.answering import Pictures, Texts, answer_questions
from models.lxmert.network import Lxmert
from models.lxmert.question_batches import pad_tokens
from models.lxmert.region_set import RegionSet, stack_regions

PHOTOS_AT_ONCE = 16
LEADING_ARTICLE = re.compile(r"^(a|an|the)\s+")


@dataclass(frozen=True)
class Accuracy:
    """Right answers of all, by kind."""

    right: dict[str, int]
    asked: dict[str, int]

    @property
    def overall(self) -> float:
        return sum(self.right.values()) / max(1, sum(self.asked.values()))

    @property
    def macro(self) -> float:
        shares = [self.right[kind] / self.asked[kind] for kind in self.asked]
        return sum(shares) / max(1, len(shares))

    def line(self) -> str:
        kinds = " ".join(f"{kind} {self.right[kind] / self.asked[kind]:.3f}" for kind in sorted(self.asked))
        return f"{self.overall:.3f} of {sum(self.asked.values())}, macro {self.macro:.3f}: {kinds}"


def plain(answer: str) -> str:
    """As answers are compared: lower case, trimmed, no leading article."""
    return LEADING_ARTICLE.sub("", answer.strip().lower())


def accepted(item: dict) -> set[str]:
    return {plain(answer) for answer in item.get("answers") or [item["answer"]]}


@torch.no_grad()
def predict(model: Lxmert, tokenizer: Tokenizer, items: list[dict], regions: Callable[[str], RegionSet]) -> list[str]:
    """The best answer to every item, given the regions of its photo."""
    by_photo: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        by_photo[item["photo"]].append(index)
    photos = list(by_photo)
    predictions = [""] * len(items)
    for start in range(0, len(photos), PHOTOS_AT_ONCE):
        some = photos[start : start + PHOTOS_AT_ONCE]
        pictures = Pictures(*map(torch.from_numpy, stack_regions([regions(photo) for photo in some])))
        order = [(scene, index) for scene, photo in enumerate(some) for index in by_photo[photo]]
        encoded = [tokenizer.encode(items[index]["question"]) for _, index in order]
        texts = Texts(*pad_tokens(encoded), torch.tensor([scene for scene, _ in order]))
        logits = answer_questions(model, pictures, texts)
        for (_, index), best in zip(order, logits.argmax(dim=1).tolist(), strict=True):
            predictions[index] = ANSWERS[best]
    return predictions


def measure(items: list[dict], predictions: list[str]) -> Accuracy:
    right: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    for item, prediction in zip(items, predictions, strict=True):
        kind = item.get("kind", "all")
        asked[kind] += 1
        right[kind] += plain(prediction) in accepted(item)
    return Accuracy(right, asked)
