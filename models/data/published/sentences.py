"""Sentences about pictures, as read and as kept: nine million of them must fit into memory."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from models.data.published.answers import AnswerTable


@dataclass(frozen=True, slots=True)
class Sentence:
    picture: str  # named by Pictures
    text: str
    source: str  # as LXMERT's aggregated files call it: mscoco, vg, vqa, gqa, visual7w
    answers: tuple[tuple[str, float], ...] | None = None
    """Answer and its soft score, 0..1; None of captions, which ask nothing."""
    identity: str | None = None
    """Within its source."""


class SentenceTable:
    """Sentences packed into arrays, not one object each."""

    def __init__(self, table: AnswerTable) -> None:
        self.table = table
        self.pictures: dict[str, int] = {}
        self.sources: dict[str, int] = {}
        self.text = bytearray()
        self.text_ends = array("Q", [0])
        self.picture_of = array("I")
        self.source_of = array("B")
        self.answers = array("H")
        self.scores = array("f")
        self.answer_ends = array("Q", [0])
        self.seen: set[int] = set()
        self.repeated = 0

    def __len__(self) -> int:
        return len(self.picture_of)

    def add(self, sentences: Iterable[Sentence]) -> None:
        """A sentence that a picture has already, with as many answers, is left out and counted."""
        for sentence in sentences:
            text = sentence.text.strip().encode()
            mark = f"{sentence.picture}\0{len(sentence.answers or ())}\0".encode() + text.lower()
            digest = int.from_bytes(blake2b(mark, digest_size=8).digest())
            if digest in self.seen:
                self.repeated += 1
                continue
            self.seen.add(digest)
            self._append(sentence, text)

    def _append(self, sentence: Sentence, text: bytes) -> None:
        self.text += text
        self.text_ends.append(len(self.text))
        self.picture_of.append(self.pictures.setdefault(sentence.picture, len(self.pictures)))
        self.source_of.append(self.sources.setdefault(sentence.source, len(self.sources)))
        for index, score in self.table.scored(sentence.answers or ()):
            self.answers.append(index)
            self.scores.append(score)
        self.answer_ends.append(len(self.answers))

    def forget_marks(self) -> None:
        """No more to come: gives back the memory that only telling repeats needed."""
        self.seen = set()

    def text_of(self, row: int) -> str:
        return self.text[self.text_ends[row] : self.text_ends[row + 1]].decode()

    def answers_of(self, row: int) -> list[tuple[int, float]]:
        """(index into the answer table, soft score); empty for captions and for answers off the list."""
        part = slice(self.answer_ends[row], self.answer_ends[row + 1])
        return list(zip(self.answers[part], self.scores[part], strict=True))

    def counts(self) -> Iterator[tuple[str, int, int]]:
        """(source, sentences, those with an answer on the list)."""
        sources = np.frombuffer(self.source_of, np.uint8)
        answered = np.diff(np.frombuffer(self.answer_ends, np.uint64).astype(np.int64)) > 0
        for name, index in self.sources.items():
            yield name, int((sources == index).sum()), int((answered & (sources == index)).sum())
