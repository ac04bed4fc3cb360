"""Templates with choices, and the ways people loosen a sentence when they type.

A template is text with (one|another|) choices, which may nest, and {slots}.
"""

import random
import re
from functools import cache

Part = str | tuple[tuple["Part", ...], ...]

PICTURE = "(the picture|the photo|the image|this picture|this photo|this image|the scene|this photograph|this pic)"
IN_PICTURE = f"( in {PICTURE}| here||)"


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


CONTRACTIONS = (
    ("what is ", ("what's ", "whats ")),
    ("who is ", ("who's ", "whos ")),
    ("where is ", ("where's ", "wheres ")),
)
SWAPS = (
    ("color", "colour", 0.35),
    ("gray", "grey", 0.3),
    ("picture", "pic", 0.1),
    ("people", "ppl", 0.06),
    ("photograph", "photo", 0.3),
    ("you", "u", 0.04),
    ("are there", "r there", 0.01),
    ("and", "&", 0.02),
    ("television", "tv", 0.5),
    ("the photo", "photo", 0.03),
    ("please", "pls", 0.2),
)
OPENINGS = ("tell me ", "can you tell me ", "do you know ", "please tell me ", "i want to know ", "say ", "guess ")
QUESTION_WORDS = ("what ", "who ", "where ", "how many ", "which ", "what's ", "how ")
LETTERS = re.compile(r"[a-z]{5,}")


def _mistype(text: str, rng: random.Random) -> str:
    """Swaps, drops or doubles one letter inside one longer word."""
    words = list(LETTERS.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    kind = rng.randrange(3)
    middle = text[at + 1] + text[at] if kind == 0 else "" if kind == 1 else text[at] * 2
    return text[:at] + middle + text[at + (2 if kind == 0 else 1) :]


def loosen(text: str, rng: random.Random) -> str:
    """The question as somebody might type it; a good third stays as it is."""
    chance = rng.random()
    if chance < 0.35:
        return text[0].upper() + text[1:] + "?"
    text = text[0].lower() + text[1:]
    for long, shorts in CONTRACTIONS:
        if text.startswith(long) and rng.random() < 0.4:
            text = rng.choice((shorts[0], shorts[0], shorts[1])) + text[len(long) :]
    for word, other, share in SWAPS:
        if word in text and rng.random() < share:
            text = re.sub(rf"\b{word}\b", other, text)
    if rng.random() < 0.06 and text.startswith(QUESTION_WORDS):
        text = rng.choice(OPENINGS) + text
    if rng.random() < 0.04:
        text = rng.choice(("hey, ", "so, ", "um, ", "ok ", "please, ", "hi, ")) + text
    if rng.random() < 0.02:
        text = _mistype(text, rng)
    return text + rng.choice(("?", "?", "", "", "", " ?", "??", "."))
