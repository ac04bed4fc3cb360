"""Sentences about two pictures, true or false, in the manner of NLVR2: 'exactly one image has a dog'.

Every form is a rule over what is known of a class in the left and in the right picture. `pair_statement` speaks
about two given scenes; `StatementPairs` looks for scenes that go with a sentence, so that each sentence is true as
often as false whatever it names.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.data.captions.pair_facts import ABSENT, PRESENT, UNCOUNTED, SceneFacts, known_counts, known_presence
from models.data.questions import nouns
from models.data.questions.grammar import ALWAYS_PLURAL, MASS, a, plural
from models.data.questions.phrasing import phrase
from models.data.questions.view import SceneView, class_noun
from models.data.scenes import Scene
from models.data.vocabulary import OBJECTS

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MOST_IN_TOTAL = 8
ATTEMPTS = 40
PICTURE = "(image|picture|photo)"

Wanted = Literal["presence", "count"]


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence and when it holds of (left, right): presence as bools, counts as ints."""

    texts: str
    holds: Callable[[int, int], bool]
    needs: Wanted = "presence"
    number: Callable[[int, int], int] | None = None
    """Of forms that say a number: the true one."""


FORMS: tuple[Form, ...] = (
    Form(
        f"both {PICTURE}s (show|contain|have) {{one}}|there is {{one}} in (both|each of the two) {PICTURE}s"
        f"|each {PICTURE} (shows|contains|has) {{one}}|{{one}} can be seen in (both|each) {PICTURE}(s|s)",
        lambda left, right: bool(left and right),
    ),
    Form(
        f"exactly one {PICTURE} (shows|contains|has) {{one}}|only one of the {PICTURE}s (shows|has|contains) {{one}}"
        f"|just one {PICTURE} (shows|has) {{one}}|there is {{one}} in (exactly|only) one of the {PICTURE}s",
        lambda left, right: bool(left) != bool(right),
    ),
    Form(
        f"at least one {PICTURE} (shows|contains|has) {{one}}|there is {{one}} in at least one of the {PICTURE}s"
        f"|(one or both|one) of the {PICTURE}s (shows|has) {{one}}|one {PICTURE} shows {{one}}",
        lambda left, right: bool(left or right),
    ),
    Form(
        f"neither {PICTURE} (shows|contains|has) {{one}}|there (is no|are no) {{bare}} in either {PICTURE}"
        f"|none of the {PICTURE}s (shows|has) {{one}}",
        lambda left, right: not (left or right),
    ),
    Form(
        f"the left {PICTURE} (shows|contains|has) {{one}}|there is {{one}} in the {PICTURE} on the left"
        f"|{{one}} is in the left {PICTURE}",
        lambda left, right: bool(left),
    ),
    Form(
        f"the right {PICTURE} (shows|contains|has) {{one}}|there is {{one}} in the {PICTURE} on the right"
        f"|{{one}} is in the right {PICTURE}",
        lambda left, right: bool(right),
    ),
    Form(
        f"only the left {PICTURE} (shows|has|contains) {{one}}|{{one}} is in the left {PICTURE}, but not in the right",
        lambda left, right: bool(left and not right),
    ),
    Form(
        f"only the right {PICTURE} (shows|has|contains) {{one}}|{{one}} is in the right {PICTURE}, but not in the left",
        lambda left, right: bool(right and not left),
    ),
    Form(
        f"there are {{n}} {{many}} in total|there are a total of {{n}} {{many}}( in the two {PICTURE}s|)"
        f"|(the two|the|both) {PICTURE}s (show|contain) {{n}} {{many}} (in total|altogether|in all)"
        f"|{{n}} {{many}} can be seen in the two {PICTURE}s( together|)|there are exactly {{n}} {{many}}",
        lambda left, right: True,
        "count",
        lambda left, right: left + right,
    ),
    Form(
        f"the left {PICTURE} (shows|contains|has) (exactly |){{n}} {{many}}"
        f"|there are {{n}} {{many}} in the left {PICTURE}",
        lambda left, right: True,
        "count",
        lambda left, right: left,
    ),
    Form(
        f"the right {PICTURE} (shows|contains|has) (exactly |){{n}} {{many}}"
        f"|there are {{n}} {{many}} in the right {PICTURE}",
        lambda left, right: True,
        "count",
        lambda left, right: right,
    ),
    Form(
        f"the left {PICTURE} (shows|contains|has) more {{many}}( than the right( one| {PICTURE})|)"
        f"|there are more {{many}} in the {PICTURE} on the left|there are fewer {{many}} in the right {PICTURE}",
        lambda left, right: left > right,
        "count",
    ),
    Form(
        f"the right {PICTURE} (shows|contains|has) more {{many}}( than the left( one| {PICTURE})|)"
        f"|there are more {{many}} in the {PICTURE} on the right|there are fewer {{many}} in the left {PICTURE}",
        lambda left, right: right > left,
        "count",
    ),
    Form(
        f"(both|the two) {PICTURE}s (show|contain|have) the same number of {{many}}"
        f"|there are as many {{many}} in the left {PICTURE} as in the right",
        lambda left, right: left == right,
        "count",
    ),
)
INDOORS: tuple[tuple[str, Callable[[bool, bool], bool]], ...] = (
    ("both {p}s were taken (indoors|inside)|both {p}s show an indoor scene", lambda left, right: left and right),
    (
        "both {p}s were taken (outdoors|outside)|both {p}s show an outdoor scene",
        lambda left, right: not left and not right,
    ),
    ("the left {p} was taken (indoors|inside)|the {p} on the left shows an indoor scene", lambda left, right: left),
    ("the right {p} was taken (outdoors|outside)|the {p} on the right is outdoors", lambda left, right: not right),
    (
        "one {p} was taken (indoors and the other outdoors|inside and the other outside)|exactly one {p} is indoors",
        lambda left, right: left != right,
    ),
)
INDOORS_SHARE = 0.08


