"""Captions and statements of a scene: true ones, and ones that one changed word makes false."""

import random
import re
from itertools import accumulate

from models.data.captions.draft import Draft, broken, named_classes, spoken
from models.data.captions.sentences import CAPTION_FORMS, STATEMENT_FORMS, Form
from models.data.questions.phrasing import phrase
from models.data.questions.view import SceneView
from models.data.scenes import Scene

ATTEMPTS = 12
VERBS = frozenset({"is", "are", "look", "looks"})
# Sentences that begin like this are whole.
BEGINNINGS = frozenset({"this is", "taken", "there is no", "no", "without any"})
PHOTO = "(picture|photo|photograph|image|view|shot|close up)"
CAPTION_OPENING = f"(||||||||a {PHOTO} of |there is |this is |a {PHOTO} showing |we see |the {PHOTO} shows ){{x}}"
STATEMENT_OPENING = (
    "(there is |there is |you can see |the (picture|photo|image) shows |the (picture|photo|image) has "
    "|in the (picture|photo|image) there is |this is a (photo|picture) of ||){x}"
)
CLAUSE_OPENING = "(||||||in the (picture|photo|image) |here |you can see that |it seems that ){x}"
ARTICLES = ("a ", "an ", "one ", "the ")
PEOPLE = ("people", "men", "women", "children")


def _draft(view: SceneView, forms: dict[Form, float], rng: random.Random) -> Draft | None:
    form = rng.choices(tuple(forms), cum_weights=tuple(accumulate(forms.values())))[0]
    return form(view, rng)


def _is_clause(draft: Draft) -> bool:
    return any(part in VERBS for part in draft if isinstance(part, str))


def _several(first: str) -> bool:
    """True of 'two dogs', 'black boots' and 'people', for the verb before them."""
    return not first.startswith(ARTICLES) and (first.endswith(PEOPLE) or (first[-1] == "s" and first[-2:] != "ss"))


def _opened(draft: Draft, text: str, opening: str, rng: random.Random) -> str:
    """text: the words of the draft, true or false."""
    clause = _is_clause(draft)
    opening = "{x}" if draft[0] in BEGINNINGS else CLAUSE_OPENING if clause else opening
    whole = phrase(opening, rng, x=text).replace("a image", "an image")
    if not clause and _several(re.split(r",| and | with | in | on ", text)[0]):
        whole = whole.replace("there is ", "there are ").replace("this is ", "these are ")
    chance = rng.random()
    return whole[0].upper() + whole[1:] + "." if chance < 0.3 else whole + "." if chance < 0.4 else whole


def _written(scene: Scene, forms: dict[Form, float], opening: str, true: bool, rng: random.Random) -> str | None:
    view = SceneView(scene)
    if not view.kept:
        return None
    for _ in range(ATTEMPTS):
        draft = _draft(view, forms, rng)
        # A sentence that cannot be made false is not told truly either: else its form would give it away.
        wrong = broken(draft, rng) if draft else None
        if draft and wrong:
            return _opened(draft, spoken(draft) if true else wrong, opening, rng)
    return None


def describe(scene: Scene, rng: random.Random) -> str | None:
    """A caption that is true of the scene, None of a scene about which nothing can be said."""
    return _written(scene, CAPTION_FORMS, CAPTION_OPENING, True, rng)


def unmatching_caption(scene: Scene, rng: random.Random) -> str | None:
    """A caption with one noun, attribute, number, place or relation that is false of the scene."""
    return _written(scene, CAPTION_FORMS, CAPTION_OPENING, False, rng)


def statement(scene: Scene, rng: random.Random, true: bool) -> str | None:
    """A sentence about the scene that is true or false, as asked for."""
    return _written(scene, STATEMENT_FORMS, STATEMENT_OPENING, true, rng)


def caption_of_other(scene: Scene, other: Scene, rng: random.Random) -> str | None:
    """A caption of `other` that names something which is surely not in `scene`; None when none is found."""
    here, there = SceneView(scene), SceneView(other)
    if not there.kept:
        return None
    for _ in range(ATTEMPTS):
        draft = _draft(there, CAPTION_FORMS, rng)
        if draft and any(here.is_absent(object_class) for object_class in named_classes(draft)):
            return _opened(draft, spoken(draft), CAPTION_OPENING, rng)
    return None
