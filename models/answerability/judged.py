"""LXMERT's answers to the questions about doubt, with the signals beside each and whether it was right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from models.answerability.lexicon import Lexicon
from models.answerability.questions import DoubtItem
from models.answerability.signals import Reading, Word, read_question, signals, words_of
from models.data.tokenizer import MAX_TOKENS
from models.data.tokenizer import Tokenizer as QuestionTokenizer
from models.data.vocabulary import ANSWERS
from models.lxmert.answering import Pictures, Texts, answer_questions
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.measure import PHOTOS_AT_ONCE, plain
from models.lxmert.network import Lxmert
from models.lxmert.question_batches import pad_tokens
from models.lxmert.region_layout import CLASSES
from models.lxmert.region_set import stack_regions


@dataclass(frozen=True)
class Judged:
    item: DoubtItem
    answer: str
    right: bool
    reading: Reading
    signals: dict[str, float]
    words: tuple[Word, ...]
    scores: np.ndarray
    """[N]"""


@torch.no_grad()
def answer_scores(
    model: Lxmert, tokenizer: QuestionTokenizer, items: Sequence[DoubtItem], detected: DetectedPhotos
) -> np.ndarray:
    """Probabilities of all answers, [item, N]."""
    by_photo: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        by_photo[item.photo].append(index)
    photos = list(by_photo)
    scores = np.zeros((len(items), len(ANSWERS)), np.float32)
    for start in range(0, len(photos), PHOTOS_AT_ONCE):
        some = photos[start : start + PHOTOS_AT_ONCE]
        pictures = Pictures(*map(torch.from_numpy, stack_regions([detected.regions(photo) for photo in some])))
        rows = [(scene, index) for scene, photo in enumerate(some) for index in by_photo[photo]]
        encoded = [tokenizer.encode(items[index].question) for _, index in rows]
        texts = Texts(*pad_tokens(encoded), torch.tensor([scene for scene, _ in rows]))
        logits = answer_questions(model, pictures, texts).float()
        scores[[index for _, index in rows]] = logits.softmax(dim=1).numpy()
    return scores


def judge(
    items: Sequence[DoubtItem], scores: np.ndarray, detected: DetectedPhotos, tokenizer: Tokenizer, lexicon: Lexicon
) -> list[Judged]:
    """scores [item, N]."""
    judged = []
    for item, row in zip(items, scores, strict=True):
        words = words_of(tokenizer, item.question)
        reading = read_question(words, lexicon)
        is_cut = sum(max(1, word.pieces) for word in words) > MAX_TOKENS - 2
        class_scores = detected.regions(item.photo).features[:, CLASSES]
        found = signals(reading, row, ANSWERS, class_scores, is_cut, lexicon)
        answer = ANSWERS[int(row.argmax())]
        judged.append(
            Judged(item, answer, plain(answer) in map(plain, item.answers), reading, found, tuple(words), row)
        )
    return judged
