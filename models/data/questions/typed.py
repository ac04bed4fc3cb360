"""The ways people type a sentence: contractions, other spellings, fillers, no question mark, slips of the finger."""

import random
import re

TIDY_SHARE = 0.3
MISTYPED_SHARE = 0.06
CONTRACTED_SHARE = 0.35
# Both spellings of one contraction: with the apostrophe, and as it is typed in a hurry.
CONTRACTIONS = tuple(
    (re.compile(rf"\b{long}\b"), (short, short, short.replace("'", "")))
    for long, short in (
        ("what is", "what's"),
        ("who is", "who's"),
        ("where is", "where's"),
        ("how is", "how's"),
        ("there is", "there's"),
        ("it is", "it's"),
        ("that is", "that's"),
        ("i am", "i'm"),
        ("is not", "isn't"),
        ("are not", "aren't"),
        ("can not", "can't"),
        ("does not", "doesn't"),
        ("i would", "i'd"),
    )
)
SWAPS = tuple(
    (re.compile(rf"\b{word}"), other, share)
    for word, other, share in (
        ("color", "colour", 0.4),
        ("gray\\b", "grey", 0.45),
        ("picture\\b", "pic", 0.06),
        ("people\\b", "ppl", 0.05),
        ("you\\b", "u", 0.03),
        ("and\\b", "&", 0.02),
        ("the (?=photo|picture|image)", "", 0.03),
        ("please\\b", "pls", 0.2),
        ("are there\\b", "is there", 0.015),
    )
)
BEFORE = ("hey, ", "so ", "um, ", "ok ", "please, ", "hi, ", "hello, ", "and ", "now, ", "quick question: ", "well, ")
AFTER = (" please", ", please", " thanks", " pls", " here", ", do you think", " exactly", ", any idea", " now")
FILLED_SHARE = 0.07
ENDINGS = (*("?",) * 9, *("",) * 9, " ?", " ?", "??", ".", ".", "...")
ARTICLES_DROPPED_SHARE = 0.04
ARTICLES = re.compile(r"\b(the|a|an) ")
WORD = re.compile(r"[a-z]{4,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    key: "".join(row[at + step] for step in (-1, 1) if 0 <= at + step < len(row))
    for row in _ROWS
    for at, key in enumerate(row)
}


def mistype(text: str, rng: random.Random) -> str:
    """One slip inside one word of four letters or more: letters swapped, one left out, doubled, or its neighbour."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    here, following = text[at], text[at + 1]
    slip = rng.choice((following + here, following, here + here + following, rng.choice(NEIGHBOURS[here]) + following))
    return text[:at] + slip + text[at + 2 :]


def loosen(text: str, rng: random.Random) -> str:
    """The question as somebody might type it; nearly a third stays as it is."""
    if rng.random() < TIDY_SHARE:
        return text[0].upper() + text[1:] + "?"
    for long, shorts in CONTRACTIONS:
        if rng.random() < CONTRACTED_SHARE:
            text = long.sub(rng.choice(shorts), text)
    for word, other, share in SWAPS:
        if rng.random() < share:
            text = word.sub(other, text)
    if rng.random() < ARTICLES_DROPPED_SHARE:
        text = ARTICLES.sub("", text)
    if rng.random() < FILLED_SHARE:
        text = rng.choice(BEFORE) + text if rng.random() < 0.5 else text + rng.choice(AFTER)
    if rng.random() < MISTYPED_SHARE / (1 - TIDY_SHARE):
        text = mistype(text, rng)
    if rng.random() < 0.15:
        text = text[0].upper() + text[1:]
    return text + rng.choice(ENDINGS)
