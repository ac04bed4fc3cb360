"""'What shape is the sign?', 'how tall is the tree?', 'how many red cars?', 'are there more dogs than cats?'."""

import random
from collections.abc import Callable

from models.data.questions import nouns
from models.data.questions.count import countable_here
from models.data.questions.exists import other_colour
from models.data.questions.grammar import a, plural, verbs
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import SPOKEN, refer
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView, class_noun
from models.data.questions.wordings.count import HOW_MANY
from models.data.questions.wordings.details import (
    HOW_IS,
    MORE,
    MORE_OR_MORE,
    RELATED_CHOOSE,
    WHAT_BESIDE,
    WHAT_SHAPE,
)
from models.data.questions.wordings.relation import RELATION_WORDS, SIDEWAYS
from models.data.vocabulary import ATTRIBUTES, OBJECT_INDEX, OBJECTS

Maker = Callable[[SceneView, random.Random], Question | None]

SHAPES = frozenset({"round", "square", "rectangular"})
# What 'how tall is it?' asks for.
HOW = {
    "tall": "tall|high",
    "short": "tall|long",
    "long": "long",
    "large": "big|large",
    "small": "big|large|small",
    "old": "old",
    "young": "old",
    "clean": "clean",
    "dirty": "clean",
    "thick": "thick",
    "thin": "thick|thin",
}
MUCH_NEARER = 2.0
FARTHEST = 0.35


def _with_attribute(view: SceneView, words: frozenset[str], rng: random.Random) -> tuple[int, str, str] | None:
    """(object, its only attribute of `words`, a phrase that means it)"""
    own = {i: [ATTRIBUTES[k] for k in view.objects[i].attributes if ATTRIBUTES[k] in words] for i in view.kept}
    candidates = [index for index, found in own.items() if len(found) == 1]
    if not candidates:
        return None
    index = rng.choice(candidates)
    named = refer(view, index, rng, without="attribute")
    return (index, own[index][0], named) if named else None


def shape(view: SceneView, rng: random.Random) -> Question | None:
    found = _with_attribute(view, SHAPES, rng)
    if found is None:
        return None
    index, word, named = found
    text = phrase(WHAT_SHAPE, rng, x=named, **verbs(view.is_plural(index)))
    return Question(text, word, "attribute", (index,), "shape", view.objects[index].class_name)


def how_is(view: SceneView, rng: random.Random) -> Question | None:
    found = _with_attribute(view, frozenset(HOW), rng)
    if found is None:
        return None
    index, word, named = found
    asked = rng.choice(HOW[word].split("|"))
    text = phrase(HOW_IS, rng, h=asked, x=named, **verbs(view.is_plural(index)))
    return Question(text, word, "attribute", (index,), "how_is", f"{asked}/{view.objects[index].class_name}")


def count_coloured(view: SceneView, rng: random.Random) -> Question | None:
    """'How many red cars are there?', where every car has one known colour."""
    classes = [c for c in countable_here(view) if all(view.colour(i) for i in view.by_class[c])]
    if not classes:
        return None
    object_class = rng.choice(classes)
    here = view.by_class[object_class]
    colour = view.colour(rng.choice(here))
    if rng.random() < 0.15:
        colour = other_colour(view, rng.choice(here), rng)
    if colour is None:
        return None
    found = tuple(index for index in here if view.colour(index) == colour)
    text = phrase(HOW_MANY, rng, many=f"{colour} {plural(class_noun(object_class, rng))}")
    return Question(text, str(len(found)), "count", found, "count_coloured", OBJECTS[object_class])


def compare_counts(view: SceneView, rng: random.Random) -> Question | None:
    """'Are there more dogs than cats?'"""
    classes = countable_here(view)
    if len(classes) < 2:
        return None
    first, second = rng.sample(classes, 2)
    difference = len(view.by_class[first]) - len(view.by_class[second])
    names = {"p": plural(class_noun(first, rng)), "q": plural(class_noun(second, rng))}
    found = (*view.by_class[first], *view.by_class[second])
    if difference and rng.random() < 0.4:
        answer = OBJECTS[first if difference > 0 else second]
        text = phrase(MORE_OR_MORE, rng, **names)
        return Question(
            text, answer, "count", found, "more_choose", "|".join(sorted((OBJECTS[first], OBJECTS[second])))
        )
    word = rng.choice(("more", "fewer"))
    holds = difference > 0 if word == "more" else difference < 0
    text = phrase(MORE, rng, w=word, **names)
    return Question(text, "yes" if holds else "no", "count", found, "more_verify", word)


def related_choose(view: SceneView, rng: random.Random) -> Question | None:
    """'What is the man holding, a racket or a bat?'"""
    relations = [r for r in view.scene.relations if r.name in SPOKEN]
    if not relations:
        return None
    relation = rng.choice(relations)
    subject, target = relation.subject, view.objects[relation.target].object_class
    drawn = draw("targets", f"{view.objects[subject].class_name}|{relation.name}", rng)
    other = OBJECT_INDEX.get(drawn or "")
    if other is None or not view.is_absent(other) or target in nouns.GENERIC:
        return None
    named = refer(view, subject, rng, without="relation")
    if named is None:
        return None
    pair = rng.sample((a(OBJECTS[target]), a(OBJECTS[other])), 2)
    text = phrase(
        RELATED_CHOOSE,
        rng,
        x=named,
        w=rng.choice(RELATION_WORDS.get(relation.name, (relation.name,))),
        p=pair[0],
        q=pair[1],
        **verbs(view.is_plural(subject)),
    )
    topic = "|".join(sorted((OBJECTS[target], OBJECTS[other])))
    return Question(text, OBJECTS[target], "what", (subject, relation.target), "related_choose", topic)


def what_beside_nearest(view: SceneView, rng: random.Random) -> Question | None:
    """'What is to the left of the car?': the one thing there that is clearly the nearest."""
    if len(view.kept) < 2:
        return None
    anchor = rng.choice(view.kept)
    side = rng.choice(("left", "right"))
    unnamed = nouns.PARTS | nouns.GENERIC | nouns.CLOTHES | nouns.STUFF
    there = [
        index
        for index in view.kept
        if index != anchor
        and view.objects[index].object_class not in unnamed
        and (view.left_of(index, anchor) if side == "left" else view.left_of(anchor, index))
    ]
    if not there:
        return None
    ranked = sorted((_distance(view, index, anchor), index) for index in there)
    nearest_by, nearest = ranked[0]
    rivals = [by for by, index in ranked[1:] if view.objects[index].object_class != view.objects[nearest].object_class]
    if nearest_by > FARTHEST or (rivals and rivals[0] < MUCH_NEARER * nearest_by):
        return None
    named = refer(view, anchor, rng)
    if named is None:
        return None
    words = rng.choice(SIDEWAYS).format(side=side)
    text = phrase(WHAT_BESIDE, rng, w=words, x=named)
    return Question(text, view.answer_name(nearest), "what", (nearest, anchor), "what_beside_nearest", side)


def _distance(view: SceneView, first: int, second: int) -> float:
    (x, y), (u, v) = view.objects[first].centre, view.objects[second].centre
    return ((x - u) ** 2 + (y - v) ** 2) ** 0.5
