"""A sentence in the making: every word that could be changed so that the sentence becomes false is marked."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    said: str
    """Words that are true of the scene."""
    wrong: tuple[str, ...] = ()
    """Words for the same place that make the whole sentence false."""
    named: int | None = None
    """Index into vocabulary.OBJECTS of the class that `said` names."""


Draft = tuple[str | Slot, ...]


def _joined(parts: list[str]) -> str:
    return " ".join(" ".join(parts).replace(" ,", ",").split())


def spoken(draft: Draft) -> str:
    """The true sentence."""
    return _joined([part if isinstance(part, str) else part.said for part in draft])


def broken(draft: Draft, rng: random.Random) -> str | None:
    """The sentence with one place changed, or None when nothing in it can surely be made false."""
    places = [at for at, part in enumerate(draft) if isinstance(part, Slot) and part.wrong]
    if not places:
        return None
    changed = rng.choice(places)
    words = []
    for at, part in enumerate(draft):
        if isinstance(part, str):
            words.append(part)
        else:
            words.append(rng.choice(part.wrong) if at == changed else part.said)
    return _joined(words)


def named_classes(draft: Draft) -> frozenset[int]:
    return frozenset(part.named for part in draft if isinstance(part, Slot) and part.named is not None)
