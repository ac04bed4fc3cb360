"""What the generator gives: a question, its answer, and the objects it is about."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "exists",
    "count",
    "what",
    "where",
    "relation",
    "colour",
    "indoors",
    "attribute",
    "logic",
    "weather",
]
EVERYDAY_KINDS: tuple[Kind, ...] = ("exists", "count", "what", "where", "relation", "colour", "indoors")


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    answer: str
    kind: Kind
    objects: tuple[int, ...] = ()
    """Indices into Scene.objects of the boxes that decide the answer; empty when something is absent."""
    type: str = ""
    """The maker's name; answers are balanced within a type and topic."""
    topic: str = ""
    """What the wording gives away, from the broad to the narrow: 'wearing/hat/man'."""
