"""How raw object names of the data sources become one plain singular name."""

import re

from models.data.object_synonyms import IRREGULAR, PLURAL_ONLY, SYNONYMS

# Names that say nothing to a person who looks at a photo.
DROPPED = frozenset({"air", "display", "symbol", "liquid", "toppings", "topping", "room", "pitcher"})

# Everyday things that the scene graphs show less often than the threshold.
WANTED = (
    "goat",
    "duck",
    "guitar",
    "toaster",
    "salad",
    "toothbrush",
    "cookie",
    "cupcake",
    "soup",
    "coffee",
    "beer",
    "doll",
    "stool",
    "church",
    "swimming pool",
    "ice cream",
    "grape",
    "blender",
    "candle",
    "newspaper",
    "magazine",
    "soap",
    "butterfly",
    "bell",
    "radio",
    "tractor",
    "helicopter",
    "snowboarder",
    "skateboarder",
    "coffee maker",
    "french fries",
    "bacon",
    "pasta",
    "pineapple",
    "cutting board",
    "lighthouse",
    "stroller",
    "restaurant",
    "living room",
    "bedroom",
    "balloon",
    "deer",
    "monkey",
    "piano",
)


def plain(raw: str) -> str:
    """Lower case, single spaces; 'wall-other-merged' of the stuff labels is a wall."""
    name = re.sub(r"\s+", " ", raw.strip().lower().replace("_", " "))
    return re.sub(r"-(other-merged|merged|stuff|other)$", "", name)


def singular(name: str) -> str:
    """'tennis shoes' -> 'tennis shoe'; leaves names alone that have no singular."""
    if name in PLURAL_ONLY:
        return name
    head, _, last = name.rpartition(" ")
    prefix = head + " " if head else ""
    if last in IRREGULAR:
        return prefix + IRREGULAR[last]
    if last in PLURAL_ONLY or len(last) < 4 or not last.endswith("s") or last.endswith(("ss", "us", "is")):
        return name
    if last.endswith("ies"):
        return prefix + last[:-3] + "y"
    if last.endswith(("ches", "shes", "xes", "sses", "oes", "zzes")):
        return prefix + last[:-2]
    return prefix + last[:-1]


def fold(raw: str) -> str:
    """The plain singular name that stands for `raw`, whether or not the vocabulary has it."""
    name = plain(raw)
    for candidate in (name, singular(name)):
        if candidate in SYNONYMS:
            return SYNONYMS[candidate]
    return singular(name)
