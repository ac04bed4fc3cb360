"""'Is the dog to the left of the car?', 'is the cat on the couch?', 'is the man riding a horse?'."""

import random

from models.data.questions import nouns
from models.data.questions.grammar import a, be, do, verbs
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import SPOKEN, refer, sideways_words
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView, class_noun
from models.data.questions.wordings.relation import (
    ABOVE_VERIFY,
    HIGHER,
    LEFT_RIGHT_CHOOSE,
    LEFT_RIGHT_VERIFY,
    LOWER,
    RELATED_VERIFY,
    RELATION_WORDS,
    TWO_WAYS,
)
from models.data.vocabulary import OBJECT_INDEX, OBJECTS

PAIR_TRIES = 6
HEIGHT_WORDS = {"above": HIGHER, "below": LOWER}


def _sideways_pair(view: SceneView, rng: random.Random) -> tuple[int, int, str] | None:
    """(x, y, 'left' when x is to the left of y)."""
    if len(view.kept) < 2:
        return None
    for _ in range(PAIR_TRIES):
        x, y = rng.sample(view.kept, 2)
        if view.objects[x].object_class == view.objects[y].object_class:
            continue
        if view.left_of(x, y):
            return x, y, "left"
        if view.left_of(y, x):
            return x, y, "right"
    return None


def _named_pair(view: SceneView, x: int, y: int, rng: random.Random) -> tuple[str, str] | None:
    """References that do not give the sides away: only one of them may be more than 'the X'."""
    first = refer(view, x, rng, without="side", deep=rng.random() < 0.4)
    second = refer(view, y, rng, without="side", deep=rng.random() < 0.4)
    if second and second.startswith("the ") and view.alone(y) and not view.is_plural(y) and rng.random() < 0.06:
        second = a(second.removeprefix("the "))
    return (first, second) if first and second else None


def anchor_words(is_plural: bool) -> dict[str, str]:
    """The slots {isy}, {doy} and {its} of the thing that another is beside."""
    return {"isy": be(is_plural), "doy": do(is_plural), "its": "their" if is_plural else "its"}


def left_right_verify(view: SceneView, rng: random.Random) -> Question | None:
    pair = _sideways_pair(view, rng)
    if pair is None or (named := _named_pair(view, pair[0], pair[1], rng)) is None:
        return None
    x, y, side = pair
    asked = rng.choice(("left", "right"))
    words = sideways_words(asked, rng).replace("that is ", "")
    other = "right" if asked == "left" else "left"
    text = phrase(
        LEFT_RIGHT_VERIFY,
        rng,
        x=named[0],
        y=named[1],
        w=words,
        side=asked,
        other=other,
        s=asked,
        t=other,
        wt=sideways_words(other, rng).replace("that is ", ""),
        **verbs(view.is_plural(x)),
        **anchor_words(view.is_plural(y)),
    )
    return Question(text, "yes" if asked == side else "no", "relation", (x, y), "left_right_verify", asked)


def left_right_choose(view: SceneView, rng: random.Random) -> Question | None:
    pair = _sideways_pair(view, rng)
    if pair is None or (named := _named_pair(view, pair[0], pair[1], rng)) is None:
        return None
    x, y, side = pair
    first, second = rng.sample(("left", "right"), 2)
    text = phrase(
        LEFT_RIGHT_CHOOSE,
        rng,
        x=named[0],
        y=named[1],
        p=first,
        q=second,
        **verbs(view.is_plural(x)),
        **anchor_words(view.is_plural(y)),
    )
    return Question(text, side, "relation", (x, y), "left_right_choose", f"{view.objects[x].class_name}")


def above_verify(view: SceneView, rng: random.Random) -> Question | None:
    if len(view.kept) < 2:
        return None
    for _ in range(PAIR_TRIES):
        x, y = rng.sample(view.kept, 2)
        if view.objects[x].object_class == view.objects[y].object_class:
            continue
        if {view.objects[x].object_class, view.objects[y].object_class} & nouns.STUFF:
            continue
        truth = "above" if view.above(x, y) else "below" if view.above(y, x) else None
        if truth is None or (named := _named_pair(view, x, y, rng)) is None:
            continue
        slots = {"x": named[0], "y": named[1], **verbs(view.is_plural(x))}
        if rng.random() < 0.3:
            first, second = rng.sample(("above", "below"), 2)
            text = phrase(TWO_WAYS, rng, p=first, q=second, **slots)
            return Question(text, truth, "relation", (x, y), "above_choose", view.objects[x].class_name)
        asked = rng.choice(("above", "below"))
        text = phrase(ABOVE_VERIFY, rng, w=rng.choice(HEIGHT_WORDS[asked]), **slots)
        answer = "yes" if asked == truth else "no"
        return Question(text, answer, "relation", (x, y), "above_verify", f"{asked} {view.objects[x].class_name}")
    return None


