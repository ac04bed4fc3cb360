"""Open questions about a relation: 'what is the man holding?', 'who is wearing the hat?', 'where is the cup?'."""

import random

from models.data.questions import nouns
from models.data.questions.grammar import be
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import SPOKEN, refer
from models.data.questions.view import SceneView
from models.data.questions.what import CATEGORY_NAMES
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
        text = phrase(
            "who is {w} {x}|who is {w} {x}|who do you think is {w} {x}|which person is {w} {x}", rng, w=name, x=named
        )
    else:
        categories = [c for c in categories_of(subject_class) if c in CATEGORY_NAMES]
        if categories and rng.random() < 0.35:
            word = rng.choice(CATEGORY_NAMES[rng.choice(categories)].split("|"))
            text = phrase(
                "what {k} is {w} {x}|what (kind|type) of {k} is {w} {x}|which kind of {k} is {w} {x}",
                rng,
                k=word,
                w=name,
                x=named,
            )
        else:
            text = phrase(
                "what is {w} {x}|what is {w} {x}|what do you see {w} {x}|what can be seen {w} {x}"
                "|what do you think is {w} {x}|what is that {w} {x}",
                rng,
                w=name,
                x=named,
            )
    return Question(
        text, OBJECTS[subject_class], "what", (subject, target), "what_related", f"{name}/{OBJECTS[target_class]}"
    )


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
        text = phrase(
            "where {is} {x}|where {is} {x}|where (can|do) you see {x}|where did they put {x}",
            rng,
            x=named,
            **{"is": be(is_plural)},
        )
        return Question(
            text, OBJECTS[target_class], "where", (subject, target), "where_related", view.objects[subject].class_name
        )
    if name in ("behind", "inside") and rng.random() < 0.3:
        name = f"{name} of"
    question_word = "who" if target_class in nouns.PEOPLE else "what"
    template = "{what} {is} {x} {w}|{what} {is} {x} {w}|{x} {is} {w} {what}|{what} do you think {x} {is} {w}"
    slots = {"x": named, "w": name, "is": be(is_plural), "what": question_word}
    if categories and rng.random() < 0.35:
        template = "what {k} {is} {x} {w}|which {k} {is} {x} {w}|what (kind|type) of {k} {is} {x} {w}"
        slots["k"] = rng.choice(CATEGORY_NAMES[rng.choice(categories)].split("|"))
    return Question(
        phrase(template, rng, **slots),
        OBJECTS[target_class],
        "what",
        (subject, target),
        "what_target",
        f"{name}/{view.objects[subject].class_name}",
    )