def _worded(form: Form, object_class: int, number: int, rng: random.Random) -> str:
    noun = class_noun(object_class, rng)
    several = plural(noun)
    one = f"any {noun}" if "neither" in form.texts and noun in MASS else a(noun)
    if form.needs == "count" and number == 1:
        text = phrase(form.texts, rng, n="one", many=noun, one=one, bare=noun)
        return text.replace("there are ", "there is ")
    text = phrase(form.texts, rng, n=NUMBERS[number], many=several, one=one, bare=several)
    return text.replace("there is no ", "there are no ").replace("the two picture s", "the two pictures")


def _finished(text: str, rng: random.Random) -> str:
    chance = rng.random()
    return text[0].upper() + text[1:] + "." if chance < 0.5 else text + "." if chance < 0.65 else text


def _can_be_named(object_class: int) -> bool:
    return object_class not in nouns.PARTS | nouns.GENERIC and OBJECTS[object_class] not in ALWAYS_PLURAL


def _can_be_counted(object_class: int) -> bool:
    return object_class in nouns.COUNTABLE and OBJECTS[object_class] not in MASS | ALWAYS_PLURAL


def _indoors_statement(inside: tuple[bool, bool], true: bool, rng: random.Random) -> str | None:
    fitting = [texts for texts, holds in INDOORS if holds(*inside) == true]
    return phrase(rng.choice(fitting), rng, p=rng.choice(("image", "picture", "photo"))) if fitting else None


def pair_statement(left: Scene, right: Scene, rng: random.Random) -> tuple[str, bool] | None:
    """A sentence about these two scenes and whether it holds; as often true as false.

    None when nothing certain can be said. A rare thing is seldom in both of two scenes, so that the sentence alone says
    something about its truth; where scenes can be chosen, `StatementPairs` avoids that.
    """
    true = rng.random() < 0.5
    if left.indoors is not None and right.indoors is not None and rng.random() < INDOORS_SHARE:
        text = _indoors_statement((left.indoors, right.indoors), true, rng)
        return (_finished(text, rng), true) if text else None
    views = SceneView(left), SceneView(right)
    presence = np.stack([known_presence(view) for view in views])  # [2, C]
    counts = np.stack([known_counts(view, row) for view, row in zip(views, presence, strict=True)])  # [2, C]
    named = [c for c in views[0].present | views[1].present if _can_be_named(c) and presence[:, c].all()]
    counted = [c for c in named if _can_be_counted(c) and (counts[:, c] != UNCOUNTED).all()]
    both = [c for c in named if (presence[:, c] == PRESENT).all()]
    for _ in range(ATTEMPTS):
        form = rng.choice(FORMS)
        classes = counted if form.needs == "count" else both if both and rng.random() < 0.5 else named
        if not classes:
            continue
        object_class = rng.choice(sorted(classes))
        known = counts[:, object_class] if form.needs == "count" else presence[:, object_class] == PRESENT
        pair = int(known[0]), int(known[1])
        number = form.number(*pair) if form.number else 0
        if form.number and not true:
            number = rng.choice([n for n in range(MOST_IN_TOTAL + 1) if n != number and abs(n - number) <= 2])
        if form.number is None and form.holds(*pair) != true:
            continue
        if number < len(NUMBERS):
            return _finished(_worded(form, object_class, number, rng), rng), true
    return None


