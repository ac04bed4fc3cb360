"""Filler words dropped from and strewn into questions, so that answers hang on the words that carry meaning."""

import random

VARIED_SHARE = 0.35
DROPPED_SHARE = 0.5
MOST_STREWN = 2
DROPPABLE = frozenset(
    "is are was there a an the any do does did you see can could please in of this that it photo picture image pic here "
    "what's which one some located shown".split()
)
STREWN = (
    "please",
    "tell me",
    "hey",
    "so",
    "well",
    "can you say",
    "do you know",
    "i wonder",
    "maybe",
    "just",
    "really",
    "actually",
    "exactly",
    "here",
    "now",
    "in the shot",
    "there",
    "would you say",
    "could you tell",
    "look",
    "then",
    "even",
    "at all",
    "visible",
    "around",
    "appear",
    "contain",
    "anywhere",
    "somewhere",
    "thing",
    "at least",
    "in front of us",
)
# 'Not', 'no' and the order of two things decide these.
ORDERED_KINDS = frozenset({"relation", "logic"})


def vary_wording(text: str, kind: str, rng: random.Random) -> str:
    """Most texts as they are; the rest with some fillers fewer or more, never without its other words."""
    if rng.random() >= VARIED_SHARE:
        return text
    words = text.split()
    if kind not in ORDERED_KINDS:
        words = [word for word in words if word.lower() not in DROPPABLE or rng.random() >= DROPPED_SHARE]
    for _ in range(rng.randint(0, MOST_STREWN)):
        at_end = rng.random() < 0.7
        place = rng.choice((0, len(words))) if at_end else rng.randint(0, len(words))
        words.insert(place, rng.choice(STREWN))
    return " ".join(words) or text