def related_verify(view: SceneView, rng: random.Random) -> Question | None:
    """True relations, and ones with another object that such a relation often has."""
    if not view.scene.relations:
        return None
    relation = rng.choice(view.scene.relations)
    name, x, y = relation.name, relation.subject, relation.target
    if name not in SPOKEN or view.objects[x].object_class == view.objects[y].object_class:
        return None
    named = refer(view, x, rng, without="relation", deep=rng.random() < 0.5)
    if named is None:
        return None
    positive = rng.random() < 0.5
    target = view.objects[y].object_class
    if not positive:
        drawn = draw("targets", f"{view.objects[x].class_name}|{name}", rng)
        target = OBJECT_INDEX.get(drawn or "", target)
        # Another thing that is here but elsewhere is as good as one that is absent.
        held = {view.objects[t].object_class for _, t in view.from_subject[x]}
        near = set().union(*(nouns.doubtful_when_present(c) for c in held)) - nouns.CLOTHES
        if (
            target in held
            or (target in near and name != "wearing")
            or (name == "wearing" and not _may_deny(view, x, target))
        ):
            return None
    noun = class_noun(target, rng)
    # 'the' or 'a' must not depend on what is there, or it would tell the answer.
    thing = f"the {noun}" if rng.random() < (0.6 if target in nouns.STUFF else 0.3) else a(noun)
    text = phrase(
        RELATED_VERIFY,
        rng,
        x=named,
        w=rng.choice(RELATION_WORDS.get(name, (name,))),
        y=thing,
        **verbs(view.is_plural(x)),
    )
    return Question(
        text,
        "yes" if positive else "no",
        "relation",
        (x, y) if positive else (x,),
        "related_verify",
        f"{name}/{OBJECTS[target]}/{view.objects[x].class_name}",
    )


def _may_deny(view: SceneView, wearer: int, garment: int) -> bool:
    """'Not wearing a hat' is only sure when the wearer's clothes are drawn and this one's look-alikes are not near."""
    worn = {view.objects[t].object_class for n, t in view.from_subject[wearer] if n == "wearing"}
    alike = set().union(*(group for group in nouns.LOOKALIKES[1:] if garment in group)) | {garment}
    return bool(worn) and not (worn & alike) and garment not in view.present


def behind_choose(view: SceneView, rng: random.Random) -> Question | None:
    """'Is the tree behind or in front of the house?'."""
    choices = [r for r in view.scene.relations if r.name in ("behind", "in front of")]
    if not choices:
        return None
    relation = rng.choice(choices)
    x, y = relation.subject, relation.target
    if view.objects[x].object_class == view.objects[y].object_class:
        return None
    truth = relation.name
    if rng.random() < 0.5:
        x, y, truth = y, x, "in front of" if truth == "behind" else "behind"
    named = _named_pair(view, x, y, rng)
    if named is None:
        return None
    slots = {"x": named[0], "y": named[1], **verbs(view.is_plural(x))}
    if rng.random() < 0.5:
        asked = rng.choice(("behind", "in front of"))
        return Question(
            phrase(RELATED_VERIFY, rng, w=rng.choice(RELATION_WORDS[asked]), **slots),
            "yes" if asked == truth else "no",
            "relation",
            (x, y),
            "behind_verify",
            f"{asked} {view.objects[x].class_name}",
        )
    first, second = rng.choice((("behind", "in front of"), ("in front of", "behind"), ("in front", "behind")))
    return Question(
        phrase(TWO_WAYS, rng, p=first, q=second, **slots),
        truth,
        "relation",
        (x, y),
        "behind_choose",
        view.objects[x].class_name,
    )
