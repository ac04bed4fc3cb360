"""Templates with choices.

A template is text with (one|another|) choices, which may nest, and {slots}.
"""

import random
import re
from functools import cache

Part = str | tuple[tuple["Part", ...], ...]


def _parse(text: str, start: int) -> tuple[tuple[tuple[Part, ...], ...], int]:
    """Alternatives from `start` up to the closing bracket or the end."""
    alternatives: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    literal = ""
    position = start
    while position < len(text) and text[position] != ")":
        character = text[position]
        if character == "(":
            if literal:
                parts.append(literal)
                literal = ""
            inner, position = _parse(text, position + 1)
            parts.append(inner)
        elif character == "|":
            alternatives.append((*parts, literal) if literal else tuple(parts))
            parts, literal = [], ""
        else:
            literal += character
        position += 1
    alternatives.append((*parts, literal) if literal else tuple(parts))
    return tuple(alternatives), position


@cache
def _compiled(template: str) -> tuple[tuple[Part, ...], ...]:
    alternatives, end = _parse(template, 0)
    if end != len(template):
        raise ValueError(f"template has a bracket too many: {template}")
    return alternatives


def _pick(alternatives: tuple[tuple[Part, ...], ...], rng: random.Random) -> str:
    chosen = alternatives[int(rng.random() * len(alternatives))]
    return "".join(part if isinstance(part, str) else _pick(part, rng) for part in chosen)


def phrase(template: str, rng: random.Random, **slots: str) -> str:
    """One wording of the template."""
    text = _pick(_compiled(template), rng)
    spoken = re.sub(r"\b(kind|type|sort) of (piece|item) of\b", r"\1 of", text.format(**slots))
    return re.sub(r" +", " ", spoken).strip()
