"""What is hidden from the network and must be told from the rest, as in the paper: words, and regions.

Shapes: S scenes, R regions, F region features, Q texts, T tokens.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.data.tokenizer import CLS, MASK, PAD, SEP, Tokenizer
from models.lxmert.answering import Pictures, Texts
from models.lxmert.described_scenes import Described, Sentence
from models.lxmert.question_batches import pad_tokens
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES
from models.lxmert.region_set import stack_regions

MASKED_SHARE = 0.15
# Of the words that must be told: as BERT does it.
HIDDEN, REPLACED = 0.8, 0.1
IGNORED = -100
FIRST_PIECE = max(PAD, CLS, SEP, MASK) + 1


@dataclass(frozen=True)
class MaskedTexts:
    texts: Texts
    words: Tensor  # [Q, T] the piece that was there, or IGNORED
    matches: Tensor  # [Q] 0 or 1, or IGNORED for questions
    answers: Tensor  # [Q], or IGNORED


@dataclass(frozen=True)
class MaskedPictures:
    pictures: Pictures  # hidden regions are zero, boxes stay
    hidden: Tensor  # [S, R] bool
    features: Tensor  # [S, R, F] as they were
    classes: Tensor  # [S, R] likeliest
    class_weights: Tensor  # [S, R] its probability
    attributes: Tensor  # [S, R] likeliest
    attribute_weights: Tensor  # [S, R] its probability


@dataclass(frozen=True)
class PretrainingBatch:
    seen: MaskedPictures
    groups: list[MaskedTexts]


def hide_words(ids: list[int], pieces: int, rng: random.Random) -> tuple[list[int], list[int]]:
    """Token ids -> what is shown, and the labels (IGNORED where nothing is asked)."""
    shown, labels = list(ids), [IGNORED] * len(ids)
    for place in range(1, len(ids) - 1):
        if rng.random() >= MASKED_SHARE:
            continue
        labels[place] = ids[place]
        chance = rng.random()
        if chance < HIDDEN:
            shown[place] = MASK
        elif chance < HIDDEN + REPLACED:
            shown[place] = rng.randrange(FIRST_PIECE, pieces)
    return shown, labels


def hide_regions(examples: Sequence[Described], hide: bool, rng: random.Random) -> MaskedPictures:
    features, boxes, mask = map(torch.from_numpy, stack_regions([example.regions for example in examples]))
    generator = torch.Generator().manual_seed(rng.getrandbits(62))
    hidden = torch.rand(mask.shape, generator=generator) < (MASKED_SHARE if hide else 0.0)
    hidden &= mask > 0
    class_weights, classes = features[..., CLASSES].max(dim=-1)
    attribute_weights, attributes = features[..., ATTRIBUTE_PART].max(dim=-1)
    shown = features.masked_fill(hidden[..., None], 0.0)
    pictures = Pictures(shown, boxes, mask)
    return MaskedPictures(pictures, hidden, features, classes, class_weights, attributes, attribute_weights)


def make_pretraining_batch(
    examples: Sequence[Described],
    tokenizer: Tokenizer,
    groups: int,
    rng: random.Random,
    *,
    words: bool = True,
    objects: bool = True,
) -> PretrainingBatch:
    """words, objects: whether any are hidden. Sentences come in `groups` groups of about one length."""
    said = [
        (tokenizer.encode(sentence.text), scene, sentence)
        for scene, example in enumerate(examples)
        for sentence in example.sentences
    ]
    said.sort(key=lambda entry: len(entry[0]))
    size = -(-len(said) // groups)
    parts = [said[start : start + size] for start in range(0, len(said), size)]
    return PretrainingBatch(
        hide_regions(examples, objects, rng), [masked_texts(part, len(tokenizer), words, rng) for part in parts]
    )


def masked_texts(
    part: Sequence[tuple[list[int], int, Sentence]], pieces: int, hide: bool, rng: random.Random
) -> MaskedTexts:
    rows = [hide_words(ids, pieces, rng) if hide else (ids, [IGNORED] * len(ids)) for ids, _, _ in part]
    texts = Texts(*pad_tokens([shown for shown, _ in rows]), torch.tensor([scene for _, scene, _ in part]))
    labels = torch.full(texts.token_ids.shape, IGNORED)
    for row, (_, wanted) in enumerate(rows):
        labels[row, : len(wanted)] = torch.tensor(wanted)
    sentences = [sentence for _, _, sentence in part]
    matches = [IGNORED if sentence.matches is None else int(sentence.matches) for sentence in sentences]
    answers = [IGNORED if sentence.answer is None else sentence.answer for sentence in sentences]
    return MaskedTexts(texts, labels, torch.tensor(matches), torch.tensor(answers))
