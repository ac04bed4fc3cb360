"""The names the models know: object classes, attributes, answers.

The lists are stored in vocabulary.json, so that nothing needs the data folder at run time.
`python -m models.data.vocabulary --data ../shared/data` computes them again.
"""

import argparse
import json
from functools import cache
from pathlib import Path

from models.data import attribute_names, object_names
from models.data.categories import CATEGORIES

VOCABULARY_FILE = Path(__file__).with_name("vocabulary.json")

_LISTS: dict[str, list[str]] = json.loads(VOCABULARY_FILE.read_text()) if VOCABULARY_FILE.exists() else {}

OBJECTS: tuple[str, ...] = tuple(_LISTS.get("objects", ()))
ATTRIBUTES: tuple[str, ...] = tuple(_LISTS.get("attributes", ()))
ANSWERS: tuple[str, ...] = tuple(_LISTS.get("answers", ()))

OBJECT_INDEX = {name: index for index, name in enumerate(OBJECTS)}
ATTRIBUTE_INDEX = {name: index for index, name in enumerate(ATTRIBUTES)}
ANSWER_INDEX = {name: index for index, name in enumerate(ANSWERS)}

# Indices into ATTRIBUTES: one object has as a rule one colour and one material.
COLOUR_ATTRIBUTES = tuple(ATTRIBUTE_INDEX[c] for c in attribute_names.COLOURS if c in ATTRIBUTE_INDEX)
MATERIAL_ATTRIBUTES = tuple(ATTRIBUTE_INDEX[m] for m in attribute_names.MATERIALS if m in ATTRIBUTE_INDEX)


def _candidates(raw: str) -> list[str]:
    """'television,tv' holds two names; the whole comes first."""
    return [raw, *raw.split(",")] if "," in raw else [raw]


@cache
def canonical_object(raw: str) -> int | None:
    """Index into OBJECTS for a name of any of the data sources, or None when it is not among them."""
    for candidate in _candidates(raw):
        name = object_names.plain(candidate)
        # 'glasses' is a word of its own, but 'wine glasses' are several of them.
        for form in (name, object_names.fold(name), object_names.singular(name), name.removesuffix("es")):
            if form in OBJECT_INDEX:
                return OBJECT_INDEX[form]
    return None


@cache
def canonical_attribute(raw: str) -> int | None:
    """Index into ATTRIBUTES, or None."""
    for candidate in _candidates(raw):
        index = ATTRIBUTE_INDEX.get(attribute_names.plain(candidate))
        if index is not None:
            return index
    return None


@cache
def members(category: str) -> frozenset[int]:
    """The object classes of a category such as 'animal'."""
    return frozenset(OBJECT_INDEX[name] for name in CATEGORIES[category] if name in OBJECT_INDEX)


@cache
def categories_of(object_class: int) -> tuple[str, ...]:
    return tuple(category for category in CATEGORIES if object_class in members(category))


def main() -> None:
    from models.data.build_vocabulary import build_vocabulary

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    lists = build_vocabulary(arguments.data)
    VOCABULARY_FILE.write_text(json.dumps(lists, indent=0, ensure_ascii=False) + "\n")
    print({name: len(entries) for name, entries in lists.items()})


if __name__ == "__main__":
    main()