class StatementPairs:
    """Draws a sentence first, then two scenes of which it is true or false."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self.facts = SceneFacts(scenes)
        present = (self.facts.presence == PRESENT).sum(axis=0)  # [C]
        absent = (self.facts.presence == ABSENT).sum(axis=0)  # [C]
        usable = (present >= 2) & (absent >= 2)
        self.named = [c for c in range(len(OBJECTS)) if usable[c] and _can_be_named(c)]
        self.counted = [c for c in self.named if _can_be_counted(c) and self._rows_counted(c).size >= 4]
        self.weights = {
            "presence": [float(np.sqrt(present[c])) for c in self.named],
            "count": [float(np.sqrt(present[c])) for c in self.counted],
        }
        if not self.named or not self.counted:
            raise ValueError(f"{len(scenes)} scenes are too few to draw pairs from")

    def _rows_counted(self, object_class: int) -> np.ndarray:
        """Rows where something of the class is there and counted."""
        return np.flatnonzero(self.facts.counts[:, object_class] > 0)

    def draw(self, rng: random.Random) -> tuple[Scene, Scene, str, bool]:
        """(left, right, sentence, whether it holds)"""
        while True:
            found = self._draw_indoors(rng) if rng.random() < INDOORS_SHARE else self._draw_named(rng)
            if found:
                left, right, text, true = found
                return self.facts.scenes[left], self.facts.scenes[right], _finished(text, rng), true

    def _draw_indoors(self, rng: random.Random) -> tuple[int, int, str, bool] | None:
        known = np.flatnonzero(self.facts.indoors)
        inside, outside = (np.flatnonzero(self.facts.indoors == side) for side in (1, -1))
        if not inside.size or not outside.size or known.size < 2:
            return None
        texts, holds = rng.choice(INDOORS)
        true = rng.random() < 0.5
        sides = [(x, y) for x in (True, False) for y in (True, False) if holds(x, y) == true]
        x, y = rng.choice(sides)
        left, right = (int(rng.choice((inside if side else outside).tolist())) for side in (x, y))
        return left, right, phrase(texts, rng, p=rng.choice(("image", "picture", "photo"))), true

    def _draw_named(self, rng: random.Random) -> tuple[int, int, str, bool] | None:
        form = rng.choice(FORMS)
        classes = self.counted if form.needs == "count" else self.named
        object_class = rng.choices(classes, self.weights[form.needs])[0]
        true = rng.random() < 0.5
        number = self._said_number(form, object_class, rng)
        for _ in range(ATTEMPTS):
            left, right = (self._row(object_class, form.needs, rng) for _ in range(2))
            column = self.facts.counts if form.needs == "count" else self.facts.presence == PRESENT
            pair = int(column[left, object_class]), int(column[right, object_class])
            holds = form.number(*pair) == number if form.number else form.holds(*pair)
            if holds == true:
                return left, right, _worded(form, object_class, number, rng), true
        return None

    def _said_number(self, form: Form, object_class: int, rng: random.Random) -> int:
        """Of another pair of scenes: a number says nothing about its truth then."""
        if form.number is None:
            return 0
        pair = (int(self.facts.counts[self._row(object_class, "count", rng), object_class]) for _ in range(2))
        return min(form.number(*pair), len(NUMBERS) - 1)

    def _row(self, object_class: int, needs: Wanted, rng: random.Random) -> int:
        """A scene with the class, or as often one surely without it."""
        if rng.random() < 0.5:
            rows = np.flatnonzero(self.facts.presence[:, object_class] == ABSENT)
        elif needs == "count":
            rows = self._rows_counted(object_class)
        else:
            rows = np.flatnonzero(self.facts.presence[:, object_class] == PRESENT)
        return int(rows[rng.randrange(rows.size)])
