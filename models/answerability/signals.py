"""What there is to see, beside the answer itself, of whether an answer is right. `src/core/pack/answerability.ts` does the same.

Shapes: R regions, C object classes, N answers. Golden cases in models/fixtures/cases compare the two.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from models.answerability.lexicon import LONGEST_NAME, NOTHING, Lexicon

# In units of the natural logarithm; beyond it an answer is no surer.
LARGEST_ODDS = 5.0
MOST_WORDS = 2
# A name alone is a question in a text of so many words.
SHORT = 5
# A second answer with this share of the first one's score is said to be as likely, however sure the rest is.
EVEN = 0.8
DENIALS, ASSENTS = "no", "yes"


@dataclass(frozen=True)
class Word:
    """A normalised word, and into how many pieces the tokenizer splits it; 0 when it has none for it."""

    text: str
    pieces: int


@dataclass(frozen=True)
class Reading:
    """A question in terms of the lexicon."""

    names: tuple[str, ...]
    """Phrases that name things, longest match first."""
    strange: tuple[str, ...]
    """Words that the tokenizer does not have in one piece and that no question used."""
    unpractised: tuple[str, ...]
    """Words of the tokenizer that no question used."""
    topic: str | None
    """What it asks for that no photo tells."""


def words_of(tokenizer: Tokenizer, question: str) -> list[Word]:
    """The words that WordPiece sees."""
    unknown = tokenizer.token_to_id("[UNK]")
    text = tokenizer.normalizer.normalize_str(question)
    split = [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)]
    pieces = [tokenizer.model.tokenize(word) for word in split]
    return [
        Word(word, 0 if any(piece.id == unknown for piece in found) else len(found))
        for word, found in zip(split, pieces, strict=True)
    ]


def read_question(words: Sequence[Word], lexicon: Lexicon) -> Reading:
    names, strange, unpractised = [], [], []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            phrase = " ".join(word.text for word in words[place : place + length])
            if phrase in lexicon.names:
                names.append(phrase)
                place += length
                break
        else:
            word = words[place]
            if word.text not in lexicon.practised and (is_unreadable(word) or re.search(r"[^\W\d_]", word.text)):
                (unpractised if word.pieces == 1 else strange).append(word.text)
            place += 1
    reading = Reading(tuple(names), tuple(strange), tuple(unpractised), topic_of(words, lexicon))
    named = bool(names) and spoken(words) <= SHORT
    asks = not lexicon.askers or named or any(word.text in lexicon.askers for word in words)
    if reading.topic or asks or strange or is_unread(reading, words):
        return reading
    return replace(reading, topic=NOTHING)


def is_unreadable(word: Word) -> bool:
    """The tokenizer has no pieces for it, and it is more than a mark."""
    return word.pieces == 0 and not all(
        unicodedata.category(mark)[0] == "P" or mark in "$+<=>^`|~" for mark in word.text
    )


def topic_of(words: Sequence[Word], lexicon: Lexicon) -> str | None:
    """The first topic of which a pattern occurs."""
    text = " ".join(word.text for word in words)
    for topic, patterns in lexicon.topics.items():
        if re.search(f"(?:^| )(?:{'|'.join(patterns)})(?= |$)", text):
            return topic
    return None


def is_unread(reading: Reading, words: Sequence[Word]) -> bool:
    """Words are unknown, and either nothing that is known is named or half of all words are unknown."""
    unknown = len(reading.strange) + len(reading.unpractised)
    nothing_known = bool(reading.strange) and not reading.names
    return nothing_known or (unknown >= 2 and 2 * unknown >= spoken(words))


def spoken(words: Sequence[Word]) -> int:
    """How many are more than marks."""
    return sum(bool(re.search(r"\w", word.text)) for word in words)


def warns(
    reading: Reading, words: Sequence[Word], scores: np.ndarray, chance: float, warn_below: float, *, cut: bool
) -> bool:
    """Whether the page warns: by chance, or because of what holds whatever the answer."""
    second, first = np.sort(scores)[-2:]
    anyway = cut or reading.topic is not None or is_unread(reading, words) or second >= EVEN * first
    return anyway or chance < warn_below


def presence(classes: Sequence[int], class_scores: np.ndarray) -> float:
    """class_scores [R, C] -> the probability, 0..1, that the likeliest region shows one of the classes."""
    if len(class_scores) == 0 or len(classes) == 0:
        return 0.0
    return min(1.0, float(class_scores[:, list(classes)].astype(np.float64).sum(axis=1).max()))


def group_of(answer: str, lexicon: Lexicon) -> str:
    """The group of answers that it belongs to, `other` when to none."""
    return next((group for group, answers in lexicon.answer_groups.items() if answer in answers), "other")


def signals(
    reading: Reading, scores: np.ndarray, answers: Sequence[str], class_scores: np.ndarray, cut: bool, lexicon: Lexicon
) -> dict[str, float]:
    """scores [N] (probabilities of `answers`), class_scores [R, C]; `cut`: the question was longer than the limit."""
    order = np.argsort(-scores, kind="stable")[:2]
    first, second = (float(score) for score in scores[order])
    group = group_of(answers[order[0]], lexicon)
    least = min((presence(lexicon.names[name], class_scores) for name in reading.names), default=1.0)
    missing = 1.0 - least
    return {
        "certainty": bounded_odds(first, 1.0 - first),
        "lead": bounded_odds(first, second),
        "spread": spread(scores),
        "strangeWords": float(min(MOST_WORDS, len(reading.strange))),
        "unpractisedWords": float(min(MOST_WORDS, len(reading.unpractised))),
        "beyondPhotos": float(reading.topic is not None),
        "cut": float(cut),
        "named": float(len(reading.names) > 0),
        "missing": missing if group not in (ASSENTS, DENIALS) else 0.0,
        "missingYetYes": missing if group == ASSENTS else 0.0,
        "foundYetNo": least if group == DENIALS and reading.names else 0.0,
        "recognised": float(class_scores.max(initial=0.0)),
        **{f"answer:{name}": float(group == name) for name in lexicon.answer_groups},
    }


def bounded_odds(share: float, against: float) -> float:
    """ln(share / against), between -LARGEST_ODDS and LARGEST_ODDS."""
    if share <= 0.0:
        return -LARGEST_ODDS
    if against <= 0.0:
        return LARGEST_ODDS
    return max(-LARGEST_ODDS, min(LARGEST_ODDS, math.log(share / against)))


def spread(scores: np.ndarray) -> float:
    """Entropy of the scores as shares of their sum, over its greatest: 0 one answer alone, 1 all alike."""
    if len(scores) < 2:
        return 0.0
    shares = scores.astype(np.float64) / scores.sum()
    shares = shares[shares > 0.0]
    return float(-(shares * np.log(shares)).sum() / math.log(len(scores)))
