"""Open questions about a relation: 'what is the man holding?', 'who is wearing the hat?', 'where is the cup?'."""

import random

from models.data.questions import nouns
from models.data.questions.grammar import third_person, verbs
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import SPOKEN, refer
from models.data.questions.view import SceneView
from models.data.questions.what import CATEGORY_NAMES
from models.data.questions.wordings.relation import DOES_WORDS, RELATION_WORDS
from models.data.questions.wordings.what import (
    WHAT_AT_SIDE,
    WHAT_DOES,
    WHAT_IS,
    WHAT_KIND_TARGET,
    WHAT_TARGET,
    WHO_DOES,
    WHO_IS,
)
from models.data.questions.wordings.where import WHERE_IS
from models.data.vocabulary import OBJECTS, categories_of


def what_related(view: SceneView, rng: random.Random) -> Question | None:
    """'What is the man holding?', 'what is on the table?', 'what is the cat sitting on?'."""
    if not view.scene.relations:
        return None
    relation = rng.choice(view.scene.relations)
    name, subject, target = relation.name, relation.subject, relation.target
    subject_class, target_class = view.objects[subject].object_class, view.objects[target].object_class
    if name not in SPOKEN or subject_class == target_class:
        return None
    if rng.random() < 0.6:
        others = {view.objects[t].object_class for n, t in view.from_subject[subject] if n == name}
        if len(others) > 1 and not (name == "wearing" and rng.random() < 0.4):
            return None
        return _ask_target(view, subject, name, target, rng)
    asked_class = subject_class in nouns.PEOPLE
    others = {view.objects[s].object_class for n, s in view.to_target[target] if n == name}
    if len(others) > 1 or subject_class in nouns.PARTS:
        return None
    if name == "wearing" and len(view.by_class[target_class]) > 1:
        return None
    named = refer(view, target, rng, without="relation")
    if named is None:
        if name != "wearing":
            return None
        named = f"the {view.noun(target, rng)}"
    if asked_class:
        if view.objects[subject].class_name == "person" and rng.random() < 0.5:
            return None
        text = _ask_who(name, named, rng)
    else:
        categories = [c for c in categories_of(subject_class) if c in CATEGORY_NAMES]
        if categories and rng.random() < 0.35:
            word = rng.choice(CATEGORY_NAMES[rng.choice(categories)].split("|"))
            text = phrase(WHAT_AT_SIDE, rng, k=word, w=rng.choice(RELATION_WORDS.get(name, (name,))), x=named)
        else:
            text = phrase(WHAT_IS, rng, w=rng.choice(RELATION_WORDS.get(name, (name,))), x=named)
    return Question(
        text, view.answer_name(subject), "what", (subject, target), "what_related", f"{name}/{OBJECTS[target_class]}"
    )


def _ask_who(name: str, named: str, rng: random.Random) -> str:
    """'Who is wearing the hat?', 'who wears the hat?'"""
    if name in DOES_WORDS and rng.random() < 0.3:
        verb, _, rest = rng.choice(DOES_WORDS[name]).partition(" ")
        return phrase(WHO_DOES, rng, v=f"{third_person(verb)} {rest}".strip(), x=named)
    return phrase(WHO_IS, rng, w=rng.choice(RELATION_WORDS.get(name, (name,))), x=named)


def _ask_target(view: SceneView, subject: int, name: str, target: int, rng: random.Random) -> Question | None:
    named = refer(view, subject, rng, without="relation", deep=rng.random() < 0.7)
    if named is None:
        return None
    target_class = view.objects[target].object_class
    is_plural = view.is_plural(subject)
    categories = [c for c in categories_of(target_class) if c in CATEGORY_NAMES]
    if (
        name in ("on", "in", "standing on", "sitting on", "lying on", "standing in", "hanging on", "on top of")
        and rng.random() < 0.4
    ):
        text = phrase(WHERE_IS, rng, x=named, **verbs(is_plural))
        return Question(
            text,
            view.answer_name(target),
            "where",
            (subject, target),
            "where_related",
            view.objects[subject].class_name,
        )
    words = rng.choice(RELATION_WORDS.get(name, (name,)))
    if name in ("behind", "inside") and rng.random() < 0.3:
        words = f"{name} of"
    slots = {"x": named, "w": words, **verbs(is_plural)}
    if categories and rng.random() < 0.35:
        template, slots["k"] = WHAT_KIND_TARGET, rng.choice(CATEGORY_NAMES[rng.choice(categories)].split("|"))
    elif name in DOES_WORDS and rng.random() < 0.35:
        template, slots["v"] = WHAT_DOES, rng.choice(DOES_WORDS[name])
    else:
        template, slots["what"] = WHAT_TARGET, "who" if target_class in nouns.PEOPLE else "what"
    return Question(
        phrase(template, rng, **slots),
        view.answer_name(target),
        "what",
        (subject, target),
        "what_target",
        f"{name}/{view.objects[subject].class_name}",
    )
