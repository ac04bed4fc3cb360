"""A plain everyday question -> what it asks for, exactly as the generator of the set wrote it.

The rules get this for nothing: they never misunderstand a question of the set, which makes them a strong baseline.
"""

import re
from dataclasses import dataclass

from models.data.everyday import CATEGORIES
from models.data.questions.grammar import plural
from models.data.questions.question import Kind
from models.data.vocabulary import OBJECT_INDEX

CLASS_OF_PLURAL = {plural(name): index for name, index in OBJECT_INDEX.items() if name != plural(name)}
CATEGORY_OF_WORDS = {words: category for category, words in CATEGORIES.items()}


@dataclass(frozen=True, slots=True)
class Program:
    """What is asked; class indices into vocabulary.OBJECTS."""

    kind: Kind
    thing: int | None = None
    other: int | None = None
    """Of a relation: what the thing is compared with."""
    side: str | None = None
    """Of a relation: the side that is asserted."""
    category: str | None = None
    """Of 'what': a name of categories.CATEGORIES; None when anything may be named."""


PLAIN_QUESTIONS: tuple[tuple[Kind, str], ...] = (
    ("exists", r"(?:is|are) there (?:any |an? )*(?P<thing>.+) in the picture"),
    ("count", r"how many (?P<thing>.+) are there"),
    ("what", r"what is in the picture"),
    ("what", r"what (?P<category>.+) is (?:in the picture|this)"),
    ("where", r"where was this picture taken"),
    ("where", r"which side of the picture (?:is|are) the (?P<thing>.+) on"),
    ("relation", r"(?:is|are) the (?P<thing>.+) to the (?P<side>left|right) of the (?P<other>.+)"),
    ("colour", r"what color (?:is|are) the (?P<thing>.+)"),
    ("indoors", r"(?:is this|was this taken) (?:indoors or outdoors|outdoors or indoors)"),
)


def read_question(question: str) -> Program:
    """Raises ValueError for a question in another wording, or about a thing that no class names."""
    text = question.lower().rstrip("?")
    for kind, pattern in PLAIN_QUESTIONS:
        match = re.fullmatch(pattern, text)
        if match is None:
            continue
        words = match.groupdict()
        return Program(
            kind,
            thing=_named(words.get("thing"), question, several=kind == "count"),
            other=_named(words.get("other"), question, several=False),
            side=words.get("side"),
            category=CATEGORY_OF_WORDS[words["category"]] if "category" in words else None,
        )
    raise ValueError(f"question '{question}' is worded unlike the plain set")


def _named(noun: str | None, question: str, several: bool) -> int | None:
    """Counted 'people' are several of the class 'person'; elsewhere 'people' is a class of its own."""
    if noun is None:
        return None
    first, then = (CLASS_OF_PLURAL, OBJECT_INDEX) if several else (OBJECT_INDEX, CLASS_OF_PLURAL)
    found = first.get(noun, then.get(noun))
    if found is None:
        raise ValueError(f"question '{question}' asks for '{noun}', which no class names")
    return found
