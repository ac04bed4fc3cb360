"""Free wordings that no template of the generator makes, written before any model saw a photo.

Each names its kind and has slots: {object} {a_object} {objects} {other} {category}. `side` of a relation
is the side that the wording asserts.
"""

import json
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

PARAPHRASES_FILE = Path(__file__).with_name("paraphrases.json")


class Paraphrase(TypedDict):
    kind: str
    text: str
    side: NotRequired[str]


@cache
def paraphrases() -> tuple[Paraphrase, ...]:
    return tuple(json.loads(PARAPHRASES_FILE.read_text()))


def paraphrase_texts() -> list[str]:
    """The wordings with their slots left out."""
    return [" ".join(word for word in entry["text"].split() if "{" not in word) for entry in paraphrases()]
